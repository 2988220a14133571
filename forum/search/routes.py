"""Finding groups, and searching everything, over HTTP."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, request
from flask.blueprints import BlueprintSetupState

from forum.groups import queries as groups
from forum.places.reading import Place
from forum.search import queries
from forum.search.engines.in_use import connect
from forum.search.queries import FILTER_NAMES, GroupResults, Results, SearchResults
from forum.web.pages import see_other, show, told_at, unchanged
from forum.web.requests import me, page_number, wants_fragment

bp = Blueprint("search", __name__)


@bp.record
def _connect(state: BlueprintSetupState) -> None:
    connect(state.app.config["SETTINGS"].search_url)


@bp.get("/groupes")
def find_groups() -> Response:
    if _too_short():
        return unchanged()
    found = _groups()
    # Texts and another spelling take longer than groups: while one types, they are asked for once the typing rests.
    waits = wants_fragment() and page_number() == 1 and bool(found.understood.everything)
    below = {"texts": [], "suggestion": ""} if waits else _below(found)
    answer = show(
        "search/groups.html",
        "results",
        found=found,
        entries=groups.entry_options(me(), [*(line.group for line in found.lines if line.group), *found.groups]),
        without_place=_address("/groupes", q=found.understood.rest),
        next=_next(found.more),
        later=_address("/groupes/textes", **_kept()) if waits else "",
        beside=False,
        **_help(found, **below),
    )
    told_at(answer, _address("/groupes", **_kept()))
    return _not_kept(answer) if found.degraded else answer


@bp.get("/groupes/textes")
def texts_below() -> Response:
    """What the page of groups shows below them, and another spelling of what was typed, for the page as it stands."""
    if not wants_fragment():
        return see_other(_address("/groupes", **_kept()))
    found = _groups()
    answer = show("search/groups.html", "texts", later="", beside=True, **_help(found, **_below(found)))
    return _not_kept(answer) if found.degraded else answer


def _below(found: GroupResults) -> dict[str, Any]:
    """The texts that answer too, and another spelling when little does; on the first page alone."""
    if page_number() > 1:
        return {"texts": [], "suggestion": ""}
    texts = queries.texts(me(), found.understood)
    little = queries.is_little(found, texts)
    return {"texts": texts, "suggestion": queries.group_suggestion(me(), found) if little else ""}


def _help(found: GroupResults, texts: list[Results], suggestion: str) -> dict[str, Any]:
    suggested = _address("/groupes", q=suggestion)
    return {"typed": found.understood.typed, "texts": texts, "suggestion": suggestion, "suggested": suggested}


@bp.get("/groupes.json")
def groups_json() -> Response:
    found = _groups()
    shown = [line.group for line in found.lines if line.group] + found.groups
    return jsonify(
        understood=_understood(found.understood.places),
        groups=groups.as_json(me(), shown),
        creatable=[{"handle": line.handle, "place": line.code} for line in found.creatable],
        next=_next(found.more) or None,
    )


@bp.get("/recherche")
def search() -> Response:
    if _too_short():
        return unchanged()
    answer = _answer()
    suggestion = _suggestion(answer)
    shown = show(
        "search/search.html",
        "results",
        understood=answer.understood,
        results=answer.results,
        entries=groups.entry_options(
            me(), [item.row for one in answer.results if one.kind == "groupe" for item in one.items]
        ),
        kinds={kind: (name, _address("/recherche", **_kept(type=kind))) for kind, name in queries.KINDS.items()},
        kind=_kind(),
        everything=_address("/recherche", **_kept(type="")),
        fields={name: answer.filters.typed.get(name, "") for name in FILTER_NAMES},
        chosen=[
            (FILTER_NAMES[name], text, _address("/recherche", **_kept(**{name: ""})))
            for name, text in answer.filters.shown.items()
        ],
        typed=answer.understood.typed,
        **_there(answer),
        suggestion=suggestion,
        suggested=_address("/recherche", **_kept(q=suggestion)),
        degraded=answer.degraded,
        next=_next(bool(_kind()) and answer.more),
    )
    told_at(shown, _address("/recherche", **_kept()))
    return _not_kept(shown) if answer.degraded else shown


def _there(answer: SearchResults) -> dict[str, Any]:
    """The place understood, whose texts come first, as the filter that it may become."""
    place = next(iter(answer.understood.places), None)
    code = next(iter(answer.understood.place_codes), "")
    if place is None or not code or answer.filters.typed.get("lieu"):
        return {"there": "", "only_there": ""}
    return {"there": place.name, "only_there": _address("/recherche", **_kept(lieu=code))}


@bp.get("/recherche.json")
def search_json() -> Response:
    answer = _answer()
    return jsonify(
        understood=_understood(answer.understood.places),
        results=[item for one in answer.results for item in _as_json(one)],
        suggestion=_suggestion(answer) or None,
        next=_next(bool(_kind()) and answer.more) or None,
    )


def _answer() -> SearchResults:
    return queries.search(me(), _typed(), _kind(), page_number(), queries.read_filters(me(), _kept()))


def _suggestion(answer: SearchResults) -> str:
    return queries.suggestion(me(), answer, _kind()) if page_number() == 1 else ""


def _groups() -> GroupResults:
    return queries.find_groups(me(), _typed(), _argument("lieu"), _argument("tag"), page_number())


def _typed() -> str:
    return _argument("q")


def _argument(name: str) -> str:
    return request.args.get(name, "")


def _kind() -> str:
    kind = _argument("type")
    return kind if kind in queries.KINDS else ""


def _too_short() -> bool:
    """One letter tells nothing: the list on the screen stays as it is until there are two."""
    return wants_fragment() and len(_typed().strip()) == 1 and not any(_argument(name) for name in FILTER_NAMES)


def _not_kept(response: Response) -> Response:
    """Without its index the search answers less: nobody keeps that answer."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _next(more: bool) -> str:
    """The address of the next page, '' without one."""
    return _address(request.path, **_kept(page=str(page_number() + 1))) if more else ""


def _kept(**other: str) -> dict[str, str]:
    """What this address asks for, but for what is given here."""
    return {name: _argument(name) for name in ("q", "type", *FILTER_NAMES)} | other


def _address(path: str, **arguments: str) -> str:
    given = {name: value for name, value in arguments.items() if value}
    return f"{path}?{urlencode(given)}" if given else path


def _understood(places: tuple[Place, ...]) -> list[dict[str, str]]:
    return [{"code": place.code, "kind": place.kind, "name": place.name} for place in places]


def _as_json(results: Results) -> list[dict[str, object]]:
    return [
        {
            "type": item.kind,
            "key": item.key,
            "title": item.title,
            "group": item.group.handle if item.group else None,
            "tags": tags,
            "url": item.url,
            "excerpt": "".join(piece for piece, _ in item.excerpt),
        }
        for item, tags in zip(results.items, queries.tags_of(results), strict=True)
    ]
