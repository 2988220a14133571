"""Notices over HTTP, and their number in the header of every page."""

from flask import Blueprint, Response, request

from forum.errors import Invalid
from forum.notifications import actions, letters, queries, rules
from forum.notifications.recipients import KINDS
from forum.web.pages import see_other, show
from forum.web.requests import cursor, me, typed

bp = Blueprint("notifications", __name__)


@bp.app_template_global()
def count_unseen() -> int:
    """For the header: called by the layout, so that a fragment asks nothing."""
    return queries.count_unseen(me())


@bp.get("/moi/notifications")
def notices() -> Response:
    rules.own(me()).require()
    listed, older = queries.notices_for(me(), cursor())
    return show("notifications/notices.html", notices=listed, before=cursor(), older=older)


@bp.post("/moi/notifications")
def see() -> Response:
    """All of them, or those that lead to `address`, which is being opened: the page's script says so on the way."""
    address = typed("address")["address"]
    if address:
        actions.see_opened(me(), address)
    else:
        actions.see_all(me())
    return see_other("/moi/notifications")


@bp.post("/moi/reglages/notifications")
def choose() -> Response:
    try:
        actions.choose(me(), request.form.getlist("kinds"), bool(request.form.get("by_mail")))
    except Invalid as problem:
        choice, email = queries.choice_of(me()), me().email or ""
        return show(
            "notifications/choosing.html", status=422, choice=choice, kinds=KINDS, email=email, errors=problem.fields
        )
    return see_other("/moi/reglages?fait=notifications")


@bp.get("/courriel/stop/<sealed>")
def stopping(sealed: str) -> Response:
    letters.account_of(sealed)
    return show("notifications/stop.html", sealed=sealed, done=False)


@bp.post("/courriel/stop/<sealed>")
def stop(sealed: str) -> Response:
    """Pressed by the person, or by their mail program in one press (RFC 8058)."""
    actions.stop_mail(sealed)
    return show("notifications/stop.html", sealed=sealed, done=True)
