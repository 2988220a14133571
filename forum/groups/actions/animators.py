"""Who animates a group: naming, giving a title, handing over, stepping down, and a group left without anybody.

A group that has lost its last animator offers the part to its members, the longest-standing first. Whoever is asked has
OFFER to answer; whoever accepts takes it after PATIENCE, unless enough members object. Then the next is asked.
"""

from collections.abc import Sequence
from datetime import timedelta

from huey import crontab

from forum.accounts.models import Account, Viewer
from forum.accounts.queries import account_named
from forum.database.clock import now
from forum.database.transactions import transaction
from forum.errors import Invalid, check
from forum.groups import queries, rules
from forum.groups.models import Group, Membership, Succession, SuccessionObjection, SuccessionPast
from forum.tasks import journal
from forum.tasks.jobs import huey
from forum.text.fields import line_problem

LONGEST_TITLE = 40
LONGEST_REASON = 300
OFFER = timedelta(days=3)
PATIENCE = timedelta(days=3)
# When everybody was asked in vain, they are asked again after so long.
ROUND = timedelta(days=30)
# So many objections, or those of a third of the members of a small group.
ENOUGH_OBJECTIONS = 3


def name_animator(member: Viewer, group: Group, username: str) -> None:
    """Make a member of the group an animator; one already changes nothing. Raises Refused, Invalid (username)."""
    with transaction():
        group = queries.lock(group)
        rules.edit(member, group).require()
        person = _member_named(group, username)
        if _make_animator(group, person.id):
            _record(group, "animator.named", member, [person.id], f"Vous animez désormais #{group.handle}.")
        _end_succession(group)


def give_title(member: Viewer, group: Group, username: str, title: str) -> None:
    """Say what a member does in the group ("trésorerie"), '' for nothing. Raises Refused, Invalid (username, title)."""
    check(title=line_problem(title, LONGEST_TITLE, least=0))
    with transaction():
        group = queries.lock(group)
        rules.edit(member, group).require()
        person = _member_named(group, username)
        those = Membership.group == group.id, Membership.member == person.id
        Membership.update(title=title.strip()).where(*those).execute()


def hand_over(member: Viewer, group: Group, username: str) -> None:
    """Name somebody in one's place, in one act. Raises Refused, Invalid (username)."""
    with transaction():
        name_animator(member, group, username)
        step_down(member, group)


def step_down(member: Viewer, group: Group) -> None:
    """Be a member like others; being one already changes nothing. Raises Refused."""
    with transaction():
        group = queries.lock(group)
        rules.be_among_members(member, group).require()
        own = Membership.group == group.id, Membership.member == member.id, rules.ANIMATING
        if Membership.update(role="member").where(*own).execute():
            _record(group, "animator.stepped_down", member)
        look_for_animator(group)


def look_for_animator(group: Group) -> None:
    """Begin to look for one if the group has members and nobody to animate it. Inside the transaction of the act."""
    if queries.animators_of(group):
        _end_succession(group)
    elif not Succession.get_or_none(Succession.group == group.id):
        Succession.create(group=group)
        Group.update(seeks_animator=True).where(Group.id == group.id).execute()
        _record(group, "animator.missing")
        _ask_next(group)


def accept_part(member: Viewer, group: Group) -> None:
    """Take the part that is offered, or that nobody is asked to take just now; twice is once. Raises Refused."""
    with transaction():
        group = queries.lock(group)
        succession = queries.succession_of(group)
        rules.succeed(member, group, succession).require()
        if succession and not succession.accepted:
            _offer(group, member.id, accepted=True)
            _record(group, "animator.proposed", member)


def decline_part(member: Viewer, group: Group) -> None:
    """Leave the part to the next, also after accepting. Raises Refused."""
    with transaction():
        group = queries.lock(group)
        succession = queries.succession_of(group)
        rules.be_among_members(member, group).require()
        if succession and succession.candidate_id == member.id:
            _ask_next(group)


def object_to_candidate(member: Viewer, group: Group, reason: str) -> None:
    """Object, once, to whoever accepted, with a reason for the members to read. Raises Refused, Invalid (reason)."""
    check(reason=line_problem(reason, LONGEST_REASON))
    with transaction():
        group = queries.lock(group)
        succession = queries.succession_of(group)
        rules.object_to(member, group, succession).require()
        row = {"group": group.id, "member": member.id, "reason": reason.strip()}
        SuccessionObjection.insert(row).on_conflict_ignore().execute()
        if SuccessionObjection.select().where(SuccessionObjection.group == group.id).count() >= objections_needed(
            group.members_count
        ):
            told = [succession.candidate_id] if succession and succession.candidate_id else []
            _record(group, "animator.objected", None, told, _objected(group))
            _ask_next(group)


def objections_needed(members_count: int) -> int:
    """How many objections turn a candidate away."""
    return min(ENOUGH_OBJECTIONS, -(-members_count // 3))


@huey.periodic_task(crontab(minute="*/10"))
def advance_successions() -> None:
    """Whatever has waited long enough moves on: offers without answer, acceptances without objection."""
    for succession in Succession.select(Succession, Group).join(Group):
        with transaction():
            advance(queries.lock(succession.group))


def advance(group: Group) -> None:
    """Move one search on, if its time has come. Inside a transaction, the group locked."""
    succession = queries.succession_of(group)
    if succession is None:
        return
    waited = now() - succession.since
    if succession.candidate_id and succession.accepted and waited >= PATIENCE:
        _succeed(group, succession.candidate_id)
    elif succession.candidate_id and not succession.accepted and waited >= OFFER:
        _ask_next(group)
    elif not succession.candidate_id and waited >= ROUND:
        SuccessionPast.delete().where(SuccessionPast.group == group.id).execute()
        _ask_next(group)


def _succeed(group: Group, account_id: int) -> None:
    if _make_animator(group, account_id):
        _record(group, "animator.succeeded", None, [account_id], f"Vous animez désormais #{group.handle}.")
        _end_succession(group)
    else:
        _ask_next(group)


def _ask_next(group: Group) -> None:
    """Offer the part to the longest-standing member not yet asked in this round; to nobody when all were."""
    succession = queries.succession_of(group)
    if succession and succession.candidate_id:
        row = {"group": group.id, "member": succession.candidate_id}
        SuccessionPast.insert(row).on_conflict_ignore().execute()
    asked = SuccessionPast.select(SuccessionPast.member).where(SuccessionPast.group == group.id)
    rest = Membership.select(Membership.member).where(Membership.group == group.id, Membership.member.not_in(asked))
    candidate = rest.order_by(Membership.created_at, Membership.id).limit(1).scalar()
    _offer(group, candidate, accepted=False)
    if candidate:
        said = (
            f"#{group.handle} n’a plus personne pour l’animer. Vous y êtes depuis le plus longtemps : acceptez-vous ?"
        )
        _record(group, "animator.offered", None, [candidate], said)


def _offer(group: Group, account_id: int | None, accepted: bool) -> None:
    SuccessionObjection.delete().where(SuccessionObjection.group == group.id).execute()
    changed = {"candidate": account_id, "accepted": accepted, "since": now()}
    Succession.update(changed).where(Succession.group == group.id).execute()


def _end_succession(group: Group) -> None:
    for table in (Succession, SuccessionPast, SuccessionObjection):
        table.delete().where(table.group == group.id).execute()
    Group.update(seeks_animator=False).where(Group.id == group.id, Group.seeks_animator).execute()


def _make_animator(group: Group, account_id: int) -> bool:
    """Whether this changed anything: they belong, and were none."""
    those = Membership.group == group.id, Membership.member == account_id, ~rules.ANIMATING
    return bool(Membership.update(role="animator").where(*those).execute())


def _member_named(group: Group, username: str) -> Account:
    person = account_named(username)
    if person and Membership.get_or_none(Membership.group == group.id, Membership.member == person.id):
        return person
    raise Invalid({"username": "Personne de ce pseudonyme n’est membre du groupe."})


def _objected(group: Group) -> str:
    return f"Des membres de #{group.handle} ont objecté : la proposition d’animer le groupe passe à une autre personne."


def _record(group: Group, verb: str, actor: Viewer | None = None, told: Sequence[int] = (), said: str = "") -> None:
    """The public log says that the part changed hands, never whose: who belongs is known to members only."""
    note = journal.Note(told, said, f"/g/{group.handle}/animation")
    journal.record(verb, actor, group, ("group", group.id), note)
