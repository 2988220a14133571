"""A draw for other sites: as a guest reads it, whoever looks; numbers of tickets, and no names."""

from flask import Response

from forum.accounts.models import GUEST
from forum.draws import queries
from forum.draws.routes import bp
from forum.web.frames import framed


@bp.get("/tirages/<key>/cadre")
def frame(key: str) -> Response:
    draw = queries.draw_for(GUEST, key)
    picks = queries.picks_of(draw) if draw.drawn_at and not draw.cancelled_at else None
    return framed(
        "draws/frame.html",
        draw=draw,
        group=draw.group,
        picks=picks,
        colleges=queries.colleges_of(draw, picks.drawn) if picks else {},
    )
