"""Those who ask to enter a group, and their answer."""

from flask import Response, request

from forum.errors import Invalid
from forum.groups import actions, queries
from forum.groups.models import Group
from forum.groups.routes import bp
from forum.text.typed import parse_key
from forum.web.pages import see_other, show
from forum.web.requests import local_path, me, typed


@bp.get("/g/<handle>/demandes")
def requests(handle: str) -> Response:
    return _page(queries.group_for(me(), handle))


@bp.post("/g/<handle>/demandes/<key>")
def answer(handle: str, key: str) -> Response:
    group, given = queries.group_for(me(), handle), typed("choice", "message")
    try:
        answered = actions.answer_request(me(), group, key, given["choice"], given["message"])
    except Invalid as problem:
        return _page(group, 422, {"key": key, **given}, problem.fields)
    return see_other(f"/g/{group.handle}/demandes?fait={answered.key}")


@bp.post("/g/<handle>/demandes/retrait")
def withdraw(handle: str) -> Response:
    """One's own request taken back."""
    group = queries.group_for(me(), handle)
    actions.withdraw_request(me(), group)
    return see_other(local_path(request.form.get("retour"), f"/g/{group.handle}"))


def _page(
    group: Group, status: int = 200, given: dict[str, str] | None = None, errors: dict[str, str] | None = None
) -> Response:
    done, asking = parse_key(request.args.get("fait", "")), queries.requests_in(me(), group)
    return show(
        "groups/requests.html",
        status=status,
        group=group,
        requests=asking,
        removals=queries.removals_of(me(), group, asking),
        answered=queries.request_answered(me(), group, done) if done else None,
        typed=given or {"key": "", "message": ""},
        errors=errors or {},
    )
