"""Who is designated: the vote or the draw that a call announced, of those who stand; and the outcome, published."""

from forum.accounts.models import Viewer
from forum.candidacies import queries, rules
from forum.candidacies.models import Candidacy, CandidacyCall
from forum.candidacies.words import WAYS_OF_VOTING
from forum.chains import actions as chains
from forum.database.clock import now
from forum.database.transactions import transaction
from forum.draws import actions as draws
from forum.draws.models import Draw
from forum.errors import Invalid, check
from forum.proposals import actions as proposals
from forum.proposals.models import Proposal
from forum.tasks import journal
from forum.text import fields
from forum.text.typed import many_lines

LONGEST_OUTCOME = 4_000
CHOOSE = "Choisissez dans la liste."
TOO_FEW = "Il faut au moins deux candidatures pour choisir."
WITHDRAWN_SINCE = "Une de ces candidatures a été retirée : choisissez de nouveau."


def put_to_vote(member: Viewer, call: CandidacyCall, method: str) -> Proposal:
    """Put those who stand to the vote of the group, by this method; the vote announced is put once.

    Raises Refused, Invalid (method; designated: fewer than two stand), and what a proposal raises.
    """
    rules.put_to_vote(member, call).require()
    check(method=None if method in WAYS_OF_VOTING else CHOOSE)
    with transaction():
        call = queries.lock(call)
        rules.put_to_vote(member, call).require()
        if call.proposal:
            return call.proposal
        options = "\n".join(f"{row.member.username} {row.place}".strip() for row in _standing(member, call))
        body = f"{call.conditions}\n\n/candidatures/appels/{call.key}"
        made = proposals.propose(member, call.group, proposals.Draft(call.title, body, method, options))
        CandidacyCall.update(proposal=made).where(CandidacyCall.id == call.id).execute()
        chains.append(call.chain, "voting", proposal=made.key)
        return made


def draw_among(member: Viewer, call: CandidacyCall, seats: str, source: str) -> Draw:
    """Prepare the draw announced, of those who stand; it is prepared once.

    Raises Refused, Invalid (designated: fewer than two stand; seats, source), and what a draw raises.
    """
    rules.draw_among(member, call).require()
    with transaction():
        call = queries.lock(call)
        rules.draw_among(member, call).require()
        if call.draw:
            return call.draw
        handed = [row.member for row in _standing(member, call)]
        plan = draws.DrawPlan(call.title, "Désigner parmi les candidatures.", seats, "handed", source)
        made = draws.prepare(member, call.group, plan, handed)
        CandidacyCall.update(draw=made).where(CandidacyCall.id == call.id).execute()
        chains.append(call.chain, "drawing", draw=made.key)
        return made


def settle(member: Viewer, call: CandidacyCall, designated: list[str], outcome: str) -> None:
    """Publish who is designated, by the keys of their candidacies, with how, why and what follows.

    Raises Refused, Invalid (designated, outcome).
    """
    rules.settle(member, call).require()
    check(outcome=fields.body_problem(outcome, LONGEST_OUTCOME))
    with transaction():
        call = queries.lock(call)
        rules.settle(member, call).require()
        standing = Candidacy.call == call.id, Candidacy.withdrawn_at.is_null()
        chosen = [row for row in Candidacy.select().where(*standing) if row.key in designated]
        if len(chosen) != len(set(designated)):
            raise Invalid({"designated": WITHDRAWN_SINCE})
        _settle(member, call, chosen, many_lines(outcome).strip())


def _standing(member: Viewer, call: CandidacyCall) -> list[Candidacy]:
    """Who still stands, two at least. Raises Invalid (designated)."""
    found = [row for row in queries.candidacies_of(member, call) if not row.withdrawn_at]
    check(designated=TOO_FEW if len(found) < 2 else None)
    return found


def _settle(member: Viewer, call: CandidacyCall, chosen: list[Candidacy], outcome: str) -> None:
    moment = now()
    Candidacy.update(designated_at=moment).where(Candidacy.id.in_([row.id for row in chosen])).execute()
    CandidacyCall.update(outcome=outcome, settled_at=moment).where(CandidacyCall.id == call.id).execute()
    chains.append(call.chain, "settled", designated=[row.key for row in chosen], outcome=outcome)
    journal.record("candidacies.settled", actor=member, group=call.group, subject=("candidacies", call.id))
