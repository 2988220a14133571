"""What a person changes about their notices, and what time takes away."""

from collections.abc import Iterable
from datetime import timedelta

from huey import crontab

from forum.accounts.models import Account, Viewer
from forum.database.clock import now
from forum.database.transactions import transaction
from forum.discussions.models import Discussion
from forum.errors import check
from forum.groups.models import Group
from forum.notifications import letters, queries, rules
from forum.notifications.models import Notice, NoticeChoice, Volume
from forum.notifications.recipients import KINDS, LEVELS
from forum.tasks.jobs import huey

# How long what has been seen is kept.
KEPT = timedelta(days=90)


def see_all(member: Viewer) -> None:
    """Mark every notice of this person as seen. Raises Refused."""
    rules.own(member).require()
    with transaction():
        Notice.update(seen_at=now()).where(Notice.account == member.id, Notice.seen_at.is_null()).execute()


def see_opened(member: Viewer, address: str) -> None:
    """Mark as seen what leads this person to an address, with those it stands for. Raises Refused."""
    rules.own(member).require()
    with transaction():
        mine = (Notice.account == member.id) & Notice.seen_at.is_null()
        rows = list(Notice.select(Notice.id, Notice.thread).where(mine, Notice.address == address))
        threads = {row.thread for row in rows if row.thread}
        opened = Notice.id.in_([row.id for row in rows]) | Notice.thread.in_(threads)
        if rows:
            Notice.update(seen_at=now()).where(mine, opened).execute()


def choose(member: Account, kinds: Iterable[str], by_mail: bool) -> None:
    """Keep what this person wants to be told, and whether by mail too. Raises Refused, Invalid (by_mail)."""
    rules.choose(member).require()
    check(by_mail=None if member.email or not by_mail else "Donnez d’abord une adresse électronique, plus haut.")
    chosen = {"silenced": " ".join(kind for kind in KINDS if kind not in set(kinds)), "by_mail": by_mail}
    with transaction():
        NoticeChoice.insert(account=member.id, **chosen).on_conflict(
            conflict_target=[NoticeChoice.account], update=chosen
        ).execute()


def tune(member: Viewer, level: str, group: Group, discussion: Discussion | None = None) -> None:
    """Keep how much of a group, or of one of its discussions, this person is told. Raises Refused, Invalid (level)."""
    rules.tune(member, group).require()
    check(level=None if level in LEVELS else "Choisissez une des réponses proposées.")
    where = {"discussion": discussion.id} if discussion else {"group": group.id}
    mine = [Volume.account == member.id, *(getattr(Volume, name) == number for name, number in where.items())]
    with transaction():
        Volume.delete().where(*mine).execute()
        # The usual of a discussion is what was chosen for its group: that is not kept; nor is the usual of a group.
        if level != queries.level_of(member, group):
            Volume.insert(account=member.id, level=level, **where).on_conflict_ignore().execute()


def stop_mail(sealed: str) -> None:
    """Send no more notices by mail to whom a letter with this address was written. Raises NotFound."""
    account = letters.account_of(sealed)
    with transaction():
        NoticeChoice.update(by_mail=False).where(NoticeChoice.account == account.id).execute()


@huey.periodic_task(crontab(hour="3", minute="40"))
def forget_old() -> None:
    """Each night: what was seen long ago goes."""
    with transaction():
        Notice.delete().where(Notice.seen_at < now() - KEPT).execute()
