"""A group's address, and its place among other groups."""

from flask import Response, request

from forum.errors import Invalid
from forum.groups import actions, queries, rules
from forum.groups.models import Group
from forum.groups.routes import bp
from forum.web.pages import see_other, show
from forum.web.requests import me, typed


@bp.get("/g/<handle>/reglages/adresse")
def address_form(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    rules.edit(me(), group).require()
    return _form(group)


@bp.post("/g/<handle>/reglages/adresse")
def change_address(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    try:
        renamed = actions.change_address(me(), group, request.form.get("handle", ""))
    except Invalid as problem:
        return _form(group, typed("handle"), problem.fields, 422)
    return see_other(f"/g/{renamed}/reglages?fait=adresse")


@bp.post("/g/<handle>/reglages/place")
def place_under(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    try:
        actions.place_under(me(), group, request.form.get("parent", ""))
    except Invalid as problem:
        return _form(group, typed("parent"), problem.fields, 422)
    return see_other(f"/g/{group.handle}/reglages?fait=place")


@bp.post("/g/<handle>/reglages/dessous")
def part(handle: str) -> Response:
    """Take another group from below this one."""
    group = queries.group_for(me(), handle)
    actions.detach_child(me(), group, request.form.get("child", ""))
    return see_other(f"/g/{group.handle}/reglages/adresse")


def _form(
    group: Group, given: dict[str, str] | None = None, errors: dict[str, str] | None = None, status: int = 200
) -> Response:
    above, below = queries.family_of(me(), group)
    present = {"handle": group.handle, "parent": above.handle if above else ""}
    return show(
        "groups/address.html",
        status=status,
        group=group,
        below=below,
        former=queries.former_keys(group),
        typed=present | (given or {}),
        errors=errors or {},
    )
