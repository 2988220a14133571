"""Founding a group, and its settings."""

from flask import Response, request

from forum.errors import Invalid
from forum.groups import actions, handles, queries, rules
from forum.groups.routes import bp
from forum.places import queries as places
from forum.security import limit
from forum.web import me, see_other, show, typed

FIELDS = ("name", "handle", "description", "place", "tags")


@bp.get("/groupes/nouveau")
def new_group() -> Response:
    rules.found(me()).require()
    code = request.args.get("lieu", "").upper()
    place = places.place(code) if code else None
    given = dict.fromkeys(FIELDS, "")
    if place:
        given |= {"name": place.name, "handle": handles.for_place(place.code), "place": place.code}
    elif request.args.get("nom"):
        given["name"] = request.args["nom"][:80]
    return _form(given, {}, existing=_existing(given["handle"]))


@bp.post("/groupes/nouveau")
def create() -> Response:
    given = typed(*FIELDS)
    rules.found(me()).require()
    limit("found", str(me().id))
    try:
        group = actions.create(
            me(),
            given["name"],
            given["handle"],
            given["description"],
            given["place"],
            given["tags"].replace(",", " ").split(),
            request.form.get("visibility", "ouvert"),
            request.form.get("joining", "libre"),
        )
    except Invalid as problem:
        return _form(given, problem.fields, status=422, existing=problem.facts.get("existing"))
    return see_other(f"/g/{group.handle}")


@bp.get("/g/<handle>/reglages")
def settings(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    rules.edit(me(), group).require()
    given = {"name": group.name, "description": group.description, "tags": " ".join(queries.tags_of([group])[group.id])}
    return show("groups/settings.html", group=group, typed=given, errors={})


@bp.post("/g/<handle>/reglages")
def edit(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    given = typed("name", "description", "tags")
    try:
        actions.edit(me(), group, given["name"], given["description"], given["tags"].replace(",", " ").split())
    except Invalid as problem:
        return show("groups/settings.html", status=422, group=group, typed=given, errors=problem.fields)
    return see_other(f"/g/{group.handle}")


def _existing(handle: str):
    return queries.group_or_none(me(), handle) if handle else None


def _form(given: dict, errors: dict, status: int = 200, existing=None) -> Response:
    return show("groups/new.html", status=status, typed=given, errors=errors, existing=existing)
