"""What moderation holds of a person."""

from forum.accounts.actions import GONE
from forum.accounts.holdings import Holdings
from forum.accounts.models import Account
from forum.moderation import queries
from forum.moderation.kinds import ACCOUNT
from forum.moderation.models import Case, Decision, Hidden, Objection, Report

WEIGHED = "what was reported and decided stays until its year is over, for whoever judges it; unsigned"


def _leave(account: Account) -> None:
    """A pseudonym that was reported or hidden goes with the others."""
    Hidden.delete().where(Hidden.kind == ACCOUNT.name, Hidden.subject_id == account.id).execute()
    Case.update(title=GONE).where(Case.kind == ACCOUNT.name, Case.subject_id == account.id).execute()


HOLDINGS = Holdings(
    tells={"moderation": queries.data_of},
    leave=_leave,
    keeps={
        Case.concerned: WEIGHED,
        Case.subject_id: WEIGHED,
        Report.reporter: WEIGHED,
        Report.note: WEIGHED,
        Decision.concerned: WEIGHED,
        Decision.by: WEIGHED,
        Objection.judge: WEIGHED,
        Hidden.subject_id: "words to be put back as they were; a pseudonym is not kept so",
    },
)
