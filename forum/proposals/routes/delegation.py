"""Voices received by telephone, over HTTP."""

from collections.abc import Mapping

from flask import Response, request

from forum.errors import Invalid
from forum.proposals import actions, queries, rules
from forum.proposals.methods import METHODS
from forum.proposals.models import Proposal
from forum.proposals.routes import bp
from forum.proposals.routes.page import present
from forum.text.seen import borne
from forum.web.pages import see_other, show
from forum.web.requests import me


@bp.get("/p/<key>/telephone")
def voice_form(key: str) -> Response:
    return _form(present(key))


@bp.post("/p/<key>/telephone")
def record_voice(key: str) -> Response:
    proposal = present(key)
    try:
        actions.record_voice(me(), proposal, request.form.get("username", ""), request.form)
    except Invalid as problem:
        return _form(present(key), request.form, problem.fields)
    return see_other(f"/p/{key}/voix")


@bp.post("/p/<key>/telephone/retrait")
def withdraw_voice(key: str) -> Response:
    actions.withdraw_voice(me(), present(key))
    return see_other(f"/p/{key}#vote")


def _form(proposal: Proposal, typed: Mapping[str, str] | None = None, errors: dict[str, str] | None = None) -> Response:
    rules.record_voice(me(), proposal, 0).require()
    options, method = queries.options_of(proposal), METHODS[proposal.method]
    labels, settings, typed = {o.name: o.label for o in options}, queries.settings_of(proposal), typed or {}
    return show(
        "proposals/telephone.html",
        status=422 if errors else 200,
        proposal=proposal,
        group=proposal.group,
        options=options,
        method=method,
        explained=rules.explained(method),
        answers=method.answers(labels, settings),
        advice=method.advice(settings),
        given={name: typed.get(f"option-{name}", "") for name in labels},
        username=typed.get("username", ""),
        asked=typed.get("choice", ""),
        seen=borne(rules.as_read(proposal, options), typed, errors or {}),
        left=rules.MOST_RECORDED - queries.count_recorded(me(), proposal),
        errors=errors or {},
    )
