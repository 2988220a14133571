"""Who enters and reads a group, and who may do what in it."""

from flask import Response, request

from forum.errors import Invalid
from forum.groups import actions, queries, rules
from forum.groups.models import Group
from forum.groups.routes import bp
from forum.groups.settings import fields_of, read_settings, settings_in, typed_over
from forum.web.pages import see_other, show
from forum.web.requests import me


@bp.get("/g/<handle>/reglages/droits")
def access(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    rules.edit(me(), group).require()
    return _form(group, fields_of(settings_in(group)))


@bp.post("/g/<handle>/reglages/droits")
def change_access(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    rules.edit(me(), group).require()
    before, form = settings_in(group), {"access": "", "rights": "1", **request.form}
    try:
        actions.change_access(me(), group, read_settings(form, before), request.form.get("confirm", ""))
    except Invalid as problem:
        return _form(group, typed_over(fields_of(before), form), problem.fields, 422)
    return see_other(f"/g/{group.handle}/reglages?fait=droits")


def _form(group: Group, given: dict[str, str], errors: dict[str, str] | None = None, status: int = 200) -> Response:
    return show("groups/access.html", status=status, group=group, typed=given, errors=errors or {})
