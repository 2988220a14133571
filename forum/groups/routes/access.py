"""Who enters and reads a group, and who may do what in it."""

from dataclasses import asdict

from flask import Response, request

from forum.errors import Invalid
from forum.groups import actions, queries, rules
from forum.groups.models import Group
from forum.groups.routes import bp
from forum.groups.settings import allowed_by, fields_of, read_settings, settings_in, typed_over
from forum.text.seen import Again, mark_of, shown_again
from forum.web.pages import see_other, show
from forum.web.requests import me


@bp.get("/g/<handle>/reglages/droits")
def access(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    rules.edit(me(), group).require()
    present = settings_in(group)
    return _form(group, Again(fields_of(present), {}, mark_of(allowed_by(present))))


@bp.post("/g/<handle>/reglages/droits")
def change_access(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    rules.edit(me(), group).require()
    before, form = settings_in(group), {"access": "", "rights": "1", **request.form}
    try:
        actions.change_access(me(), group, read_settings(form, before), form.get("confirm", ""), form.get("seen"))
    except Invalid as problem:
        present = settings_in(queries.group_for(me(), handle))
        again = shown_again(problem, typed_over(fields_of(present), form), form.get("seen"), allowed_by(present))
        return _form(group, again, 422)
    return see_other(f"/g/{group.handle}/reglages?fait=droits")


def _form(group: Group, form: Again, status: int = 200) -> Response:
    return show("groups/access.html", status=status, group=group, **asdict(form))
