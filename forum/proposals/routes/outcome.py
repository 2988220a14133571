"""The end of a vote and what follows, over HTTP: cancelling, reopening, reminding, the statement."""

from flask import Response, request

from forum.errors import Invalid
from forum.proposals import actions, queries, rules
from forum.proposals.models import Proposal
from forum.proposals.routes import bp
from forum.proposals.routes.page import present
from forum.text.typed import day_field, moment_field
from forum.web.pages import see_other, show
from forum.web.requests import me, typed


@bp.get("/p/<key>/annulation")
def cancel_form(key: str) -> Response:
    proposal = present(key)
    rules.cancel(me(), proposal).require()
    return _ask("cancel", proposal)


@bp.post("/p/<key>/annulation")
def cancel(key: str) -> Response:
    proposal = present(key)
    try:
        actions.cancel(me(), proposal, request.form.get("reason", ""))
    except Invalid as problem:
        return _ask("cancel", proposal, problem.fields)
    return see_other(f"/p/{key}")


@bp.get("/p/<key>/reouverture")
def reopen_form(key: str) -> Response:
    proposal = present(key)
    rules.reopen(me(), proposal).require()
    return _ask("reopen", proposal)


@bp.post("/p/<key>/reouverture")
def reopen(key: str) -> Response:
    proposal = present(key)
    try:
        actions.reopen(me(), proposal, request.form.get("closes_at", ""), request.form.get("reason", ""))
    except Invalid as problem:
        return _ask("reopen", proposal, problem.fields)
    return see_other(f"/p/{key}")


@bp.post("/p/<key>/rappel")
def remind(key: str) -> Response:
    actions.remind(me(), present(key))
    return see_other(f"/p/{key}#gerer")


@bp.get("/p/<key>/suite")
def statement(key: str) -> Response:
    """What follows from the vote, its earlier versions, and the form for whoever may write it."""
    return _statement(present(key))


@bp.post("/p/<key>/suite")
def state_outcome(key: str) -> Response:
    proposal = present(key)
    try:
        actions.state_outcome(me(), proposal, request.form.get("body", ""), request.form.get("review_on", ""))
    except Invalid as problem:
        return _statement(proposal, problem.fields)
    return see_other(f"/p/{key}#suite")


def _ask(what: str, proposal: Proposal, errors: dict[str, str] | None = None) -> Response:
    fields = typed("reason", "closes_at")
    if what == "reopen" and not errors:
        fields["closes_at"] = moment_field(actions.default_closing())
    return show(
        f"proposals/{what}.html",
        status=422 if errors else 200,
        proposal=proposal,
        group=proposal.group,
        typed=fields,
        errors=errors or {},
    )


def _statement(proposal: Proposal, errors: dict[str, str] | None = None) -> Response:
    versions = queries.statements(proposal)
    stored = {"body": versions[0].body, "review_on": day_field(versions[0].review_at)} if versions else {}
    return show(
        "proposals/statement.html",
        status=422 if errors else 200,
        proposal=proposal,
        group=proposal.group,
        versions=versions,
        can_state=rules.state_outcome(me(), proposal),
        typed=typed("body", "review_on") if errors else {"body": "", "review_on": "", **stored},
        errors=errors or {},
    )
