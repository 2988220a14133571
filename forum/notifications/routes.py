"""Notices over HTTP, and their number in the header of every page."""

from flask import Blueprint, Response, request

from forum.discussions import queries as discussions
from forum.discussions.models import Discussion
from forum.errors import Invalid
from forum.groups import queries as groups
from forum.groups.models import Group
from forum.notifications import actions, letters, queries, rules
from forum.notifications.recipients import KINDS, LEVELS
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
            "notifications/choosing.html",
            status=422,
            choice=choice,
            kinds=KINDS,
            email=email,
            groups=[],
            errors=problem.fields,
        )
    return see_other("/moi/reglages?fait=notifications")


@bp.get("/moi/reglages/notifications")
def choices() -> Response:
    """All that I am told, and how loud, group by group."""
    rules.own(me()).require()
    mine = groups.groups_of(me())
    return show(
        "notifications/choosing.html",
        choice=queries.choice_of(me()),
        kinds=KINDS,
        email=me().email or "",
        groups=mine,
        chosen=queries.levels_of(me(), mine),
        levels=LEVELS,
        errors={},
    )


@bp.get("/g/<handle>/notifications")
def of_group(handle: str) -> Response:
    return _tuning(groups.group_for(me(), handle))


@bp.post("/g/<handle>/notifications")
def tune_group(handle: str) -> Response:
    group = groups.group_for(me(), handle)
    actions.tune(me(), typed("level")["level"], group)
    return see_other(f"/g/{group.handle}/notifications?fait=1")


@bp.get("/d/<key>/notifications")
def of_discussion(key: str) -> Response:
    discussion = discussions.discussion_for(me(), key)
    return _tuning(discussion.group, discussion)


@bp.post("/d/<key>/notifications")
def tune_discussion(key: str) -> Response:
    discussion = discussions.discussion_for(me(), key)
    actions.tune(me(), typed("level")["level"], discussion.group, discussion)
    return see_other(f"/d/{key}/notifications?fait=1")


def _tuning(group: Group, discussion: Discussion | None = None) -> Response:
    rules.tune(me(), group).require()
    return show(
        "notifications/tuning.html",
        group=group,
        discussion=discussion,
        level=queries.level_of(me(), group, discussion),
        levels=LEVELS,
        done=request.args.get("fait") == "1",
    )


@bp.get("/courriel/stop/<sealed>")
def stopping(sealed: str) -> Response:
    letters.account_of(sealed)
    return show("notifications/stop.html", sealed=sealed, done=False)


@bp.post("/courriel/stop/<sealed>")
def stop(sealed: str) -> Response:
    """Pressed by the person, or by their mail program in one press (RFC 8058)."""
    actions.stop_mail(sealed)
    return show("notifications/stop.html", sealed=sealed, done=True)
