"""Candidacies over HTTP: calls of a group, who stands, and the whole country."""

from importlib.resources import files

from flask import Blueprint, Response, request

from forum.accounts.models import GUEST
from forum.candidacies import actions, queries, rules, words
from forum.candidacies.models import Candidacy, CandidacyCall
from forum.database.keys import new_key
from forum.draws import words as draw_words
from forum.errors import Invalid, NotFound
from forum.groups import handles, queries as groups, rules as group_rules
from forum.groups.models import Group
from forum.places import map as maps, queries as places
from forum.text.typed import parse_key
from forum.web.frames import framed
from forum.web.headers import PRIVATE, vary
from forum.web.pages import see_other, show
from forum.web.requests import cursor, me, typed

bp = Blueprint("candidacies", __name__)

CALENDAR = ("title", "conditions", "closes_at", "decides_at", "scope", "designation", "place", "once")
USUAL = {"scope": "every", "designation": "proposal"}
STANDING = ("statement", "affiliations", "place", "outcome", "seats", "source", "method")
# What another site has room for.
MOST_FRAMED = 50
SCRIPT = (files("forum.candidacies") / "verifier.py").read_text("utf-8")


@bp.get("/candidatures")
def country() -> Response:
    """The circonscriptions of a département, or how many stand in each département."""
    standing = queries.standing_by_place(me())
    somewhere = frozenset(code.partition("-")[0] for code in standing)
    mapped = request.args.get("carte") == "1"
    departement = places.canonical(request.args.get("departement", "")[:5])
    return show(
        "candidacies/country.html",
        regions=places.departements_by_region(),
        departement=places.place(departement) if departement else None,
        constituencies=places.constituencies(departement) if departement else [],
        standing=standing,
        map=maps.drawn(somewhere, "/candidatures?departement=", "des candidatures").svg if mapped else None,
    )


@bp.get("/candidatures/cadre")
def frame() -> Response:
    """Who stands, for other sites: as a guest reads it, whoever looks."""
    return framed("candidacies/frame.html", candidacies=queries.standing_now(GUEST, MOST_FRAMED))


@bp.get("/candidatures/<code>")
def of_constituency(code: str) -> Response:
    place = places.place(places.canonical(code))
    if place is None or place.kind != "circonscription":
        raise NotFound
    return show(
        "candidacies/constituency.html",
        place=place,
        chain=places.chain(place.code),
        speaker=groups.group_or_none(me(), handles.for_place(place.code)),
        candidacies=queries.candidacies_at(me(), place.code),
        calls=queries.calls_at(me(), place.code),
    )


@bp.get("/g/<handle>/candidatures")
def of_group(handle: str) -> Response:
    group = groups.group_for(me(), handle)
    group_rules.read_content(me(), group).require()
    calls, older = queries.calls_in(me(), group, cursor())
    return show(
        "candidacies/of_group.html",
        group=group,
        calls=calls,
        older=older,
        before=cursor(),
        can_call=rules.call(me(), group),
    )


@bp.get("/g/<handle>/candidatures/nouvelles")
def new(handle: str) -> Response:
    group = groups.group_for(me(), handle)
    rules.call(me(), group).require()
    return _form(group, dict.fromkeys(CALENDAR, "") | USUAL | {"once": new_key()}, {})


@bp.post("/g/<handle>/candidatures/nouvelles")
def publish_call(handle: str) -> Response:
    group = groups.group_for(me(), handle)
    rules.call(me(), group).require()
    given = typed(*CALENDAR)
    try:
        made = actions.call(me(), group, actions.Calendar(**given | {"once": parse_key(given["once"])}))
    except Invalid as problem:
        return _form(group, given, problem.fields, 422)
    return see_other(f"/candidatures/appels/{made.key}")


@bp.get("/candidatures/appels/<key>")
def call(key: str) -> Response:
    return _call(queries.call_for(me(), key))


@bp.post("/candidatures/appels/<key>")
def stand(key: str) -> Response:
    found, given = queries.call_for(me(), key), typed("statement", "affiliations", "place")
    try:
        made = actions.stand(me(), found, **given)
    except Invalid as problem:
        return _call(found, 422, problem.fields)
    return see_other(f"/candidatures/c/{made.key}")


@bp.post("/candidatures/appels/<key>/designation")
def settle(key: str) -> Response:
    found = queries.call_for(me(), key)
    try:
        actions.settle(me(), found, request.form.getlist("designated"), request.form.get("outcome", ""))
    except Invalid as problem:
        return _call(found, 422, problem.fields)
    return see_other(f"/candidatures/appels/{key}")


@bp.post("/candidatures/appels/<key>/vote")
def put_to_vote(key: str) -> Response:
    found = queries.call_for(me(), key)
    try:
        made = actions.put_to_vote(me(), found, request.form.get("method", ""))
    except Invalid as problem:
        return _call(found, 422, problem.fields)
    return see_other(f"/p/{made.key}")


@bp.post("/candidatures/appels/<key>/tirage")
def draw_among(key: str) -> Response:
    found, given = queries.call_for(me(), key), typed("seats", "source")
    try:
        made = actions.draw_among(me(), found, given["seats"], given["source"])
    except Invalid as problem:
        return _call(found, 422, problem.fields)
    return see_other(f"/tirages/{made.key}")


@bp.get("/candidatures/<key>.jsonl")
def record(key: str) -> Response:
    found = queries.call_for(me(), key)
    return _file(queries.record_file(found), f"{found.key}.jsonl", "application/jsonl")


@bp.get("/candidatures/appels/<key>/verifier.py")
def verifier(key: str) -> Response:
    found = queries.call_for(me(), key)
    return _file(SCRIPT.replace("KEY", found.key).encode(), "verifier.py", "text/x-python; charset=utf-8")


@bp.get("/candidatures/c/<key>")
def candidacy(key: str) -> Response:
    return _candidacy(queries.candidacy_for(me(), key))


@bp.post("/candidatures/c/<key>/paroles")
def say(key: str) -> Response:
    found, given = queries.candidacy_for(me(), key), typed("kind", "body", "once")
    try:
        actions.say(me(), found, given["kind"], given["body"], parse_key(given["once"]))
    except Invalid as problem:
        return _candidacy(found, 422, problem.fields)
    return see_other(f"/candidatures/c/{key}#paroles")


@bp.post("/candidatures/c/<key>/retrait")
def withdraw(key: str) -> Response:
    actions.withdraw(me(), queries.candidacy_for(me(), key))
    return see_other(f"/candidatures/c/{key}")


@bp.post("/candidatures/c/<key>/effacement")
def take_statement_back(key: str) -> Response:
    actions.take_statement_back(me(), queries.candidacy_for(me(), key))
    return see_other(f"/candidatures/c/{key}")


@bp.post("/candidatures/paroles/<key>/effacement")
def take_back(key: str) -> Response:
    word = queries.word_for(me(), key)
    actions.take_back(me(), word)
    return see_other(f"/candidatures/c/{word.candidacy.key}#paroles")


def _form(group: Group, given: dict[str, str], errors: dict[str, str], status: int = 200) -> Response:
    return show(
        "candidacies/form.html",
        status=status,
        group=group,
        scopes=list(words.SCOPES.items()),
        designations=list(words.DESIGNATIONS.items()),
        typed=given,
        errors=errors,
    )


def _call(found: CandidacyCall, status: int = 200, errors: dict[str, str] | None = None) -> Response:
    candidacies = queries.candidacies_of(me(), found)
    return show(
        "candidacies/call.html",
        status=status,
        call=found,
        group=found.group,
        place=places.place(found.place),
        designation=words.DESIGNATIONS[found.designation],
        candidacies=candidacies,
        chosen=request.form.getlist("designated"),
        mine=queries.own_candidacy(me(), found),
        can_stand=rules.stand(me(), found),
        can_settle=rules.settle(me(), found),
        can_vote=rules.put_to_vote(me(), found),
        can_draw=rules.draw_among(me(), found),
        ways=list(words.WAYS_OF_VOTING.items()),
        sources=list(draw_words.SOURCES.items()),
        typed=typed(*STANDING),
        errors=errors or {},
    )


def _candidacy(found: Candidacy, status: int = 200, errors: dict[str, str] | None = None) -> Response:
    said = queries.words_under(me(), found)
    for word in said:
        word.candidacy = found
    can_answer = rules.answer(me(), found)
    return show(
        "candidacies/candidacy.html",
        status=status,
        candidacy=found,
        call=found.call,
        group=found.call.group,
        place=places.place(found.place),
        said=said,
        named=words.KINDS,
        removable={word.key for word in said if word.body and rules.take_back(me(), word)},
        kinds=list((words.ANSWERED if can_answer else words.ASKED).items()),
        can_speak=can_answer or rules.ask(me(), found),
        can_withdraw=rules.withdraw(me(), found),
        can_take_back=rules.take_back(me(), found),
        typed=typed("kind", "body") | {"once": new_key()},
        errors=errors or {},
    )


def _file(body: bytes, name: str, kind: str) -> Response:
    response = Response(body, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    if not me().is_guest:
        vary(response, "Cookie")
        response.headers.extend(PRIVATE)
    return response
