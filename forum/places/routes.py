"""Places over HTTP: all of them, and one with its chain of groups."""

from typing import Any

from flask import Blueprint, Response, redirect, request

from forum.accounts.models import GUEST
from forum.errors import NotFound
from forum.groups import queries as groups
from forum.places import map as maps, queries
from forum.places.reading.gazetteer import Place
from forum.search.queries import chain
from forum.web.pages import show
from forum.web.requests import me, wants_fragment

bp = Blueprint("places", __name__)


@bp.get("/lieux")
def all_places() -> Response:
    regions = queries.departements_by_region()
    # What everybody sees, whoever looks: the same map for all.
    with_group = groups.places_with_groups(GUEST) & {place.code for _, places in regions for place in places}
    if request.args.get("carte") != "1":
        return show("places/all.html", regions=regions, with_group=with_group, map=None)
    drawn = maps.drawn(frozenset(with_group))
    response = show("places/all.html", "map", regions=regions, with_group=with_group, map=drawn.svg)
    if wants_fragment():
        response.set_etag(drawn.digest, weak=True)
        response.cache_control.no_cache = True
        response.make_conditional(request)
    return response


@bp.get("/lieux/<code>")
def place(code: str) -> Response:
    found = queries.place(queries.canonical(code))
    if found is None:
        raise NotFound
    if found.code != code:
        return redirect(f"/lieux/{found.code}", 301)  # type: ignore[return-value]
    lines = chain(me(), (found,))
    shown = [line.group for line in lines if line.group]
    others = [group for group in groups.groups_at(me(), [found.code])[found.code] if group not in shown]
    return show(
        "places/place.html",
        place=found,
        crumbs=_crumbs(found),
        lines=lines,
        others=others,
        entries=groups.entry_options(me(), [*shown, *others]),
        neighbours=queries.neighbours(found.code),
        **_constituency(found),
    )


def _crumbs(found: Place) -> list[tuple[str, str]]:
    """The way down to a place: all places, its region, its département."""
    above = [queries.region_of(code) for code in found.departements[:1] if found.kind != "region"]
    above += [queries.place(code) for code in found.departements if code != found.code and found.kind != "region"]
    return [("/lieux", "Lieux"), *((f"/lieux/{place.code}", place.name) for place in above if place)]


def _constituency(found: Place) -> dict[str, Any]:
    """What only a circonscription has: communes or countries, and its legal text."""
    if found.kind != "circonscription":
        return {"communes": [], "countries": [], "boundaries": ""}
    return {
        "communes": queries.communes_of(found.code),
        "countries": queries.countries_of(found.code),
        "boundaries": queries.boundaries(found.code),
    }
