"""What animators do with a discussion: pin, close, split."""

from flask import Response, request

from forum.database.keys import new_key
from forum.discussions import actions, queries, rules
from forum.discussions.models import Discussion
from forum.discussions.routes import bp
from forum.errors import Invalid
from forum.text.typed import parse_key
from forum.web.pages import see_other, show
from forum.web.requests import me, page_number, typed


@bp.post("/d/<key>/epingle")
def pin(key: str) -> Response:
    """`pinned` is 1 to pin it, anything else to let it go."""
    discussion = queries.discussion_for(me(), key)
    (actions.pin if request.form.get("pinned") == "1" else actions.unpin)(me(), discussion)
    return see_other(f"/d/{key}")


@bp.post("/d/<key>/cloture")
def close(key: str) -> Response:
    discussion = queries.discussion_for(me(), key)
    actions.close(me(), discussion, request.form.get("reason", ""))
    return see_other(f"/d/{key}")


@bp.post("/d/<key>/reouverture")
def reopen(key: str) -> Response:
    actions.reopen(me(), queries.discussion_for(me(), key))
    return see_other(f"/d/{key}")


@bp.get("/d/<key>/separation")
def splitting_form(key: str) -> Response:
    discussion = queries.discussion_for(me(), key)
    return _splitting(discussion, {"title": "", "once": new_key()}, [], {})


@bp.post("/d/<key>/separation")
def split(key: str) -> Response:
    discussion, given = queries.discussion_for(me(), key), typed("title", "once")
    rules.care(me(), discussion).require()
    chosen = request.form.getlist("threads")
    try:
        new = actions.split(me(), discussion, given["title"], chosen, parse_key(given["once"]))
    except Invalid as problem:
        return _splitting(discussion, given, chosen, problem.fields, 422)
    return see_other(new.address)


def _splitting(
    discussion: Discussion, given: dict[str, str], chosen: list[str], errors: dict[str, str], status: int = 200
) -> Response:
    page = page_number()
    threads, more = queries.threads_in(me(), discussion, page)
    return show(
        "discussions/split.html",
        status=status,
        group=discussion.group,
        discussion=discussion,
        threads=threads,
        page=page,
        more=more,
        typed=given,
        chosen=chosen,
        errors=errors,
    )
