"""Trying without an account."""

from flask import Blueprint, Response, current_app

from forum import limits
from forum.accounts import rules as accounts, sessions
from forum.errors import Invalid, NotFound
from forum.sandbox import actions
from forum.web.pages import see_other, show
from forum.web.requests import me, typed

bp = Blueprint("sandbox", __name__)


@bp.get("/essai")
def page() -> Response:
    _switched_on()
    return show("sandbox/sandbox.html")


@bp.post("/essai")
def enter() -> Response:
    _switched_on()
    if me().trial:
        return see_other(f"/g/{actions.come_back(me()).handle}")
    if not me().is_guest:
        return see_other("/essai")
    limits.limit_address("try")
    account = actions.enter()
    sessions.begin(account, remember=False)
    return see_other(f"/g/{actions.come_back(account).handle}")


@bp.get("/essai/compte")
def keep_form() -> Response:
    accounts.try_out(me()).require()
    return _keeping({"username": me().username}, {})


@bp.post("/essai/compte")
def keep() -> Response:
    accounts.try_out(me()).require()
    given = typed("username", "password")
    try:
        account = actions.keep(me(), given["username"], given["password"])
    except Invalid as problem:
        return _keeping(given, problem.fields, 422)
    sessions.begin(account, remember=True)
    return see_other("/groupes")


def _keeping(given: dict[str, str], errors: dict[str, str], status: int = 200) -> Response:
    return show("sandbox/keep.html", status=status, typed=given, errors=errors)


def _switched_on() -> None:
    if not current_app.config["SETTINGS"].sandbox:
        raise NotFound
