"""The urn of a secret vote: a ballot is put in, what lies there is shaken, and at the end its key is thrown away."""

from huey import crontab

from forum.accounts.models import Account
from forum.database.rewriting import forget, rewrite
from forum.database.select import tuples
from forum.database.transactions import transaction
from forum.proposals import queries, rules, secrecy
from forum.proposals.models import Proposal, SecretBallots, SecretParticipant, SecretUrn, SecretVote
from forum.tasks.jobs import huey

TABLES = (SecretVote, SecretBallots)


def put_in(proposal: Proposal, account_id: int, said: str) -> None:
    """One ballot, and apart from it that this person voted; inside the transaction that holds the proposal."""
    if not proposal.voters_count:
        SecretUrn.insert(proposal=proposal.id, key=secrecy.new_key()).on_conflict_ignore().execute()
    SecretVote.insert(mark=secrecy.mark_of(proposal, account_id), proposal=proposal.id).execute()
    same = SecretBallots.proposal == proposal.id, SecretBallots.said == said
    if not SecretBallots.update(number=SecretBallots.number + 1).where(*same).execute():
        SecretBallots.insert(proposal=proposal.id, said=said, number=1).execute()


def open_at_the_end(proposal: Proposal) -> None:
    """Write down who took part, in the order of names and where they are enough; forget marks and key; shake the rest.
    Inside the transaction that ends the vote: afterwards nobody can tell who had a mark."""
    marks = secrecy.marks_of(proposal, queries.electorate_ids(proposal))
    voted = [mark for (mark,) in tuples(SecretVote.select(SecretVote.mark).where(SecretVote.proposal == proposal.id))]
    if len(voted) >= rules.FEW:
        ids = [marks[mark] for mark in voted if mark in marks]
        people = Account.select(Account.id).where(Account.id.in_(ids)).order_by(Account.username_key)
        rows = [{"proposal": proposal.id, "member": person.id} for person in people]
        SecretParticipant.insert_many(rows).execute()
    empty(proposal, keep_ballots=True)
    rewrite(*TABLES)


def empty(proposal: Proposal, keep_ballots: bool = False) -> None:
    """Forget who voted, and what was said unless it is to be counted."""
    for table in (SecretVote, SecretUrn, *(() if keep_ballots else (SecretBallots,))):
        table.delete().where(table.proposal == proposal.id).execute()


@huey.periodic_task(crontab(minute="*"))
def shake_all_due() -> None:
    """Write the urns anew into which ballots came since they last were, and empty the log that tells in which order."""
    due = queries.urns_to_shake()
    if not due:
        return
    with transaction():
        rewrite(*TABLES)
    if forget(*TABLES):
        with transaction():
            for proposal_id, voters in due:
                SecretUrn.update(shaken=voters).where(SecretUrn.proposal == proposal_id).execute()


@huey.periodic_task(crontab(minute="*"))
def end_all_over() -> None:
    """Open the urns of votes that ended before urns had keys, or while their worker died; and empty the log then."""
    over = queries.over_with_marks()
    for proposal in over:
        with transaction():
            open_at_the_end(queries.lock(proposal))
    if over:
        forget(*TABLES)
