"""Whom one no longer reads."""

from flask import Response, request

from forum.accounts import queries as accounts, rules as account_rules
from forum.errors import Invalid
from forum.moderation import actions
from forum.moderation.routes import bp
from forum.web.pages import see_other, show
from forum.web.requests import me


@bp.get("/moi/bloques")
def blocked() -> Response:
    account_rules.block(me()).require()
    return _page({"username": request.args.get("nom", "")[:30]}, {})


@bp.post("/moi/bloques")
def block() -> Response:
    account_rules.block(me()).require()
    if request.form.get("retirer"):
        actions.unblock(me(), request.form["retirer"])
        return see_other("/moi/bloques")
    username = request.form.get("username", "")
    try:
        actions.block(me(), username)
    except Invalid as problem:
        return _page({"username": username}, problem.fields, 422)
    return see_other("/moi/bloques")


def _page(given: dict[str, str], errors: dict[str, str], status: int = 200) -> Response:
    listed = accounts.whom_blocks(me())
    return show("moderation/blocked.html", status=status, listed=listed, typed=given, errors=errors)
