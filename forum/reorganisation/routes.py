"""Deleting a group, pouring it into another, moving a discussion, and undoing it."""

from typing import Any

from flask import Blueprint, Response

from forum.discussions import queries as discussions, rules as discussion_rules
from forum.discussions.models import Discussion
from forum.errors import Invalid
from forum.groups import queries as groups, rules as group_rules
from forum.groups.models import Group
from forum.reorganisation import actions, queries
from forum.text.typed import without_hash
from forum.web.pages import see_other, show
from forum.web.requests import me, typed

bp = Blueprint("reorganisation", __name__)


@bp.get("/g/<handle>/fin")
def ending(handle: str) -> Response:
    return _page(groups.group_for(me(), handle))


@bp.post("/g/<handle>/suppression")
def delete(handle: str) -> Response:
    group, given = groups.group_for(me(), handle), typed("handle")
    try:
        actions.delete(me(), group, given["handle"])
    except Invalid as problem:
        return _page(group, 422, given, problem.fields)
    return see_other("/moi")


@bp.post("/g/<handle>/retablissement")
def restore(handle: str) -> Response:
    actions.restore(me(), groups.deleted_group_for(me(), handle))
    return see_other(f"/g/{handle}")


@bp.post("/g/<handle>/reunion")
def merge(handle: str) -> Response:
    group, given = groups.group_for(me(), handle), typed("into")
    if handle != group.handle == without_hash(given["into"]):
        # Pressed twice: the address leads there already.
        return see_other(f"/g/{group.handle}")
    try:
        target = actions.merge(me(), group, given["into"])
    except Invalid as problem:
        return _page(group, 422, given, problem.fields)
    return see_other(f"/g/{target.handle}")


@bp.post("/g/<handle>/separation/<int:number>")
def unmerge(handle: str, number: int) -> Response:
    group = groups.group_for(me(), handle)
    row = queries.merger_into(me(), group, number)
    actions.unmerge(me(), row)
    return see_other(f"/g/{row.source.handle}")


@bp.get("/d/<key>/deplacement")
def moving_form(key: str) -> Response:
    return _moving(discussions.discussion_for(me(), key), {"into": ""}, {})


@bp.post("/d/<key>/deplacement")
def move(key: str) -> Response:
    discussion, given = discussions.discussion_for(me(), key), typed("into")
    discussion_rules.care(me(), discussion).require()
    try:
        actions.move(me(), discussion, given["into"])
    except Invalid as problem:
        return _moving(discussion, given, problem.fields, 422)
    return see_other(f"/d/{key}")


def _page(
    group: Group, status: int = 200, given: dict[str, str] | None = None, errors: dict[str, str] | None = None
) -> Response:
    group_rules.archive_or_delete(me(), group).require()
    return show(
        "reorganisation/ending.html",
        status=status,
        group=group,
        mergers=queries.mergers_into(me(), group),
        others=[row for row in groups.groups_of(me()) if group_rules.animates(me(), row) and row.id != group.id],
        typed={"handle": "", "into": ""} | (given or {}),
        errors=errors or {},
    )


def _moving(discussion: Discussion, given: dict[str, str], errors: dict[str, str], status: int = 200) -> Response:
    discussion_rules.care(me(), discussion).require()
    targets = queries.targets(me(), discussion)
    facts: dict[str, Any] = {"discussion": discussion, "groups": targets, "typed": given, "errors": errors}
    return show("reorganisation/moving.html", status=status, group=discussion.group, **facts)
