"""The beginning of a vote, by the clock."""

from huey import crontab

from forum.database.clock import now
from forum.database.transactions import transaction
from forum.proposals import queries
from forum.proposals.methods.shapes import RULE
from forum.proposals.models import Proposal
from forum.tasks import journal
from forum.tasks.jobs import huey, job


def open_vote(proposal: Proposal) -> Proposal:
    """Note that the hour of opening has passed, once, and fix how many may vote; before its hour nothing changes.

    Returns the present row. Anybody's reading may lead here: it only notes what the clock has already decided.
    """
    with transaction():
        proposal = queries.lock(proposal)
        if proposal.opened_at is None and not proposal.is_coming():
            note_opening(proposal)
            journal.record("vote.opened", group=proposal.group, subject=("proposal", proposal.id))
    return proposal


def note_opening(proposal: Proposal) -> None:
    """Fix the electorate of a proposal whose row is locked, and the rules by which it is counted."""
    proposal.opened_at, proposal.eligible_count, proposal.rule = now(), queries.electorate_now(proposal), RULE
    noted = {"opened_at": proposal.opened_at, "eligible_count": proposal.eligible_count, "rule": RULE}
    Proposal.update(noted, revision=Proposal.revision + 1).where(Proposal.id == proposal.id).execute()
    proposal.revision += 1


@job()
def open_on_time(proposal_id: int) -> None:
    """The worker's appointment at the hour of opening."""
    proposal = Proposal.get_or_none(Proposal.id == proposal_id)
    if proposal:
        open_vote(proposal)


@huey.periodic_task(crontab(minute="*"))
def open_all_due() -> None:
    """Open what an appointment missed."""
    for proposal_id in queries.unopened_ids():
        open_on_time.call_local(proposal_id)
