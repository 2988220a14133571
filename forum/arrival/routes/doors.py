"""Signing up, in and out."""

from typing import Any

from flask import Response, request

from forum import limits
from forum.accounts import pseudonyms, queries, sessions
from forum.accounts.models import Account
from forum.arrival import actions
from forum.arrival.routes import bp
from forum.errors import Invalid
from forum.groups import queries as groups
from forum.groups.models import Group
from forum.moderation import passes, queries as moderation
from forum.web.pages import see_other, show
from forum.web.requests import local_path, me, typed


@bp.get("/inscription")
def sign_up_form() -> Response:
    if me().trial:
        return see_other("/essai/compte")
    if not me().is_guest:
        return see_other(_next())
    return _form("arrival/sign_up.html", {"username": "", "email": ""}, {})


@bp.post("/inscription")
def sign_up() -> Response:
    limits.limit_address("sign-up")
    given = typed("username", "email", "password")
    try:
        account = actions.sign_up(given["username"], given["password"], given["email"], _wish())
    except Invalid as problem:
        return _form("arrival/sign_up.html", given, problem.fields, status=422)
    sessions.begin(account, remember=True)
    return see_other(_next())


@bp.get("/connexion")
def sign_in_form() -> Response:
    if not me().is_guest:
        return see_other(_next())
    return _form("arrival/sign_in.html", {"username": "", "remember": "1"}, {}, **_demonstration())


@bp.post("/connexion")
def sign_in() -> Response:
    given = typed("username", "password", "remember")
    door = f"{pseudonyms.key(given['username'][:60])} {limits.network()}"
    limits.limit("sign-in", door, add=0)
    limits.limit_address("sign-in-address")
    try:
        account = actions.sign_in(given["username"], given["password"], _wish())
    except Invalid as problem:
        limits.limit("sign-in", door)
        return _form("arrival/sign_in.html", given, problem.fields, status=422, **_demonstration())
    except actions.Suspended as problem:
        return suspended(problem.account, problem.reason)
    sessions.begin(account, remember=bool(given["remember"]))
    return see_other(_next())


def suspended(account: Account, reason: str) -> Response:
    """Why and until when; whoever gave their password may contest it, though they cannot come in."""
    decision = moderation.decision_suspending(account)
    shown = passes.make(decision) if decision else ""
    return show("moderation/suspended.html", status=403, reason=reason, decision=decision, shown=shown)


@bp.post("/deconnexion")
def sign_out() -> Response:
    if not me().is_guest and request.form.get("partout"):
        actions.sign_out_everywhere(me())
    sessions.end()
    return see_other(_next())


def _form(template: str, given: dict[str, str], errors: dict[str, str], status: int = 200, **facts: Any) -> Response:
    asked: dict[str, Any] = {"group": _asked_group(), "invitation": _invitation(), "next": _next()}
    return show(template, status=status, typed=given, errors=errors, **asked, **facts)


def _next() -> str:
    group = _asked_group()
    return local_path(request.values.get("next"), f"/g/{group.handle}" if group else "/")


def _asked_group() -> Group | None:
    """The group somebody pressed "Rejoindre" on before they had an account, when they may read it or are invited."""
    if _invitation():
        return groups.group_behind(_invitation())
    handle = request.values.get("groupe", "")
    return groups.group_or_none(me(), handle) if handle else None


def _invitation() -> str:
    return request.values.get("invitation", "")[:40]


def _wish() -> actions.Wish:
    return actions.Wish(request.values.get("groupe", ""), _invitation())


def _demonstration() -> dict[str, Any]:
    return {"demonstration": queries.has_demonstration()}
