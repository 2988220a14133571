"""Founding a group, and its settings."""

from collections.abc import Sequence
from dataclasses import asdict
from urllib.parse import quote

from flask import Response, request

from forum.errors import Invalid
from forum.groups import actions, handles, queries, rules
from forum.groups.hues import HUES
from forum.groups.models import Group
from forum.groups.routes import bp
from forum.groups.settings import GroupSettings, fields_of, read_settings, said_by, settings_in, typed_over
from forum.places import queries as places
from forum.search.queries import chain
from forum.text.seen import Again, mark_of, shown_again
from forum.web.pages import see_other, show
from forum.web.requests import me

# What the form shows of a group that is not founded yet.
BLANK = {"handle": "", "place": "", **fields_of(GroupSettings(""))}


@bp.get("/groupes/nouveau")
def new_group() -> Response:
    if me().is_guest:
        return see_other(f"/inscription?next={quote(request.full_path.rstrip('?'))}")
    rules.found(me()).require()
    code = request.args.get("lieu", "").upper()
    place = places.place(code) if code else None
    given = dict(BLANK)
    if place:
        given |= {"name": place.name, "handle": handles.for_place(place.code), "place": place.code}
    elif request.args.get("nom"):
        given["name"] = request.args["nom"][:80]
    return _form(
        given, {}, existing=_existing(given["handle"]), near=queries.near_groups(me(), given["name"], given["handle"])
    )


@bp.post("/groupes/nouveau")
def create() -> Response:
    given = typed_over(BLANK, request.form)
    given["place"] = request.form.get("lieu") or given["place"]
    rules.found(me()).require()
    try:
        plan = read_settings(request.form, GroupSettings("")), given["handle"], given["place"]
        actions.check_plan(me(), *plan)
        if request.form.get("near") == "ask" and (near := _near(given)):
            return _form(given, {}, status=422, near=near, asked=True)
        group = actions.create(me(), *plan)
    except Invalid as problem:
        existing = problem.facts.get("existing")
        return _form(given, problem.fields, status=422, near=[existing] if existing else [])
    return see_other(f"/g/{group.handle}")


@bp.get("/g/<handle>/reglages")
def settings(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    rules.edit(me(), group).require()
    present = queries.settings_of(group)
    again = Again(fields_of(present), {}, mark_of(said_by(present)))
    return _settings(group, again, done=request.args.get("fait", ""))


@bp.post("/g/<handle>/reglages")
def edit(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    form = {"name": "", "description": "", "tags": "", **request.form}
    try:
        actions.edit(me(), group, read_settings(form, settings_in(group)), form.get("seen"))
    except Invalid as problem:
        present = queries.settings_of(group)
        again = shown_again(problem, typed_over(fields_of(present), form), form.get("seen"), said_by(present))
        return _settings(group, again, status=422)
    return see_other(f"/g/{group.handle}")


def _settings(group: Group, form: Again, status: int = 200, done: str = "") -> Response:
    return show("groups/settings.html", status=status, group=group, **asdict(form), done=done, hues=HUES)


def _existing(handle: str) -> Group | None:
    return queries.group_or_none(me(), handle) if handle else None


def _near(given: dict[str, str]) -> list[Group]:
    """What the page has not shown yet and this group might double. The group of a place is double by its address alone,
    which `create` refuses."""
    place = places.meant_by(given["place"]).place
    return queries.near_groups(me(), given["name"], given["handle"], place.code if place else "")


def _form(
    given: dict[str, str],
    errors: dict[str, str],
    status: int = 200,
    existing: Group | None = None,
    near: Sequence[Group] = (),
    asked: bool = False,
) -> Response:
    meant = places.meant_by(given["place"])
    lines = chain(me(), (meant.place,)) if meant.place else []
    shown = {line.group.id for line in lines if line.group}
    near = [group for group in near if group.id not in shown]
    return show(
        "groups/new.html",
        status=status,
        typed=given,
        errors=errors,
        existing=existing,
        lines=[line for line in lines if line.group],
        near=near,
        asked=asked,
        meant=[(each.code, each.name) for each in meant.choices],
        entries=queries.entry_options(me(), [*near, *(line.group for line in lines if line.group)]),
    )
