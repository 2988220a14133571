"""Who enters and reads a group, and who may do what in it."""

from flask import Response, request

from forum.errors import Invalid
from forum.groups import actions, queries, rules
from forum.groups.actions.access import DAYS, SWITCHES, read_access, read_rights
from forum.groups.models import Group
from forum.groups.routes import bp
from forum.web.pages import see_other, show
from forum.web.requests import me


@bp.get("/g/<handle>/reglages/droits")
def access(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    rules.edit(me(), group).require()
    return _form(group, present(group))


@bp.post("/g/<handle>/reglages/droits")
def change_access(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    rules.edit(me(), group).require()
    try:
        rights, access = read_rights(request.form), read_access(request.form.get("access", ""))
        actions.change(me(), group, *access, rights, request.form.get("confirm", ""))
    except Invalid as problem:
        return _form(group, typed_rights(), problem.fields, 422)
    return see_other(f"/g/{group.handle}/reglages?fait=droits")


def typed_rights() -> dict:
    """The choices of the form as they were sent, to be shown again."""
    form = request.form
    if "rights" not in form:
        return usual_rights()
    ticked = {name: bool(form.get(name)) for name in SWITCHES}
    return {"access": form.get("access", ""), **ticked, **{name: form.get(name, "") for name in DAYS}}


def present(group) -> dict:
    """The choices of the form as they are."""
    return {"access": f"{group.visibility}-{group.joining}"} | {
        name: getattr(group, name) for name in (*SWITCHES, *DAYS)
    }


def usual_rights() -> dict:
    """The choices of the form as a new group has them."""
    return present(Group())


def _form(group, given: dict, errors: dict | None = None, status: int = 200) -> Response:
    return show("groups/access.html", status=status, group=group, typed=given, errors=errors or {})
