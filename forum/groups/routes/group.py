"""The page of a group, its feed, and who belongs to it."""

from typing import Any

from flask import Response, jsonify, redirect, request

from forum.accounts.models import GUEST
from forum.database.select import Cursor
from forum.discussions import queries as discussions
from forum.errors import Invalid, NotFound
from forum.groups import actions, queries, rules
from forum.groups.models import Group
from forum.groups.routes import bp
from forum.initiatives import queries as initiatives
from forum.places import queries as places
from forum.proposals import queries as proposals
from forum.web.feeds import atom
from forum.web.pages import see_other, show
from forum.web.requests import cursor, here, local_path, me, page_number


@bp.get("/g/<handle>")
def group(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    if group.handle != handle:
        return _moved(handle, group)
    return show("groups/group.html", **_page(group))


def _page(group: Group) -> dict[str, Any]:
    before, readable = cursor(), rules.read_content(me(), group)
    above, below = queries.family_of(me(), group) if before.is_start else (None, [])
    return {
        "group": group,
        "above": above,
        "below": below,
        "crumbs": _crumbs(group),
        "tags": queries.tags_of([group])[group.id],
        "belongs": rules.belongs(me(), group),
        "animates": rules.animates(me(), group),
        "entry": queries.entry_options(me(), [group])[group.id],
        **_door(group),
        "can_follow": None if rules.belongs(me(), group) else rules.follow(me(), group),
        "following": not rules.belongs(me(), group) and queries.is_following(me(), group),
        "readable": readable,
        "sees_members": bool(rules.see_members(me(), group)),
        "can_discuss": rules.discuss(me(), group),
        "can_propose": rules.propose(me(), group),
        "can_invite": rules.invite(me(), group),
        "before": before,
        **_content(group, before, bool(readable)),
        "welcome": queries.welcome_for(me(), group) if before.is_start else "",
        "succession": queries.succession_of(group) if group.seeks_animator and rules.belongs(me(), group) else None,
    }


def _content(group: Group, before: Cursor, readable: bool) -> dict[str, Any]:
    """What is said, voted on and planned in the group, as far as it may be read; on later pages what is said alone."""
    pinned, listed, older = discussions.front_of(me(), group, before) if readable else ([], [], None)
    upcoming = initiatives.upcoming_in(me(), group, 5) if readable and before.is_start else []
    return {
        "older": older,
        "unpublished": discussions.unpublished_in(me(), group) if before.is_start else [],
        "pinned": pinned,
        "discussions": listed,
        "unread": discussions.unread_in(me(), [*pinned, *listed]),
        "proposals": proposals.proposals_in_group(me(), group, 20) if readable and before.is_start else [],
        "initiatives": upcoming,
        "coming": initiatives.counts(upcoming),
    }


def _door(group: Group, word: str = "", errors: dict[str, str] | None = None) -> dict[str, Any]:
    """How one enters and leaves: a request, its word and its answer, a removal, what leaving would mean."""
    belongs = rules.belongs(me(), group)
    return {
        "request": None if belongs or me().is_guest else queries.request_of(me(), group),
        "removal": None if belongs else queries.removal_of(me(), group),
        "last": queries.is_last_animator(me(), group),
        "waiting": queries.count_requests(group) if rules.admit(me(), group) else 0,
        "word": word,
        "errors": errors or {},
    }


def _crumbs(group: Group) -> list[tuple[str, str]]:
    """The way up: the national group, then the places that hold this group's."""
    nation = [("/g/insoumis", "#insoumis")] if group.handle != "insoumis" else []
    return nation + [(f"/lieux/{place.code}", place.name) for place in places.chain(group.place_code)]


@bp.get("/g/<handle>.json")
def group_json(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    if group.handle != handle:
        return _moved(handle, group, ".json")
    readable = rules.read_content(me(), group)
    listed = discussions.discussions_in(me(), group, page_number()) if readable else []
    voted = proposals.proposals_in_group(me(), group) if readable else []
    return jsonify(
        queries.as_json(me(), [group])[0]
        | {
            "description_html": group.description_html,
            "discussions": [{"key": row.key, "title": row.title, "url": row.address} for row in listed],
            "proposals": [{"key": card.proposal.key, "title": card.proposal.title} for card in voted],
        }
    )


@bp.get("/g/<handle>.atom")
def feed(handle: str) -> Response:
    """What is public in the group, newest first (RFC 4287); there is no feed of what a guest may not read."""
    group = queries.group_for(GUEST, handle)
    if group.handle != handle:
        return _moved(handle, group, ".atom")
    if not rules.read_content(GUEST, group):
        raise NotFound
    listed = discussions.discussions_in(GUEST, group)
    return atom(f"#{group.handle}", f"/g/{group.handle}", *discussions.feed_of(listed, group.created_at))


@bp.post("/g/<handle>/adhesion")
def join(handle: str) -> Response:
    """Join, or where joining is on demand ask to, with `word` to the animators if there is one."""
    group = queries.group_for(me(), handle)
    if me().is_guest:
        return see_other(f"/inscription?groupe={group.handle}&next=/g/{group.handle}")
    try:
        actions.enter(me(), group, request.form.get("word", ""))
    except Invalid as problem:
        facts = _page(group) | _door(group, request.form["word"], problem.fields)
        return show("groups/group.html", status=422, **facts)
    return see_other(local_path(request.form.get("retour"), f"/g/{group.handle}"))


@bp.post("/g/<handle>/depart")
def leave(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    actions.leave(me(), group)
    # Whoever leaves a secret group no longer finds it.
    return see_other(f"/g/{group.handle}" if queries.group_or_none(me(), group.handle) else "/")


@bp.post("/g/<handle>/bienvenue")
def put_welcome_away(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    actions.put_welcome_away(me(), group)
    return see_other(f"/g/{group.handle}")


def _moved(handle: str, group: Group, suffix: str = "") -> Response:
    own = f"/g/{group.handle}{suffix}"
    address = here().replace(f"/g/{handle}{suffix}", own, 1)
    response = redirect(address if address.startswith(own) else own, 301)
    # A group may take a former address again: a browser that kept this for ever would turn in a circle.
    response.headers["Cache-Control"] = "no-cache"
    return response  # type: ignore[return-value]
