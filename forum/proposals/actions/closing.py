"""The end of a vote, by the clock."""

import json
import logging
from dataclasses import asdict, replace

from huey import crontab

from forum.database.clock import now
from forum.database.rewriting import forget
from forum.database.transactions import transaction
from forum.proposals import queries
from forum.proposals.actions import counting, secret_urn
from forum.proposals.actions.opening import note_opening
from forum.proposals.actions.sealing import seal
from forum.proposals.methods import METHODS
from forum.proposals.methods.shapes import Tally
from forum.proposals.models import Proposal
from forum.tasks import journal
from forum.tasks.jobs import huey, job

logger = logging.getLogger("parvis")


def close(proposal: Proposal) -> Proposal:
    """Write the outcome of a vote whose hour has passed, once; before its hour, or a second time, nothing changes.
    That of a hidden proposal waits for its words, which the minutes repeat.

    Every ballot is counted again, whatever was kept. Returns the present row.
    Anybody's reading may lead here: it only notes what the clock has already decided.
    """
    emptied = False
    with transaction():
        proposal = queries.lock(proposal)
        if proposal.closed_at is None and proposal.is_over() and not proposal.hidden_at:
            if proposal.opened_at is None:
                note_opening(proposal)
            options = queries.options_of(proposal)
            if not proposal.secret and not counting.is_right(proposal, options):
                logger.error("proposal %s: what was kept of the count was not what its ballots say", proposal.key)
            tally = counting.recount(proposal, options)
            _conclude(queries.lock(proposal), tally)
            if proposal.secret:
                secret_urn.open_at_the_end(proposal)
                emptied = True
    if emptied:
        forget(*secret_urn.TABLES)
    return queries.lock(proposal)


@job()
def close_on_time(proposal_id: int) -> None:
    """The worker's appointment at the hour of closing."""
    proposal = Proposal.get_or_none(Proposal.id == proposal_id)
    if proposal:
        close(proposal)


@huey.periodic_task(crontab(minute="*"))
def close_all_due() -> None:
    """Close what an appointment missed: a worker that was down, a backup put back."""
    for proposal_id in queries.due_ids():
        close_on_time.call_local(proposal_id)


def _beside(proposal: Proposal) -> list[str]:
    """What rooms counted by hand, in a sentence each: it is no part of the result."""
    options = queries.options_of(proposal)
    return [f"Compté à part, hors de ce résultat\u00a0: {room.said(options)}" for room in queries.rooms(proposal)]


def _conclude(proposal: Proposal, tally: Tally) -> None:
    method, settings = METHODS[proposal.method], queries.settings_of(proposal)
    labels = {option.name: option.label for option in queries.options_of(proposal)}
    outcome = method.outcome(tally, labels, settings, proposal.eligible_count)
    outcome = replace(outcome, sentences=(*outcome.sentences, *_beside(proposal)))
    written = json.dumps(asdict(outcome), ensure_ascii=False)
    Proposal.update(closed_at=now(), outcome=written).where(Proposal.id == proposal.id).execute()
    seal(queries.lock(proposal))
    journal.record(
        "proposal.closed",
        group=proposal.group,
        subject=("proposal", proposal.id),
        status=outcome.status,
        counts=dict(tally.counts),
        voters=tally.voters,
        eligible=proposal.eligible_count,
    )
