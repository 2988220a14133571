"""Casting a ballot, and changing it."""

import json
from collections.abc import Iterable, Mapping

from forum import journal, text
from forum.accounts.models import Viewer
from forum.db import now, transaction
from forum.errors import check
from forum.proposals import queries, rules
from forum.proposals.actions.counting import recount
from forum.proposals.actions.drafts import tidy
from forum.proposals.methods import METHODS
from forum.proposals.methods.method import Marks
from forum.proposals.models import Ballot, BallotChange, Mark, Option, Proposal

LONGEST_REASON = 2_000


def vote(member: Viewer, proposal: Proposal, typed: Mapping[str, str]) -> None:
    """Cast or change this person's one ballot; the same ballot again changes nothing.

    `typed` holds "choice" or the "option-<name>" of the method, and "reason"; of a ballot that waited on a phone for
    the line to come back also "waited" and "seen" (rules.as_seen): it is refused when this person has voted otherwise
    since.
    Raises Refused, Invalid (choice, reason).
    """
    with transaction():
        proposal = queries.lock(proposal)
        rules.vote(member, proposal).require()
        options = queries.options_of(proposal)
        marks = _read_ballot(proposal, options, typed)
        seen = typed.get("seen", "") if typed.get("waited") else None
        if _cast(member, proposal, options, marks, tidy(typed.get("reason", "")), seen):
            recount(proposal, options)
            journal.record("vote.cast", actor=member, group=proposal.group, subject=("proposal", proposal.id))


def _cast(
    member: Viewer, proposal: Proposal, options: list[Option], marks: Marks, reason: str, seen: str | None
) -> bool:
    """Write the ballot; False when it says what it already said. The proposal's row is locked: nobody comes between."""
    ballot, before = queries.ballot_of(member, proposal)
    said = {"reason": reason, "reason_html": text.render(reason), "renderer": text.RENDERER}
    unchanged = ballot is not None and before == marks and ballot.reason == reason
    if not unchanged:
        rules.replace_seen(ballot, seen).require()
    if ballot is None:
        ballot = Ballot.create(proposal=proposal, voter=member, **said)
    else:
        if unchanged:
            return False
        BallotChange.create(ballot=ballot, marks=json.dumps(before), reason=ballot.reason)
        Mark.delete().where(Mark.ballot == ballot.id).execute()
        Ballot.update(**said, changed_at=now()).where(Ballot.id == ballot.id).execute()
    ids = {option.name: option.id for option in options}
    Mark.insert_many(
        [{"ballot": ballot.id, "option": ids[name], "value": value} for name, value in marks.items()]
    ).execute()
    return True


def _read_ballot(proposal: Proposal, options: Iterable[Option], typed: Mapping[str, str]) -> Marks:
    labels = {option.name: option.label for option in options}
    marks, problems = METHODS[proposal.method].validate(typed, labels, queries.settings_of(proposal))
    unusable = text.body_problem(tidy(typed.get("reason", "")), LONGEST_REASON, least=0)
    check(**{"reason": unusable, **problems})
    return marks
