"""A decision: what it is, for whoever meets it or whom it concerns; objecting, judging, taking back."""

from flask import Response, request

from forum.accounts.models import Viewer
from forum.errors import Invalid, NotFound
from forum.moderation import actions, kinds, masks, passes, queries, rules, sentences
from forum.moderation.charter import RULES
from forum.moderation.models import Decision
from forum.moderation.routes import bp
from forum.web.pages import see_other, show
from forum.web.requests import me, typed


@bp.get("/moderation/decisions/<key>")
def decision(key: str) -> Response:
    return _page(queries.decision_for(_reader(), key), {}, {})


@bp.post("/moderation/decisions/<key>/objection")
def object_to(key: str) -> Response:
    decision, given = queries.decision_for(_reader(), key), typed("words")
    try:
        actions.object_to(_reader(), decision, given["words"])
    except Invalid as problem:
        return _page(decision, given, problem.fields, 422)
    return see_other(_address(decision))


@bp.post("/moderation/decisions/<key>/jugement")
def judge(key: str) -> Response:
    decision, given = queries.decision_for(me(), key), typed("answer", "upheld")
    objection = queries.objection_of(decision)
    if objection is None:
        raise NotFound
    try:
        judged = actions.judge(me(), objection, given["upheld"] == "1", given["answer"])
    except Invalid as problem:
        return _page(decision, given, problem.fields, 422)
    return see_other(_address(decision) + ("" if judged.judge_id == me().id else "?tard=1"))


@bp.post("/moderation/decisions/<key>/levee")
def undo(key: str) -> Response:
    decision, given = queries.decision_for(me(), key), typed("why")
    try:
        actions.undo(me(), decision, given["why"])
    except Invalid as problem:
        return _page(decision, given, problem.fields, 422)
    return see_other(_address(decision))


def _reader() -> Viewer:
    """Who reads: the person signed in, or whoever shows the pass that was given at the door."""
    shown, key = request.values.get("jeton", ""), (request.view_args or {})["key"]
    found = passes.bearer(shown, key) if shown and me().is_guest else None
    return found or me()


def _address(decision: Decision) -> str:
    shown = request.values.get("jeton", "")
    return f"/moderation/decisions/{decision.key}" + (f"?jeton={shown}" if shown else "")


def _page(decision: Decision, given: dict[str, str], errors: dict[str, str], status: int = 200) -> Response:
    objection = queries.objection_of(decision)
    involvement = rules.involvement_in(decision, objection, me(), _reader())
    return show(
        "moderation/decision.html",
        status=status,
        decision=decision,
        case=decision.case,
        kind=kinds.KINDS[decision.case.kind],
        rule=RULES[decision.rule],
        by=sentences.ROLES[decision.role],
        involvement=involvement,
        told=sentences.to_concerned(decision) if involvement.concerned else "",
        said=sentences.in_public(decision) if involvement.sees_all else "",
        objection=objection if involvement.sees_all else None,
        hidden=masks.hides(decision),
        outcome=sentences.objection_in_public(objection),
        undone=sentences.undone_in_public(decision),
        alone=rules.awaits_in_vain(objection),
        late=request.args.get("tard") == "1",
        shown=request.values.get("jeton", ""),
        typed={"words": "", "answer": "", "why": "", **given},
        errors=errors,
    )
