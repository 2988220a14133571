"""Recording the voice of somebody who asked for it by telephone; they have the last word."""

from collections.abc import Mapping

from forum import limits
from forum.accounts.models import Account, Viewer
from forum.accounts.queries import account_named
from forum.database.clock import now
from forum.database.transactions import transaction
from forum.errors import Invalid, check
from forum.proposals import queries, rules
from forum.proposals.actions import counting
from forum.proposals.actions.ballots import Cast, Urn
from forum.proposals.models import Ballot, Delegation, Proposal
from forum.tasks import journal

# The same answer whether nobody bears this name, or somebody who has no voice here.
NOBODY = "Personne de ce nom n’a voix à ce vote."
SELF = "Pour vous-même, votez sur la page de la proposition."
CAST = "Cette personne a déjà voté : sa voix est la sienne."
TAKEN = "Quelqu’un d’autre a déjà noté la voix de cette personne."
WITHDRAWN = "Cette personne a retiré la voix qu’on avait notée pour elle : à elle de voter."


def record_voice(member: Viewer, proposal: Proposal, username: str, typed: Mapping[str, str]) -> None:
    """Record the ballot of a member who asked `member` to; they are told, and may replace or withdraw it.

    No reason goes with it: it would be published under their name. The same again changes nothing.
    Raises Refused, Moved, Invalid (username, choice, option-<name>, reason where the vote demands one).
    """
    limits.limit_member(member, "vote")
    marks = {name: value for name, value in typed.items() if name in ("choice", "seen") or name.startswith("option-")}
    with transaction():
        urn = Urn(proposal)
        rules.record_voice(member, urn.proposal, 0).require()
        voter = _voter(member, urn.proposal, username)
        others = queries.count_recorded(member, urn.proposal, besides=voter)
        rules.record_voice(member, urn.proposal, others).require()
        if urn.take(Cast(voter, urn.proposal, marks, "", "", None, recorder=member)):
            urn.count()
            row = {"proposal": proposal.id, "voter": voter.id, "recorder": member.id}
            Delegation.insert(row).on_conflict_ignore().execute()
            _tell(member, urn.proposal, voter)


def withdraw_voice(member: Viewer, proposal: Proposal) -> None:
    """Take back the ballot that somebody recorded for this person; whoever recorded it is told. Twice is once.

    Raises Refused once the vote is over, or where the ballot is this person's own.
    """
    with transaction():
        proposal = queries.lock(proposal)
        delegation = Delegation.get_or_none(Delegation.proposal == proposal.id, Delegation.voter == member.id)
        if delegation and delegation.withdrawn_at:
            return
        ballot, _ = queries.ballot_of(member, proposal)
        rules.withdraw_voice(member, proposal, ballot).require()
        assert ballot
        assert delegation
        Ballot.delete().where(Ballot.id == ballot.id).execute()
        Delegation.update(withdrawn_at=now()).where(Delegation.id == delegation.id).execute()
        counting.recount(proposal, queries.options_of(proposal))
        journal.record(
            "vote.withdrawn",
            actor=member,
            group=proposal.group,
            subject=("proposal", proposal.id),
            note=journal.Note(
                [delegation.recorder_id],
                f"{member.username} a retiré la voix que vous aviez notée : « {proposal.title} »",
                f"/p/{proposal.key}",
            ),
        )


def _voter(member: Viewer, proposal: Proposal, username: str) -> Account:
    """Whom this pseudonym names, if a voice may be recorded for them. Raises Invalid (username)."""
    voter = account_named(username) if username.strip() else None
    if voter is None or not rules.vote(voter, proposal):
        raise Invalid({"username": NOBODY})
    ballot, _ = queries.ballot_of(voter, proposal)
    withdrawn = Delegation.proposal == proposal.id, Delegation.voter == voter.id, Delegation.withdrawn_at.is_null(False)
    recorder_id = ballot.recorded_by_id if ballot else member.id
    problems = {
        SELF: voter.id == member.id,
        CAST: recorder_id is None,
        TAKEN: recorder_id not in (None, member.id),
        WITHDRAWN: Delegation.select().where(*withdrawn).exists(),
    }
    check(username=next((sentence for sentence, wrong in problems.items() if wrong), None))
    return voter


def _tell(member: Viewer, proposal: Proposal, voter: Account) -> None:
    """What was recorded is for them to read on the page: a notice may be read over a shoulder."""
    journal.record(
        "vote.recorded",
        actor=member,
        group=proposal.group,
        subject=("proposal", proposal.id),
        note=journal.Note(
            [voter.id],
            f"{member.username} a noté votre voix, comme reçue de vous par téléphone : « {proposal.title} ». "
            "Votez vous-même pour la remplacer, ou retirez-la.",
            f"/p/{proposal.key}#vote",
        ),
    )
