"""Reminding in time: those who have not voted, before the end; the authors of an outcome, on its day of review."""

from huey import crontab

from forum import limits
from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.transactions import transaction
from forum.proposals import queries, rules
from forum.proposals.models import Proposal, Reminder, Statement
from forum.tasks import journal
from forum.tasks.jobs import huey


def remind(member: Viewer, proposal: Proposal) -> None:
    """Remind those who have not voted, once until the vote ends; a second time nothing happens. Raises Refused."""
    limits.limit_member(member, "open")
    with transaction():
        proposal = queries.lock(proposal)
        rules.remind(member, proposal).require()
        _remind(proposal, by=member)


@huey.periodic_task(crontab(minute="*"))
def remind_all_due() -> None:
    """Remind for each vote that ends within a day, once; what was missed while no worker ran comes as soon as one does,
    and never after the end."""
    for proposal_id in queries.unreminded_ids():
        with transaction():
            proposal = queries.lock(Proposal.get_by_id(proposal_id))
            if proposal.is_open():
                _remind(proposal, by=None)


@huey.periodic_task(crontab(minute="*"))
def tell_all_reviews_due() -> None:
    """Tell whoever wrote what follows from a vote, and whoever put it, that its day of review has come; once."""
    for statement in queries.reviews_due():
        with transaction():
            mine = Statement.id == statement.id, Statement.reviewed_at.is_null()
            if Statement.update(reviewed_at=now()).where(*mine).execute():
                _tell_review(statement)


def _remind(proposal: Proposal, by: Viewer | None) -> None:
    """Recipients are worked out by whoever reads the line, when it does."""
    once = {"proposal": proposal.id, "round": queries.count_closings(proposal), "by_hand": by is not None}
    if Reminder.select().where(*(getattr(Reminder, name) == value for name, value in once.items())).exists():
        return
    Reminder.create(**once, by=by)
    journal.record("proposal.reminder", actor=by, group=proposal.group, subject=("proposal", proposal.id))


def _tell_review(statement: Statement) -> None:
    proposal = statement.proposal
    journal.record(
        "outcome.review",
        group=proposal.group,
        subject=("proposal", proposal.id),
        note=journal.Note(
            sorted({statement.author_id, proposal.author_id}),
            f"Le jour est venu de revoir ce qui a été décidé : « {proposal.title} »",
            f"/p/{proposal.key}/suite",
        ),
    )
