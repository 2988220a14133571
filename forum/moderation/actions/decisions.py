"""Deciding on a case, handing it on, and taking a decision back."""

from dataclasses import dataclass

from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.transactions import transaction
from forum.errors import check
from forum.moderation import charter, kinds, masks, queries, rules, sentences
from forum.moderation.actions import suspensions
from forum.moderation.actions.discretion import tells_too_much
from forum.moderation.actions.reports import tell_deciders
from forum.moderation.kinds import Subject
from forum.moderation.models import Case, Decision
from forum.tasks import journal
from forum.text import fields
from forum.text.typed import many_lines

LONGEST_REASON = 500
DAYS = (1, 7, 30, 90, 0)
MEASURES = ("", "warn", "group", "site")


@dataclass(frozen=True)
class DecisionDraft:
    """A decision as it was typed: `text` is keep or hide, `seen` the digest of the words that were on the screen."""

    text: str
    measure: str
    days: str
    rule: str
    reason: str
    seen: str = ""


def decide(member: Viewer, case: Case, choice: DecisionDraft) -> Decision:
    """Decide on a case read for this person. Raises Refused, Invalid (text, measure, days, rule, reason).

    When somebody was faster their decision is returned, whatever this one was: compare `by_id`.
    """
    rules.decide(member, case).require()
    with transaction():
        case = queries.lock(case)
        made = case.decisions.first()
        if made is not None:
            return made
        rules.decide(member, case).require()
        subject = kinds.present(case.kind, case.subject_id)
        _check(member, case, subject, choice)
        decision = _write(member, case, choice)
        if decision.hides and subject is not None:
            masks.hide(subject, decision)
        suspensions.apply(decision)
        _announce(decision)
    return decision


def escalate(member: Viewer, case: Case) -> None:
    """Hand a case to the site's moderators; done already, nothing changes. Raises Refused."""
    with transaction():
        case = queries.lock(case)
        if case.desk == "site":
            return
        rules.escalate(member, case).require()
        Case.update(desk="site").where(Case.id == case.id).execute()
        case.desk = "site"
        tell_deciders(case)


def undo(member: Viewer, decision: Decision, why: str) -> None:
    """Take a decision back: words return as they were, suspensions end. Raises Refused, Invalid (why)."""
    with transaction():
        case = queries.lock(decision.case)
        decision = Decision.get_by_id(decision.id)
        if decision.undone_at:
            return
        rules.undo(member, decision).require()
        check(why=reason_problem(why, decision))
        take_back(decision, rules.role_for(member, case), many_lines(why))
        _tell_concerned(decision, sentences.taken_back(decision))


def take_back(decision: Decision, role: str, why: str) -> None:
    """Undo all that a decision did, inside the transaction of whoever undoes it."""
    undone = {"undone_at": now(), "undone_role": role, "undone_why": why}
    Decision.update(**undone).where(Decision.id == decision.id).execute()
    decision.undone_role, decision.undone_why = role, why
    subject = kinds.present(decision.case.kind, decision.case.subject_id)
    if decision.hides and subject is not None:
        masks.restore(subject)
    suspensions.apply(decision)
    journal.record("moderation.undone", group=decision.group, subject=("decision", decision.id))


def reason_problem(reason: str, decision_or_case: Decision | Case) -> str | None:
    """Why these words cannot be published as the reason of a decision, or None."""
    case = decision_or_case.case if isinstance(decision_or_case, Decision) else decision_or_case
    return fields.body_problem(many_lines(reason), LONGEST_REASON, least=10) or tells_too_much(reason, case)


def _check(member: Viewer, case: Case, subject: Subject | None, choice: DecisionDraft) -> None:
    check(
        text=_text_problem(subject, choice),
        measure=_measure_problem(member, case, choice.measure),
        days=None if choice.days in map(str, DAYS) else "Choisissez une durée.",
        rule=charter.problem(choice.rule, case.group),
        reason=reason_problem(choice.reason, case),
    )


def _text_problem(subject: Subject | None, choice: DecisionDraft) -> str | None:
    if choice.text not in ("keep", "hide"):
        return "Dites ce que devient le texte."
    if choice.text == "keep":
        return None
    if subject is None:
        return "Ce texte a été retiré entre-temps : il n’y a plus rien à masquer."
    if choice.seen != subject.digest:
        return "Ce texte vient d’être modifié : relisez-le, puis décidez."
    return None


def _measure_problem(member: Viewer, case: Case, measure: str) -> str | None:
    if measure not in MEASURES:
        return "Choisissez une mesure."
    if not measure:
        return None
    if case.concerned_id is None:
        return "Personne en particulier n’est en cause ici."
    if measure == "group" and case.group is None:
        return "Aucun groupe n’est en cause ici."
    if measure != "site":
        return None
    if not rules.moderates(member):
        return "Seule la modération du site peut suspendre du site."
    return "Le compte de démonstration est à tout le monde." if case.concerned.demo else None


def _write(member: Viewer, case: Case, choice: DecisionDraft) -> Decision:
    days = int(choice.days) if choice.measure in ("group", "site") else 0
    Case.update(decided_at=now(), open_as=None).where(Case.id == case.id).execute()
    return Decision.create(
        case=case,
        group=case.group_id,
        concerned=case.concerned_id,
        by=member,
        role=rules.role_for(member, case),
        hides=choice.text == "hide",
        measure=choice.measure,
        days=days,
        until=suspensions.end_of(choice.measure, days),
        rule=choice.rule,
        reason=many_lines(choice.reason),
    )


def _announce(decision: Decision) -> None:
    """The public line, which names nobody; then the person concerned and the reporters, each told what is theirs."""
    journal.record("moderation.decided", group=decision.group, subject=("decision", decision.id))
    if decision.hides or decision.measure:
        _tell_concerned(decision, sentences.to_concerned(decision))
    journal.record(
        "moderation.answered",
        subject=("decision", decision.id),
        note=journal.Note(
            sorted(rules.reporters(decision.case)),
            sentences.to_reporters(decision),
            f"/g/{decision.group.handle}/journal" if decision.group else "/moderation/journal",
            personal=True,
        ),
    )


def _tell_concerned(decision: Decision, said: str) -> None:
    journal.record(
        "moderation.told",
        subject=("decision", decision.id),
        note=journal.Note(rules.concerned_by(decision), said, f"/moderation/decisions/{decision.key}", personal=True),
    )
