"""Who may vote: how many, and who was named."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from forum.accounts import pseudonyms
from forum.accounts.models import Account
from forum.database.select import tuples
from forum.groups import rules as group_rules
from forum.groups.models import Group, Membership
from forum.proposals.models import Proposal, Voter


def electorate_now(proposal: Proposal) -> int:
    """How many may vote as things stand, counted without writing a row for each: what the opening fixes."""
    if proposal.electorate == "named":
        return Voter.select().where(Voter.proposal == proposal.id).count()
    if proposal.electorate == "before":
        return _members_by(proposal, proposal.opens_at)
    return _members(proposal)


def electorate_ids(proposal: Proposal) -> list[int]:
    """The accounts of those who may vote as things stand, to tell them so."""
    members = Membership.select(Membership.member).where(Membership.group == proposal.group_id)
    if proposal.electorate == "before":
        members = members.where(Membership.created_at <= proposal.opens_at)
    if proposal.electorate == "named":
        voters = Voter.select(Voter.member).where(Voter.proposal == proposal.id)
        members = members.where(Membership.member.in_(voters))
    return [account_id for (account_id,) in tuples(members)]


def count_eligible(proposal: Proposal, voters: int) -> int:
    """How many could vote. Where the electorate is fixed, the number noted at the opening: whoever leaves, or is made
    to leave, moves no quorum. Else the members of the group, and once the hour has passed those who came in before it.

    Never fewer than have voted, for a ballot stays when its author leaves. Where new members only read at first, those
    who may write before the vote ends count already.
    """
    return max(_members(proposal) if proposal.electorate == "members" else proposal.eligible_count, voters)


def named_voters(proposal: Proposal) -> list[str]:
    """The pseudonyms of those named to vote, in their order; ask `rules.see_voters` before showing them."""
    rows = Voter.select(Account.username).join(Account).where(Voter.proposal == proposal.id)
    return [username for (username,) in tuples(rows.order_by(Account.username_key))]


def members_named(group: Group, names: Iterable[str]) -> dict[str, int | None]:
    """For each pseudonym the account of the member it names, None where nobody in the group bears it."""
    keys = {name: pseudonyms.key(name) for name in names}
    readable = [key for key in keys.values() if "\0" not in key]
    rows = Membership.select(Account.username_key, Account.id).join(Account)
    ids = dict(tuples(rows.where(Membership.group == group.id, Account.username_key.in_(readable))))
    return {name: ids.get(key) for name, key in keys.items()}


def _members(proposal: Proposal) -> int:
    """The members, who may come in until the hour of closing."""
    if not proposal.is_over() and not proposal.group.newcomers_read_days:
        return proposal.group.members_count
    return _members_by(proposal, proposal.closes_at)


def _members_by(proposal: Proposal, moment: datetime) -> int:
    """The members who came in by this moment, and may write before the vote ends."""
    latest = proposal.closes_at - timedelta(days=proposal.group.newcomers_read_days)
    in_time = Membership.group == proposal.group_id, Membership.created_at <= moment
    writing = (Membership.created_at <= latest) | group_rules.ANIMATING
    return Membership.select().where(*in_time, writing).count()
