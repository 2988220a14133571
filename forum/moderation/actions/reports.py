"""Reporting a text, a group or a pseudonym."""

from datetime import timedelta

from huey import crontab

from forum import limits
from forum.accounts.models import Account, Viewer
from forum.database.clock import now
from forum.database.connection import is_postgresql
from forum.database.transactions import transaction
from forum.errors import check
from forum.groups import queries as groups
from forum.moderation import charter, rules
from forum.moderation.kinds import Subject
from forum.moderation.models import Case, Decision, Report
from forum.tasks import journal
from forum.tasks.jobs import huey
from forum.text import fields
from forum.text.typed import many_lines

LONGEST_NOTE = 1_000
# Nobody decided in the group for so long: the site's moderators do.
PATIENCE = timedelta(days=7)
# Texts that were reported, and who reported them, are forgotten so long after the decision.
MEMORY = timedelta(days=365)


def report(member: Viewer, subject: Subject, rule: str, note: str = "", to_site: bool = False) -> None:
    """Report a subject that was read for this person; the same words again, whatever was decided, changes nothing.

    The first report opens a case before the animators of its group, or before the site's moderators: for a group or
    a pseudonym, a text by an animator, `to_site`, or when there is no other animator. Of a visitor nothing is kept: all
    visitors are one who reports. Raises Refused, Invalid.
    """
    rules.report(member, subject).require()
    note = many_lines(note)
    check(rule=charter.problem(rule, subject.group), note=fields.body_problem(note, LONGEST_NOTE, least=0))
    limits.limit_member(member, "report")
    with transaction():
        _hold(subject)
        if _reported(member, subject):
            return
        case = _open_case(subject)
        said = "" if case.digest == subject.digest else subject.body_html
        row = {"rule": rule, "note": note, "body_html": said, "digest": subject.digest}
        Report.create(case=case, reporter=None if member.is_guest else member.id, **row)
        _assign(case, to_site)


def _hold(subject: Subject) -> None:
    """Reports of one subject come one after the other."""
    if subject.group is not None:
        groups.lock(subject.group)
    elif is_postgresql():
        Account.select(Account.id).where(Account.id == subject.id).for_update().first()


def _reported(member: Viewer, subject: Subject) -> bool:
    """Whether this person reported this subject in these words, or awaits the decision on it."""
    whose = Report.reporter.is_null() if member.is_guest else Report.reporter == member.id
    mine = Report.select().join(Case).where(whose)
    same = mine.where(Case.kind == subject.kind.name, Case.subject_id == subject.id)
    return same.where((Report.digest == subject.digest) | Case.decided_at.is_null()).exists()


def _open_case(subject: Subject) -> Case:
    open_as = f"{subject.kind.name} {subject.id}"
    found = Case.get_or_none(Case.open_as == open_as)
    return found or Case.create(
        kind=subject.kind.name,
        subject_id=subject.id,
        group=subject.group,
        concerned=subject.concerned_id,
        desk=subject.kind.desk,
        title=subject.title,
        body_html=subject.body_html,
        digest=subject.digest,
        open_as=open_as,
    )


def _assign(case: Case, to_site: bool) -> None:
    """Before whom the case stands now, who are told when it comes before them."""
    first = case.reports.count() == 1
    elsewhere = case.desk == "group" and (to_site or case.concerned_id in rules.animators(case.group))
    if elsewhere or not rules.deciders_of(case):
        first = first or case.desk == "group"
        Case.update(desk="site").where(Case.id == case.id).execute()
        case.desk = "site"
    if first:
        tell_deciders(case)


def tell_deciders(case: Case) -> None:
    """Tell those who may decide that a case awaits them; inside the transaction that brought it to them."""
    where = f" dans #{case.group.handle}" if case.desk == "group" else ""
    journal.record(
        "moderation.reported",
        group=case.group if case.desk == "group" else None,
        subject=("case", case.id),
        note=journal.Note(
            rules.deciders_of(case),
            f"Un signalement attend une décision{where}.",
            f"/moderation/{case.key}",
            personal=True,
        ),
    )


@huey.periodic_task(crontab(minute="17"))
def hand_over_forgotten_cases() -> None:
    """What animators leave undecided comes before the site's moderators."""
    late = Case.select().where(Case.desk == "group", Case.decided_at.is_null(), Case.opened_at < now() - PATIENCE)
    for case in late.limit(100):
        with transaction():
            if Case.update(desk="site").where(Case.id == case.id, Case.desk == "group").execute():
                case.desk = "site"
                tell_deciders(case)


@huey.periodic_task(crontab(hour="4", minute="20"))
def forget_old_reports() -> None:
    """Take the words and the reporters out of old cases; the decisions stay, in the public log."""
    with transaction():
        old = Case.decided_at < now() - MEMORY
        Report.delete().where(Report.case.in_(Case.select(Case.id).where(old))).execute()
        in_force = Decision.select(Decision.case).where(Decision.undone_at.is_null(), Decision.hides)
        Case.update(title="", body_html="").where(old, Case.id.not_in(in_force)).execute()
