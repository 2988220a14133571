"""A forgotten password, over HTTP."""

from flask import Response, request

from forum import limits
from forum.accounts import rules, sessions
from forum.accounts.models import Account
from forum.arrival import actions
from forum.arrival.routes import bp
from forum.arrival.routes.doors import suspended
from forum.errors import Invalid, NotFound
from forum.web.pages import see_other, show
from forum.web.requests import typed


@bp.get("/mot-de-passe")
def forgotten() -> Response:
    return _forgotten()


@bp.post("/mot-de-passe")
def ask_new_password() -> Response:
    given = typed("email")
    limits.limit_address("forgotten-address")
    limits.limit("forgotten", given["email"].strip().casefold()[:254])
    try:
        actions.ask_new_password(given["email"])
    except Invalid as problem:
        return _forgotten(422, given=given, errors=problem.fields)
    return see_other("/mot-de-passe?fait=1")


@bp.get("/mot-de-passe/<sealed>")
def new_password(sealed: str) -> Response:
    try:
        return _renewing(sealed, actions.account_of(sealed), {})
    except NotFound:
        return _forgotten(404, stale=True)


@bp.post("/mot-de-passe/<sealed>")
def renew_password(sealed: str) -> Response:
    try:
        account = actions.renew_password(sealed, typed("password")["password"])
    except Invalid as problem:
        return _renewing(sealed, actions.account_of(sealed), problem.fields, 422)
    except NotFound:
        return _forgotten(404, stale=True)
    allowed = rules.sign_in(account)
    if not allowed:
        return suspended(account, allowed.reason)
    sessions.begin(account, remember=True)
    return see_other("/")


def _forgotten(
    status: int = 200, stale: bool = False, given: dict[str, str] | None = None, errors: dict[str, str] | None = None
) -> Response:
    return show(
        "arrival/forgotten.html",
        status=status,
        typed=given or {"email": ""},
        errors=errors or {},
        sent=bool(request.args.get("fait")),
        stale=stale,
    )


def _renewing(sealed: str, account: Account, errors: dict[str, str], status: int = 200) -> Response:
    response = show("arrival/renew.html", status=status, sealed=sealed, username=account.username, errors=errors)
    response.headers["Cache-Control"] = "no-store"
    return response
