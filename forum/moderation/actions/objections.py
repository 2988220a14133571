"""Objecting to a decision, and judging the objection of somebody else."""

from forum import limits
from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.transactions import transaction
from forum.errors import check
from forum.moderation import queries, rules, sentences
from forum.moderation.actions.decisions import take_back
from forum.moderation.models import Decision, Objection
from forum.tasks import journal
from forum.text import fields
from forum.text.typed import many_lines

LONGEST = 2_000


def object_to(member: Viewer, decision: Decision, words: str) -> None:
    """Object to a decision about oneself; a second time changes nothing. Raises Refused, Invalid (words)."""
    rules.object_to(member, decision).require()
    words = many_lines(words)
    check(words=fields.body_problem(words, LONGEST, least=10))
    limits.limit("report", f"objection {decision.id}")
    with transaction():
        queries.lock(decision.case)
        if queries.objection_of(decision):
            return
        Objection.create(decision=decision, text=words)
        journal.record(
            "moderation.objected",
            group=decision.group,
            subject=("decision", decision.id),
            note=journal.Note(
                rules.judges_of(decision),
                "Une objection à une décision de modération attend votre lecture.",
                f"/moderation/decisions/{decision.key}",
                personal=True,
            ),
        )


def judge(member: Viewer, objection: Objection, upheld: bool, answer: str) -> Objection:
    """Say whether the decision stands; if not, all it did is undone. Raises Refused, Invalid (answer).

    Judged by somebody else meanwhile, theirs stands and is returned: compare `judge_id`.
    """
    with transaction():
        case = queries.lock(objection.decision.case)
        objection = Objection.get_by_id(objection.id)
        if objection.judged_at:
            return objection
        rules.judge(member, objection).require()
        answer = many_lines(answer)
        check(answer=fields.body_problem(answer, LONGEST, least=10))
        objection.judge, objection.judge_role = member, rules.role_for(member, case)
        objection.upheld, objection.answer, objection.judged_at = upheld, answer, now()
        objection.save()
        _announce(objection)
    return objection


def _announce(objection: Objection) -> None:
    decision = Decision.get_by_id(objection.decision_id)
    if not objection.upheld and not decision.undone_at:
        take_back(decision, objection.judge_role, "")
    journal.record(
        "moderation.judged",
        group=decision.group,
        subject=("decision", decision.id),
        note=journal.Note(
            rules.concerned_by(decision),
            sentences.judged(objection),
            f"/moderation/decisions/{decision.key}",
            personal=True,
        ),
    )
