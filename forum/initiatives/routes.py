"""Initiatives over HTTP."""

from flask import Blueprint, Response, current_app, jsonify, make_response, request

from forum.accounts.models import GUEST
from forum.database.keys import new_key
from forum.errors import Invalid, NotFound
from forum.groups import queries as groups, rules as group_rules
from forum.groups.models import Group
from forum.initiatives import actions, calendar, queries, rules
from forum.initiatives.models import Initiative
from forum.proposals import queries as proposals
from forum.proposals.models import Proposal
from forum.text import dates, markdown
from forum.text.seen import mark_of, shown_again
from forum.text.typed import parse_key
from forum.web.headers import vary
from forum.web.pages import see_other, show
from forum.web.requests import cursor, me, typed

# In one calendar, of meetings and of votes.
MOST_EVENTS = 200

bp = Blueprint("initiatives", __name__)

FIELDS = ("title", "starts_at", "ends_at", "place", "body", "seats", "help_wanted", "once")


@bp.get("/agenda")
def agenda() -> Response:
    listed = queries.upcoming_for(me())
    return show("initiatives/agenda.html", initiatives=listed, counts=queries.counts(listed))


@bp.get("/g/<handle>/initiatives")
def of_group(handle: str) -> Response:
    group = groups.group_for(me(), handle)
    group_rules.read_content(me(), group).require()
    upcoming = queries.upcoming_in(me(), group) if cursor().is_start else []
    past, older = queries.past_in(me(), group, cursor())
    return show(
        "initiatives/of_group.html",
        group=group,
        upcoming=upcoming,
        past=past,
        counts=queries.counts([*upcoming, *past]),
        can_plan=rules.plan(me(), group),
        before=cursor(),
        older=older,
    )


@bp.get("/g/<handle>.ics")
def feed(handle: str) -> Response:
    """What is public and to come, meetings and ends of votes; calendars do not sign in, so there is none of what a
    guest may not read."""
    group = groups.group_for(GUEST, handle)
    if not group_rules.read_content(GUEST, group):
        raise NotFound
    meetings = map(_event, queries.upcoming_in(GUEST, group, MOST_EVENTS))
    cards = proposals.proposals_in_group(GUEST, group, MOST_EVENTS)
    votes = (_end_of(card.proposal) for card in cards if not card.proposal.is_over())
    return _calendar(f"#{group.handle}", [*meetings, *votes])


@bp.get("/g/<handle>/initiatives/nouvelle")
def new(handle: str) -> Response:
    group = groups.group_for(me(), handle)
    rules.plan(me(), group).require()
    return _form(group, dict.fromkeys(FIELDS, "") | {"once": new_key()}, {})


@bp.post("/g/<handle>/initiatives/nouvelle")
def plan(handle: str) -> Response:
    group = groups.group_for(me(), handle)
    rules.plan(me(), group).require()
    fields = typed(*FIELDS)
    try:
        initiative = actions.plan(me(), group, _plan(fields))
    except Invalid as problem:
        return _form(group, fields, problem.fields, 422)
    return see_other(f"/i/{initiative.key}")


@bp.get("/i/<key>")
def initiative(key: str) -> Response:
    return _page(queries.initiative_for(me(), key))


@bp.get("/i/<key>.ics")
def one(key: str) -> Response:
    initiative = queries.initiative_for(me(), key)
    response = _calendar(initiative.title, [_event(initiative)])
    response.headers["Content-Disposition"] = f'attachment; filename="{initiative.key}.ics"'
    return response


@bp.get("/i/<key>.json")
def initiative_json(key: str) -> Response:
    initiative = queries.initiative_for(me(), key)
    return jsonify(
        key=initiative.key,
        title=initiative.title,
        group=initiative.group.handle,
        body_html=initiative.body_html,
        place=initiative.place,
        starts_at=dates.iso(initiative.starts_at),
        ends_at=dates.iso(initiative.ends_at) if initiative.ends_at else None,
        cancelled=initiative.cancelled_at is not None,
        seats=initiative.seats,
        participants_count=queries.attendance(me(), initiative).count,
    )


@bp.post("/i/<key>/participation")
def take_part(key: str) -> Response:
    initiative = queries.initiative_for(me(), key)
    actions.take_part(me(), initiative, helps=request.form.get("helps") == "1")
    return see_other(f"/i/{key}#venue")


@bp.post("/i/<key>/retrait")
def withdraw(key: str) -> Response:
    initiative = queries.initiative_for(me(), key)
    actions.withdraw(me(), initiative)
    return see_other(f"/i/{key}#venue")


@bp.get("/i/<key>/modifier")
def edit_form(key: str) -> Response:
    initiative = queries.initiative_for(me(), key)
    rules.edit(me(), initiative).require()
    present = actions.as_typed(initiative)
    return _form(initiative.group, present | typed("once"), {}, initiative=initiative, seen=mark_of(present))


@bp.post("/i/<key>/modifier")
def edit(key: str) -> Response:
    initiative, fields = queries.initiative_for(me(), key), typed(*FIELDS)
    try:
        actions.edit(me(), initiative, _plan(fields))
    except Invalid as problem:
        present = actions.as_typed(queries.initiative_for(me(), key))
        again = shown_again(problem, fields, request.form.get("seen"), present)
        return _form(initiative.group, again.typed, again.errors, 422, initiative, again.seen)
    return see_other(f"/i/{key}")


@bp.post("/i/<key>/annulation")
def cancel(key: str) -> Response:
    initiative = queries.initiative_for(me(), key)
    try:
        actions.cancel(me(), initiative, request.form.get("reason", ""))
    except Invalid as problem:
        return _page(initiative, 422, problem.fields)
    return see_other(f"/i/{key}")


def _page(initiative: Initiative, status: int = 200, errors: dict[str, str] | None = None) -> Response:
    named, attendance = rules.see_participants(me(), initiative.group), queries.attendance(me(), initiative)
    return show(
        "initiatives/initiative.html",
        status=status,
        initiative=initiative,
        group=initiative.group,
        summary=markdown.cut(markdown.words(initiative.body_html), 160),
        attendance=attendance,
        participants=queries.participants(me(), initiative) if named else [],
        can_come=rules.take_part(me(), initiative),
        can_edit=rules.edit(me(), initiative),
        can_delete=rules.delete(me(), initiative, attendance.others),
        can_join=group_rules.join(me(), initiative.group),
        belongs=group_rules.belongs(me(), initiative.group),
        over=initiative.is_over(),
        until=dates.until(initiative.starts_at, initiative.ends_at) if initiative.ends_at else "",
        reason=request.form.get("reason", ""),
        errors=errors or {},
    )


def _form(
    group: Group,
    fields: dict[str, str],
    errors: dict[str, str],
    status: int = 200,
    initiative: Initiative | None = None,
    seen: str = "",
) -> Response:
    return show(
        "initiatives/form.html",
        status=status,
        group=group,
        initiative=initiative,
        typed=fields,
        seen=seen,
        errors=errors,
    )


def _plan(fields: dict[str, str]) -> actions.Plan:
    return actions.Plan(**fields | {"once": parse_key(fields["once"])}, seen=request.form.get("seen"))


def _calendar(name: str, events: list[calendar.Event]) -> Response:
    base = current_app.config["SETTINGS"].base_url
    response = make_response(calendar.calendar(name, base, events))
    response.mimetype = "text/calendar"
    if not me().is_guest:
        vary(response, "Cookie")
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def _event(initiative: Initiative) -> calendar.Event:
    return calendar.Event(
        key=initiative.key,
        title=initiative.title,
        text=markdown.lines(initiative.body_html),
        place=initiative.place,
        starts_at=initiative.starts_at,
        ends_at=initiative.end,
        stamp=initiative.cancelled_at or initiative.created_at,
        sequence=initiative.sequence,
        cancelled=initiative.cancelled_at is not None,
        address=f"/i/{initiative.key}",
    )


def _end_of(proposal: Proposal) -> calendar.Event:
    """The end of a vote, which is a moment."""
    return calendar.Event(
        key=f"vote-{proposal.key}",
        title=f"Fin du vote : {proposal.title}",
        text="",
        place="",
        starts_at=proposal.closes_at,
        ends_at=None,
        stamp=proposal.created_at,
        sequence=0,
        cancelled=False,
        address=f"/p/{proposal.key}",
    )
