"""Voices counted by hand in a room, over HTTP."""

from collections.abc import Mapping, Sequence

from flask import Response, request

from forum.database.keys import new_key
from forum.errors import Invalid, NotFound
from forum.proposals import actions, queries, rules
from forum.proposals.models import Proposal, RoomCount
from forum.proposals.routes import bp
from forum.proposals.routes.page import present
from forum.text.seen import borne
from forum.web.pages import see_other, show
from forum.web.requests import me


@bp.get("/p/<key>/salle")
def new_room(key: str) -> Response:
    proposal = present(key)
    rules.count_by_hand(me(), proposal).require()
    return _form(proposal, new_key(), {})


@bp.post("/p/<key>/salle")
def count_room(key: str) -> Response:
    return _counted(present(key), request.form.get("room", ""))


@bp.get("/p/<key>/salle/<room>")
def room(key: str, room: str) -> Response:
    """A room's count with its earlier versions, and the form to correct it for whoever may."""
    proposal = present(key)
    rules.see_voices(me(), proposal).require()
    versions = queries.room_versions(proposal, room)
    if not versions:
        raise NotFound
    latest = versions[0]
    counts = {f"count-{name}": number for name, number in latest.by_option.items()}
    stored = {name: getattr(latest, name) for name in ("place", "held_on", "present", "note")}
    return _form(proposal, room, stored | counts, versions=versions)


@bp.post("/p/<key>/salle/<room>")
def correct_room(key: str, room: str) -> Response:
    proposal = present(key)
    if not queries.room_versions(proposal, room):
        raise NotFound
    return _counted(proposal, room)


def _counted(proposal: Proposal, room: str) -> Response:
    rules.count_by_hand(me(), proposal).require()
    try:
        actions.count_by_hand(me(), proposal, room, request.form)
    except Invalid as problem:
        proposal = present(proposal.key)
        return _form(proposal, room, request.form, problem.fields, queries.room_versions(proposal, room))
    return see_other(f"/p/{proposal.key}#salles")


def _form(
    proposal: Proposal,
    room: str,
    typed: Mapping[str, str],
    errors: dict[str, str] | None = None,
    versions: Sequence[RoomCount] = (),
) -> Response:
    options = queries.options_of(proposal)
    fields = ("place", "held_on", "present", "note", *(f"count-{option.name}" for option in options))
    return show(
        "proposals/room.html",
        status=422 if errors else 200,
        proposal=proposal,
        group=proposal.group,
        options=options,
        room=room,
        versions=versions,
        can_count=rules.count_by_hand(me(), proposal),
        typed={field: typed.get(field, "") for field in fields},
        seen=borne(rules.as_read(proposal, options, str(len(versions))), typed, errors or {}),
        errors=errors or {},
    )
