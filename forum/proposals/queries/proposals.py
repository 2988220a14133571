"""Proposals, one or in lists, always for somebody."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from peewee import JOIN, Expression, ModelSelect, Select, fn

from forum.accounts.models import Account, Viewer
from forum.database.clock import now
from forum.database.prepared import prepared
from forum.database.select import in_order
from forum.database.tables import HasId
from forum.database.transactions import held
from forum.discussions.models import Discussion
from forum.discussions.queries import discussions_with_ids
from forum.errors import ALLOWED, NotFound, Verdict
from forum.groups import queries as groups, rules as group_rules
from forum.groups.models import Group, Membership
from forum.proposals import rules
from forum.proposals.methods import METHODS
from forum.proposals.methods.method import Method
from forum.proposals.models import Ballot, Mark, Option, Proposal, ProposalTag
from forum.proposals.queries.ballots import PAGE
from forum.text.typed import parse_key


@dataclass
class Card:
    """A proposal as a list shows it: its options with their counts, the labels of those that the reader chose, and
    whether the reader may see the counts."""

    proposal: Proposal
    open: bool
    outcome: dict[str, Any] | None
    options: list[Option] = field(default_factory=list)
    mine: list[str] = field(default_factory=list)
    can_see: Verdict = ALLOWED

    @property
    def method(self) -> Method:
        """The way it is voted on."""
        return METHODS[self.proposal.method]

    @property
    def over(self) -> bool:
        """Whether its vote has ended."""
        return self.proposal.is_over()

    @property
    def coming(self) -> bool:
        """Whether its vote is still to open."""
        return self.proposal.is_coming()


def proposals_for(member: HasId) -> "ModelSelect[Proposal]":
    """A query of the proposals this person may read, each with its group, its author, and the discussion it was born
    in."""
    born = Discussion.id, Discussion.key, Discussion.title, Discussion.group
    return (
        Proposal.select(Proposal, Group, Account.id, Account.username, *born)
        .join(Group)
        .join_from(Proposal, Account)
        .join_from(Proposal, Discussion, JOIN.LEFT_OUTER)
        .where(rules.readable_by(member))
    )


@prepared
def _of_key(member: HasId, key: str) -> "ModelSelect[Proposal]":
    return groups.with_standing(member, proposals_for(member)).where(Proposal.key == key)


def proposal_for(member: Viewer, key: str) -> Proposal:
    """The proposal of this key. Raises NotFound when there is none, or none that this person may read."""
    rows = groups.stand(member, _of_key.rows(member, parse_key(key)))
    if not rows:
        raise NotFound
    return rows[0]


def birthplace(member: Viewer, proposal: Proposal) -> Discussion | None:
    """The discussion a proposal was born in; None when there is none, or it moved to where they do not read."""
    discussion = proposal.discussion
    if discussion is None or discussion.group_id == proposal.group_id:
        return discussion
    return next(iter(discussions_with_ids(member, [discussion.id])), None)


def proposals_in_group(member: Viewer, group: Group, limit: int = PAGE) -> list[Card]:
    """The proposals of a group: the open ones first, the soonest to end at the top, then the closed, newest first."""
    return _cards(member, _open_first(member, group, limit))


@prepared
def _born_in(discussion: HasId) -> Select:
    return Proposal.select(Proposal.id).where(Proposal.discussion == discussion.id).limit(1).tuples()


def proposals_in_discussion(member: Viewer, discussion: Discussion) -> list[Card]:
    """The proposals born in a discussion, in the order of `proposals_in_group`."""
    # Most have none, which is known in a quarter of the time.
    return _cards(member, _open_first(member, discussion, PAGE)) if _born_in.rows(discussion) else []


@prepared
def _open(member: HasId, at: datetime, most: int, *, anywhere: bool) -> "ModelSelect[Proposal]":
    rows = proposals_for(member).where(_running(at), Proposal.opens_at <= at)
    if anywhere:
        rows = rows.where(Group.visibility == "ouvert")
    else:
        rows = group_rules.with_facts(member, rows, ["role"]).where(Membership.role.is_null(False))
    return rows.order_by(Proposal.closes_at, Proposal.id).limit(most)


def open_for(member: Viewer, limit: int = PAGE) -> list[Card]:
    """What awaits this person's voice: the open proposals of their groups, the soonest to end first."""
    return _cards(member, _open.rows(member, now(), limit, anywhere=False))


def open_anywhere(member: Viewer, limit: int = PAGE) -> list[Card]:
    """What the open groups decide these days: their open proposals, the soonest to end first."""
    return _cards(member, _open.rows(member, now(), limit, anywhere=True))


def keys_in_discussion(member: Viewer, discussion: Discussion) -> list[str]:
    """The keys of the proposals born in a discussion, oldest first."""
    rows = proposals_for(member).where(Proposal.discussion == discussion.id).order_by(Proposal.id)
    return [proposal.key for proposal in rows]


@prepared
def _of_tags(member: HasId, tag_ids: Collection[int], skipped: int) -> "ModelSelect[Proposal]":
    borne = proposals_for(member).where(Proposal.id.in_(_bearing(tag_ids)))
    return borne.order_by(Proposal.id.desc()).limit(PAGE + 1).offset(skipped)


def tagged(member: Viewer, tag_ids: Collection[int], page: int = 1) -> tuple[list[Card], bool]:
    """The proposals that bear one of these tags, the newest first, 50 a page, and whether there are more."""
    rows = _of_tags.rows(member, tag_ids, PAGE * (page - 1))
    return _cards(member, rows[:PAGE]), len(rows) > PAGE


@prepared
def _count_of_tags(member: HasId, tag_ids: Collection[int]) -> Select:
    borne = Proposal.select(fn.COUNT(Proposal.id)).where(Proposal.id.in_(_bearing(tag_ids)))
    return borne.where(rules.readable_alone(member)).tuples()


def count_tagged(member: Viewer, tag_ids: Collection[int]) -> int:
    """How many proposals that this person may read bear one of these tags."""
    return _count_of_tags.scalar(member, tag_ids)


@prepared
def _of_ids(member: HasId, ids: Collection[int]) -> "ModelSelect[Proposal]":
    return proposals_for(member).where(Proposal.id.in_(ids))


def proposals_with_ids(member: Viewer, ids: list[int]) -> list[Proposal]:
    """Those of these proposals that this person may read, in the order given."""
    return in_order(_of_ids.rows(member, ids), ids) if ids else []


@prepared
def _tags(proposal: HasId) -> Select:
    rows = ProposalTag.select(ProposalTag.typed).where(ProposalTag.proposal == proposal.id)
    return rows.order_by(ProposalTag.id).tuples()


def tags_of(proposal: Proposal) -> list[str]:
    """The tags of a proposal as they were typed."""
    return [typed for (typed,) in _tags.rows(proposal)]


@prepared
def _locked(proposal: HasId) -> "ModelSelect[Proposal]":
    return held(Proposal.select(Proposal, Group).join(Group).where(Proposal.id == proposal.id), Proposal)


def lock(proposal: Proposal) -> Proposal:
    """The proposal's present row with its group, held until the end of the transaction."""
    row = _locked.first(proposal)
    if row is None:
        raise NotFound
    return row


def outcome_of(proposal: Proposal) -> dict[str, Any] | None:
    """The outcome written at closing: {"status", "chosen", "sentences"}; None while there is none."""
    return json.loads(proposal.outcome) if proposal.outcome else None


def settings_of(proposal: Proposal) -> dict[str, Any]:
    """The settings of its method, and the rules it is counted by where they are not the first ones ("rule")."""
    chosen = json.loads(proposal.settings)
    return {**chosen, "rule": proposal.rule} if proposal.rule > 1 else chosen


def _bearing(tag_ids: Collection[int]) -> Select:
    return ProposalTag.select(ProposalTag.proposal).where(ProposalTag.tag.in_(list(tag_ids)))


def _running(at: datetime) -> Expression:
    """Not over at this moment; its vote may still be to open."""
    return Proposal.closed_at.is_null() & (Proposal.closes_at > at)


@prepared
def _placed(member: HasId, place: HasId, at: datetime, *, in_group: bool, ended: bool) -> "ModelSelect[Proposal]":
    """A page of those of a group, or else of a discussion: the soonest to end first, or the ended, the newest first."""
    rows = proposals_for(member).where((Proposal.group if in_group else Proposal.discussion) == place.id).limit(PAGE)
    if ended:
        return rows.where(~_running(at)).order_by(Proposal.closes_at.desc(), Proposal.id.desc())
    return rows.where(_running(at)).order_by(Proposal.closes_at, Proposal.id)


def _open_first(member: Viewer, place: Group | Discussion, limit: int) -> list[Proposal]:
    """Two short reads, each along an index, instead of sorting a group's whole past."""
    moment, in_group = now(), isinstance(place, Group)
    found = _placed.rows(member, place, moment, in_group=in_group, ended=False)
    if len(found) < limit:
        found += _placed.rows(member, place, moment, in_group=in_group, ended=True)
    return found[:limit]


@prepared
def _options(proposal_ids: Collection[int]) -> "ModelSelect[Option]":
    return Option.select().where(Option.proposal.in_(proposal_ids)).order_by(Option.position)


@prepared
def _choices(voter: HasId, proposal_ids: Collection[int]) -> Select:
    return (
        Mark.select(Ballot.proposal, Option.label)
        .join(Ballot)
        .join_from(Mark, Option)
        .where(Ballot.voter == voter.id, Ballot.proposal.in_(proposal_ids))
        .order_by(Option.position)
        .tuples()
    )


def _cards(member: Viewer, proposals: Iterable[Proposal]) -> list[Card]:
    """Options and the reader's choices for a whole list: two queries, however long it is."""
    cards = {row.id: Card(row, row.is_open(), outcome_of(row)) for row in proposals}
    for option in _options.rows(cards) if cards else ():
        cards[option.proposal_id].options.append(option)
    for proposal_id, label in _choices.rows(member, cards) if cards and not member.is_guest else ():
        cards[proposal_id].mine.append(label)
    for card in cards.values():
        card.can_see = rules.see_results(member, card.proposal, bool(card.mine))
    return list(cards.values())
