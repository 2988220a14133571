"""One draw with its steps, and each step."""

from typing import Any

from flask import Response, request

from forum.draws import actions, queries, rules, words
from forum.draws.colleges import GENDERS
from forum.draws.models import Draw
from forum.draws.routes import bp
from forum.errors import Invalid
from forum.groups import rules as group_rules
from forum.web.pages import see_other, show
from forum.web.requests import me, typed

# Of the reserves, those of whom somebody may be called soon; all stand in the file for machines.
MOST_RESERVES = 50
FIELDS = ("gender", "place", "seats", "source", "numbers", "reason")


@bp.get("/tirages/<key>")
def draw(key: str) -> Response:
    return _page(queries.draw_for(me(), key))


@bp.post("/tirages/<key>/volontaires")
def stand(key: str) -> Response:
    draw = queries.draw_for(me(), key)
    given = typed("gender", "place")
    try:
        actions.stand(me(), draw, **given)
    except Invalid as problem:
        return _page(draw, 422, problem.fields)
    return see_other(f"/tirages/{key}#volontaires")


@bp.post("/tirages/<key>/volontaires/retrait")
def step_back(key: str) -> Response:
    actions.step_back(me(), queries.draw_for(me(), key))
    return see_other(f"/tirages/{key}#volontaires")


@bp.post("/tirages/<key>/gel")
def freeze(key: str) -> Response:
    draw = queries.draw_for(me(), key)
    try:
        actions.freeze(me(), draw, request.form.get("seats", ""), request.form.get("without") == "1")
    except Invalid as problem:
        return _page(draw, 422, problem.fields)
    return see_other(f"/tirages/{key}")


@bp.post("/tirages/<key>/nombres")
def enter(key: str) -> Response:
    draw = queries.draw_for(me(), key)
    given, not_held = typed("source", "numbers"), request.form.get("not_held") == "1"
    try:
        actions.enter(me(), draw, given["source"], given["numbers"], not_held)
    except Invalid as problem:
        return _page(draw, 422, problem.fields)
    return see_other(f"/tirages/{key}#sources")


@bp.post("/tirages/<key>/desistement")
def withdraw(key: str) -> Response:
    actions.withdraw(me(), queries.draw_for(me(), key), request.form.get("number", ""))
    return see_other(f"/tirages/{key}#resultat")


@bp.post("/tirages/<key>/fin")
def end(key: str) -> Response:
    actions.end(me(), queries.draw_for(me(), key))
    return see_other(f"/tirages/{key}")


@bp.post("/tirages/<key>/annulation")
def cancel(key: str) -> Response:
    draw = queries.draw_for(me(), key)
    try:
        actions.cancel(me(), draw, request.form.get("reason", ""))
    except Invalid as problem:
        return _page(draw, 422, problem.fields)
    return see_other(f"/tirages/{key}")


def _page(draw: Draw, status: int = 200, errors: dict[str, str] | None = None) -> Response:
    return show(
        "draws/draw.html",
        status=status,
        draw=draw,
        group=draw.group,
        belongs=group_rules.belongs(me(), draw.group),
        can_join=group_rules.join(me(), draw.group),
        typed=typed(*FIELDS),
        errors=errors or {},
        among=words.DRAWN_AMONG[draw.pool],
        source_choice=words.source_choice(draw.source_choice),
        **(_frozen(draw) if draw.frozen_at else _to_freeze(draw)),
        can_cancel=rules.cancel(me(), draw),
    )


def _to_freeze(draw: Draw) -> dict[str, Any]:
    return {
        "count": queries.count_entrants(me(), draw),
        "mine": queries.volunteer_of(me(), draw),
        "can_stand": rules.stand(me(), draw),
        "can_freeze": rules.freeze(me(), draw),
        "genders": list(GENDERS.items()),
    }


def _frozen(draw: Draw) -> dict[str, Any]:
    picks, called = queries.picks_of(draw), queries.named(me(), draw)
    return {
        "sources": [_source(row) for row in queries.sources_of(draw)],
        "entries": queries.entries_of(draw),
        "picks": picks,
        "reserves": picks.reserves[:MOST_RESERVES],
        "colleges": queries.colleges_of(draw, [*picks.drawn, *picks.reserves[:MOST_RESERVES]]),
        "called": {ticket.number: ticket for ticket in called},
        "gone": [ticket for ticket in called if ticket.withdrawn_at],
        "ticket": queries.ticket_of(me(), draw),
        "head": queries.head_of(draw),
        "one_line": words.one_line_of_shell(draw.seed, draw.seats),
        "can_enter": rules.enter(me(), draw),
        "can_end": rules.end(me(), draw),
        "can_withdraw": rules.withdraw(me(), draw, holds=False),
    }


def _source(row: Any) -> dict[str, Any]:
    game = words.is_game(row.source)
    told = {"name": words.source(row.source), "how": words.how_to_type(row.source), "game": game}
    return told | {"row": row, "open": queries.may_be_known(row)}
