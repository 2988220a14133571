"""Founding a group, and its settings."""

from flask import Response, request

from forum.errors import Invalid
from forum.groups import actions, handles, queries, rules
from forum.groups.actions.access import read_access, read_rights
from forum.groups.models import ACCESSES
from forum.groups.routes import bp
from forum.groups.routes.access import typed_rights, usual_rights
from forum.places import queries as places
from forum.security import limit
from forum.web import me, see_other, show, typed

FIELDS = ("name", "handle", "description", "place", "tags")


@bp.get("/groupes/nouveau")
def new_group() -> Response:
    rules.found(me()).require()
    code = request.args.get("lieu", "").upper()
    place = places.place(code) if code else None
    given = dict.fromkeys(FIELDS, "") | usual_rights()
    if place:
        given |= {"name": place.name, "handle": handles.for_place(place.code), "place": place.code}
    elif request.args.get("nom"):
        given["name"] = request.args["nom"][:80]
    return _form(given, {}, existing=_existing(given["handle"]))


@bp.post("/groupes/nouveau")
def create() -> Response:
    given = typed(*FIELDS) | typed_rights()
    rules.found(me()).require()
    limit("found", str(me().id))
    try:
        visibility, joining, rights = _chosen_rights()
        group = actions.create(
            me(),
            given["name"],
            given["handle"],
            given["description"],
            given["place"],
            given["tags"].replace(",", " ").split(),
            visibility,
            joining,
            rights,
        )
    except Invalid as problem:
        return _form(given, problem.fields, status=422, existing=problem.facts.get("existing"))
    return see_other(f"/g/{group.handle}")


@bp.get("/g/<handle>/reglages")
def settings(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    rules.edit(me(), group).require()
    given = {"name": group.name, "description": group.description, "charter": group.charter}
    given["tags"] = " ".join(queries.tags_of([group])[group.id])
    return show("groups/settings.html", group=group, typed=given, errors={}, done=request.args.get("fait", ""))


@bp.post("/g/<handle>/reglages")
def edit(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    given = typed("name", "description", "tags")
    given["charter"] = request.form.get("charter", group.charter)
    tags = given["tags"].replace(",", " ").split()
    try:
        actions.edit(me(), group, given["name"], given["description"], tags, given["charter"])
    except Invalid as problem:
        return show("groups/settings.html", status=422, group=group, typed=given, errors=problem.fields, done="")
    return see_other(f"/g/{group.handle}")


def _chosen_rights() -> tuple[str, str, dict]:
    """What the form says of access and rights; fields that were not sent leave what is usual. Raises Invalid."""
    form = request.form
    if "access" in form:
        visibility, joining = read_access(form["access"])
    else:
        visibility = form.get("visibility", "ouvert")
        joining = form.get("joining", ACCESSES.get(visibility, ("libre",))[0])
    return visibility, joining, read_rights(form) if "rights" in form else {}


def _existing(handle: str):
    return queries.group_or_none(me(), handle) if handle else None


def _form(given: dict, errors: dict, status: int = 200, existing=None) -> Response:
    return show("groups/new.html", status=status, typed=given, errors=errors, existing=existing)
