"""Keeping the minutes of a vote as it ended: nobody changes what was counted without its being seen."""

from huey import crontab

from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.transactions import transaction
from forum.proposals import minutes, queries
from forum.proposals.models import Closing, Proposal
from forum.tasks.jobs import huey


def seal(proposal: Proposal, by: Viewer | None = None, reason: str = "") -> Closing:
    """Write the minutes of a vote that has just ended, inside the transaction that ended it."""
    number = queries.count_closings(proposal) + 1
    text = minutes.written(queries.vote_of(proposal, number))
    return Closing.create(
        proposal=proposal,
        number=number,
        at=proposal.closed_at or now(),
        outcome=proposal.outcome,
        record=text,
        sha256=minutes.fingerprint(text),
        by=by,
        reason=reason,
    )


@huey.periodic_task(crontab(minute="*/10"))
def seal_what_ended_before() -> None:
    """Write the minutes of votes that ended before minutes were kept: a backup of an older version, put back."""
    for proposal_id in queries.unsealed_ids():
        with transaction():
            proposal = queries.lock(Proposal.get_by_id(proposal_id))
            if proposal.closed_at and not queries.count_closings(proposal):
                seal(proposal)
