"""Who is told of what is put to the vote."""

from collections.abc import Iterable

from forum.database.select import tuples
from forum.notifications.recipients.recipient import Recipient
from forum.proposals import queries
from forum.proposals.models import Ballot, Proposal
from forum.tasks.journal import JournalLine
from forum.text import dates


def of_opening(line: JournalLine) -> Iterable[Recipient]:
    """Those who may vote: their voice is asked for, now or at the hour of opening."""
    proposal = Proposal.get_or_none(Proposal.id == line.subject_id)
    if proposal is None:
        return
    when = f" {dates.opening(proposal.opens_at)}" if proposal.is_coming() else ""
    yield from _asked(proposal, f"Le vote{when} : « {proposal.title} »" if when else "")


def of_vote_opening(line: JournalLine) -> Iterable[Recipient]:
    """Those who may vote, at the hour of opening of a vote announced before."""
    proposal = Proposal.get_or_none(Proposal.id == line.subject_id)
    if proposal is not None and proposal.is_open():
        yield from _asked(proposal)


def of_closing(line: JournalLine) -> Iterable[Recipient]:
    """Who voted; where that is secret, who could."""
    proposal = Proposal.get_or_none(Proposal.id == line.subject_id)
    if proposal is None:
        return
    sentence = f"Le vote est terminé, voici le résultat : « {proposal.title} »"
    closing = queries.last_closing(proposal)
    if closing:
        # In the hands of people outside the server: minutes changed later are seen not to be these.
        sentence += f". Pour vérifier : {closing.sha256}"
    voters = tuples(Ballot.select(Ballot.voter).where(Ballot.proposal == proposal.id))
    # Of a secret vote nobody is told for having voted: all who could are.
    for account_id in queries.electorate_ids(proposal) if proposal.secret else [row[0] for row in voters]:
        yield Recipient(account_id, sentence, f"/p/{proposal.key}", kind="votes")


def of_option(line: JournalLine) -> Iterable[Recipient]:
    """Who voted: their ballot says nothing of an option that came since."""
    proposal = Proposal.get_or_none(Proposal.id == line.subject_id)
    if proposal is None or not proposal.is_open():
        return
    for (account_id,) in tuples(Ballot.select(Ballot.voter).where(Ballot.proposal == proposal.id)):
        yield Recipient(
            account_id,
            f"Une option a été ajoutée depuis votre vote : « {proposal.title} »",
            f"/p/{proposal.key}",
            thread=f"options {proposal.id}",
            together=f"{{number}} options ont été ajoutées depuis votre vote : « {proposal.title} »",
            kind="votes",
        )


def of_undoing(line: JournalLine) -> Iterable[Recipient]:
    """Who voted."""
    proposal = Proposal.get_or_none(Proposal.id == line.subject_id)
    if proposal is None:
        return
    what = "Le vote est annulé" if line.verb == "proposal.cancelled" else "Le vote est rouvert"
    for (account_id,) in tuples(Ballot.select(Ballot.voter).where(Ballot.proposal == proposal.id)):
        yield Recipient(account_id, f"{what} : « {proposal.title} »", f"/p/{proposal.key}", kind="votes")


def of_reminder(line: JournalLine) -> Iterable[Recipient]:
    """Who may vote and has not, as long as the vote is open."""
    proposal = Proposal.get_or_none(Proposal.id == line.subject_id)
    if proposal is None or not proposal.is_open():
        return
    sentence = f"Votre voix est attendue jusqu’à la fin du vote, {dates.day(proposal.closes_at)} : « {proposal.title} »"
    for account_id in queries.silent_ids(proposal):
        yield Recipient(account_id, sentence, f"/p/{proposal.key}", kind="votes")


def _asked(proposal: Proposal, sentence: str = "") -> Iterable[Recipient]:
    said = sentence or f"À voter : « {proposal.title} »"
    for account_id in queries.electorate_ids(proposal):
        yield Recipient(account_id, said, f"/p/{proposal.key}", kind="votes")
