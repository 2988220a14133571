"""What lets anybody check a draw: its list, its record, the script; one's own ticket; the ranks on a wall."""

from importlib.resources import files

from flask import Response, current_app, jsonify, request

from forum.draws import queries, rules
from forum.draws.models import Draw
from forum.draws.routes import bp
from forum.errors import NotFound
from forum.text.typed import parse_whole
from forum.web.headers import PRIVATE, vary
from forum.web.pages import show
from forum.web.requests import me

SCRIPT = (files("forum.draws") / "verifier.py").read_text("utf-8")


@bp.get("/tirages/<key>.json")
def draw_json(key: str) -> Response:
    return _own(jsonify(queries.as_json(me(), _frozen(key))))


@bp.get("/tirages/<key>.jsonl")
def record(key: str) -> Response:
    """The record of all draws of the group, which this one is part of."""
    draw = queries.draw_for(me(), key)
    return _file(queries.record_file(draw), f"{key}.jsonl", "application/jsonl")


@bp.get("/tirages/<key>/billets.txt")
def tickets(key: str) -> Response:
    return _file(queries.tickets_file(_frozen(key)), "billets.txt", "text/plain; charset=us-ascii")


@bp.get("/tirages/<key>/verifier.py")
def verifier(key: str) -> Response:
    queries.draw_for(me(), key)
    return _file(SCRIPT.replace("KEY", key, 2).encode(), "verifier.py", "text/x-python; charset=utf-8")


@bp.get("/tirages/<key>/mon-billet")
def my_ticket(key: str) -> Response:
    """One's own ticket, and where it stands. Whoever has none is told so."""
    draw = _frozen(key)
    rules.hold(me(), draw).require()
    ticket = queries.ticket_of(me(), draw)
    return show(
        "draws/ticket.html",
        draw=draw,
        group=draw.group,
        ticket=ticket,
        standing=queries.standing_of(draw, ticket) if ticket else None,
        sources=queries.sources_of(draw),
        head=queries.head_of(draw),
    )


@bp.get("/tirages/<key>/ecran")
def screen(key: str) -> Response:
    """For a wall: one rank after the other, the largest figures that fit."""
    draw = _frozen(key)
    picks = queries.picks_of(draw)
    rank = parse_whole(request.args.get("rang", ""), 0, len(picks.drawn)) or 0
    called = {ticket.number: ticket for ticket in queries.named(me(), draw)}
    return show(
        "draws/screen.html",
        draw=draw,
        group=draw.group,
        rank=rank,
        drawn=picks.drawn[:rank][::-1],
        called=called,
        count=len(picks.drawn),
        base=current_app.config["SETTINGS"].base_url,
    )


def _frozen(key: str) -> Draw:
    """A draw whose list is frozen, or was. Raises NotFound: there is nothing to check before."""
    draw = queries.draw_for(me(), key)
    if not draw.frozen_at:
        raise NotFound
    return draw


def _file(body: bytes, name: str, kind: str) -> Response:
    response = Response(body, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return _own(response)


def _own(response: Response) -> Response:
    """What a member reads is no business of the caches between."""
    if not me().is_guest:
        vary(response, "Cookie")
        response.headers.extend(PRIVATE)
    return response
