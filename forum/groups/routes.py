"""Groups over HTTP."""

from flask import Blueprint, Response, jsonify, redirect, request

from forum.db import now
from forum.errors import Invalid
from forum.groups import actions, handles, queries, rules
from forum.places import queries as places
from forum.security import limit
from forum.web import here, me, page_number, see_other, show, typed

bp = Blueprint("groups", __name__)

FIELDS = ("name", "handle", "description", "place", "tags")


@bp.get("/g/<handle>")
def group(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    if group.handle != handle:
        return _moved(handle, group)
    return show("groups/group.html", **_page(group))


def _page(group) -> dict:
    page, readable = page_number(), rules.read_content(me(), group)
    return {
        "group": group,
        "chain": places.chain(group.place_code),
        "tags": queries.tags_of([group])[group.id],
        "role": rules.role_in(me(), group),
        "joining": rules.join(me(), group),
        "readable": readable,
        "can_discuss": rules.discuss(me(), group),
        "can_propose": rules.propose(me(), group),
        "page": page,
        "now": now(),
    }


@bp.get("/g/<handle>.json")
def group_json(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    if group.handle != handle:
        return _moved(handle, group, ".json")
    return jsonify(
        queries.as_json([group])[0]
        | {
            "description_html": group.description_html,
        }
    )


@bp.post("/g/<handle>/adhesion")
def join(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    if me().is_guest:
        return see_other(f"/inscription?groupe={group.handle}&next=/g/{group.handle}")
    actions.join(me(), group)
    return _membership(group)


@bp.post("/g/<handle>/depart")
def leave(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    actions.leave(me(), group)
    return _membership(group)


def _membership(group) -> Response:
    """The button that was pressed, as it stands now, for htmx; otherwise the page it was pressed on."""
    if not request.headers.get("HX-Request"):
        return see_other(_back(group))
    group = queries.group_or_none(me(), group.handle)
    if group is None:
        return see_other("/")
    return show(
        "groups/_membership.html", group=group, role=rules.role_in(me(), group), joining=rules.join(me(), group)
    )


def _back(group) -> str:
    from_list = request.form.get("retour", "")
    return from_list if from_list.startswith(("/groupes", "/lieux/", "/recherche")) else f"/g/{group.handle}"


@bp.get("/g/<handle>/membres")
def members(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    listed = queries.members_of(me(), group, page_number())
    return show("groups/members.html", group=group, members=listed, page=page_number())


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


def _moved(handle: str, group, suffix: str = "") -> Response:
    address = here().replace(f"/g/{handle}{suffix}", f"/g/{group.handle}{suffix}", 1)
    return redirect(address if address.startswith(f"/g/{group.handle}") else f"/g/{group.handle}{suffix}", 301)  # type: ignore[return-value]
