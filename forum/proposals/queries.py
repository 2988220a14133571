"""Reading proposals, always for somebody."""

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from peewee import JOIN, fn

from forum.accounts.models import Account
from forum.db import is_postgresql, now
from forum.discussions.models import Discussion
from forum.errors import NotFound
from forum.groups.models import Group, Membership
from forum.proposals import rules
from forum.proposals.methods import METHODS
from forum.proposals.methods.method import Profile
from forum.proposals.models import Ballot, Mark, Option, Proposal, ProposalTag

PAGE = 50


@dataclass
class Card:
    """A proposal as a list shows it: its options with their counts, and the labels of those that the reader chose."""

    proposal: Proposal
    open: bool
    outcome: dict | None
    options: list[Option] = field(default_factory=list)
    mine: list[str] = field(default_factory=list)


def proposals_for(member):
    """A query of the proposals this person may read, each with its group, its author, and their role in the group."""
    mine = (Membership.group == Group.id) & (Membership.member == member.id)
    return (
        Proposal.select(Proposal, Group, Account.id, Account.username, Membership.role)
        .join(Group)
        .join(Membership, JOIN.LEFT_OUTER, on=mine, attr="viewer")
        .join_from(Proposal, Account)
        .where(rules.readable_by(member))
    )


def proposal_for(member, key: str) -> Proposal:
    """The proposal of this key. Raises NotFound when there is none, or none that this person may read."""
    proposal = proposals_for(member).where(Proposal.key == key).first()
    if proposal is None:
        raise NotFound
    _remember_role(member, proposal.group)
    return proposal


def proposals_in_group(member, group: Group, limit: int = PAGE) -> list[Card]:
    """The proposals of a group: the open ones first, the soonest to end at the top, then the closed, newest first."""
    return _cards(member, _open_first(proposals_for(member).where(Proposal.group == group.id), limit))


def proposals_in_discussion(member, discussion: Discussion) -> list[Card]:
    """The proposals born in a discussion, in the order of `proposals_in_group`."""
    return _cards(member, _open_first(proposals_for(member).where(Proposal.discussion == discussion.id), PAGE))


def open_for(member, limit: int = PAGE) -> list[Card]:
    """What awaits this person's voice: the open proposals of their groups, the soonest to end first."""
    query = proposals_for(member).where(Membership.role.is_null(False), _running())
    return _cards(member, query.order_by(Proposal.closes_at, Proposal.id).limit(limit))


def keys_in_discussion(member, discussion: Discussion) -> list[str]:
    """The keys of the proposals born in a discussion, oldest first."""
    rows = proposals_for(member).where(Proposal.discussion == discussion.id).order_by(Proposal.id)
    return [proposal.key for proposal in rows]


def tagged(member, tag_ids: Collection[int], page: int = 1) -> list[Card]:
    """The proposals that bear one of these tags, the newest first, 50 a page."""
    return _cards(member, _tagged(member, tag_ids).order_by(Proposal.id.desc()).paginate(page, PAGE))


def count_tagged(member, tag_ids: Collection[int]) -> int:
    """How many proposals that this person may read bear one of these tags."""
    return _tagged(member, tag_ids).count()


def proposals_with_ids(member, ids: list[int]) -> list[Proposal]:
    """Those of these proposals that this person may read, in the order given."""
    rows = {row.id: row for row in proposals_for(member).where(Proposal.id.in_(ids))} if ids else {}
    return [rows[proposal_id] for proposal_id in ids if proposal_id in rows]


def options_of(proposal: Proposal) -> list[Option]:
    """The options with their present counts, in the order shown."""
    return list(Option.select().where(Option.proposal == proposal.id).order_by(Option.position))


def ballot_of(member, proposal: Proposal) -> Ballot | None:
    """This person's own ballot."""
    return Ballot.get_or_none(Ballot.proposal == proposal.id, Ballot.voter == member.id)


def marks_of(ballots: Iterable[Ballot]) -> dict[int, dict[str, int]]:
    """The marks of these ballots, by ballot id: option name -> value (one query)."""
    found: dict[int, dict[str, int]] = {ballot.id: {} for ballot in ballots}
    rows = Mark.select(Mark.ballot_id, Option.name, Mark.value).join(Option).where(Mark.ballot.in_(list(found)))
    for ballot_id, name, value in rows.order_by(Option.position).tuples() if found else ():
        found[ballot_id][name] = value
    return found


def reasons(proposal: Proposal, page: int = 1) -> list[tuple[Ballot, dict[str, int]]]:
    """The ballots that give a reason, each with its voter and its marks, the latest first, 50 a page.

    A reason is published under its author's pseudonym; who votes without one is not named.
    """
    ballots = list(
        Ballot.select(Ballot, Account.id, Account.username)
        .join(Account)
        .where(Ballot.proposal == proposal.id, Ballot.reason != "")
        .order_by(Ballot.changed_at.desc(), Ballot.id.desc())
        .paginate(page, PAGE)
    )
    marks = marks_of(ballots)
    return [(ballot, marks[ballot.id]) for ballot in ballots]


def count_reasons(proposal: Proposal) -> int:
    """How many ballots give a reason."""
    return Ballot.select().where(Ballot.proposal == proposal.id, Ballot.reason != "").count()


def tags_of(proposal: Proposal) -> list[str]:
    """The tags of a proposal as they were typed."""
    rows = ProposalTag.select(ProposalTag.typed).where(ProposalTag.proposal == proposal.id).order_by(ProposalTag.id)
    return [row.typed for row in rows]


def due_ids(limit: int = 100) -> list[int]:
    """The proposals whose hour has passed and whose outcome is still to be written."""
    query = Proposal.select(Proposal.id).where(Proposal.closed_at.is_null(), Proposal.closes_at <= now())
    return [row.id for row in query.order_by(Proposal.closes_at).limit(limit)]


def lock(proposal: Proposal) -> Proposal:
    """The proposal's present row with its group, held until the end of the transaction."""
    query = Proposal.select(Proposal, Group).join(Group).where(Proposal.id == proposal.id)
    row = (query.for_update(of=Proposal) if is_postgresql() else query).first()
    if row is None:
        raise NotFound
    return row


def profile(proposal: Proposal) -> Profile:
    """What the ballots say, those that say the same counted together (methods.method.Profile)."""
    marks = Mark.select(Option.name, Mark.value).join(Option).where(Option.proposal == proposal.id)
    if METHODS[proposal.method].single_mark:
        counted = marks.select_extend(fn.COUNT(Mark.id)).group_by(Option.name, Mark.value).tuples()
        return {frozenset({(name, value)}): number for name, value, number in counted}
    ballots: dict[int, set[tuple[str, int]]] = {}
    for name, value, ballot_id in marks.select_extend(Mark.ballot_id).tuples():
        ballots.setdefault(ballot_id, set()).add((name, value))
    return Counter(frozenset(ballot) for ballot in ballots.values())


def count_eligible(proposal: Proposal) -> int:
    """How many could vote: who belongs to the group and came in before the closing, and never fewer than have voted,
    for a ballot stays when its author leaves."""
    in_time = Membership.select().where(
        Membership.group == proposal.group_id, Membership.created_at <= proposal.closes_at
    )
    voters = Ballot.select().where(Ballot.proposal == proposal.id)
    return max(in_time.count(), voters.count())


def outcome_of(proposal: Proposal) -> dict | None:
    """The outcome written at closing: {"status", "chosen", "sentences"}; None while there is none."""
    return json.loads(proposal.outcome) if proposal.outcome else None


def settings_of(proposal: Proposal) -> dict:
    """The settings of its method."""
    return json.loads(proposal.settings)


def _remember_role(member, group: Group) -> None:
    """The role was read along: groups.rules need not ask for it."""
    viewer = getattr(group, "viewer", None)
    group.viewer_id, group.viewer_role = member.id, viewer.role if viewer else None


def _tagged(member, tag_ids: Collection[int]):
    those = ProposalTag.select(ProposalTag.proposal).where(ProposalTag.tag.in_(list(tag_ids)))
    return proposals_for(member).where(Proposal.id.in_(those))


def _running():
    return Proposal.closed_at.is_null() & (Proposal.closes_at > now())


def _open_first(query, limit: int):
    """Two short reads, each along an index, instead of sorting a group's whole past."""
    running = list(query.where(_running()).order_by(Proposal.closes_at, Proposal.id).limit(limit))
    ended = query.where(~_running()).order_by(Proposal.closes_at.desc(), Proposal.id.desc())
    return [*running, *ended.limit(limit - len(running))] if len(running) < limit else running


def _cards(member, proposals: Iterable[Proposal]) -> list[Card]:
    """Options and the reader's choices for a whole list: two queries, however long it is."""
    cards = {row.id: Card(row, row.is_open(), outcome_of(row)) for row in proposals}
    for option in Option.select().where(Option.proposal.in_(list(cards))).order_by(Option.position) if cards else ():
        cards[option.proposal_id].options.append(option)
    for proposal_id, label in _choices(member, cards) if cards and not member.is_guest else ():
        cards[proposal_id].mine.append(label)
    return list(cards.values())


def _choices(member, proposal_ids: Collection[int]):
    return (
        Mark.select(Ballot.proposal_id, Option.label)
        .join(Ballot)
        .join_from(Mark, Option)
        .where(Ballot.voter == member.id, Ballot.proposal.in_(list(proposal_ids)), Mark.value > 0)
        .order_by(Option.position)
        .tuples()
    )
