"""Deleting a group, pouring it into another, moving a discussion, and undoing it."""

from flask import Blueprint, Response

from forum.database.transactions import transaction
from forum.discussions import actions as discussions, queries as discussion_queries, rules as discussion_rules
from forum.discussions.models import Discussion
from forum.errors import Invalid
from forum.groups import queries, rules
from forum.groups.models import Group, Merge
from forum.initiatives import actions as initiatives
from forum.proposals import actions as proposals
from forum.reorganisation import actions
from forum.web.pages import see_other, show
from forum.web.requests import me, typed

bp = Blueprint("reorganisation", __name__)

# What else moves with a group that is poured into another, by the name under which the merger remembers it.
POURED = {"discussions": discussions, "proposals": proposals, "initiatives": initiatives}


@bp.get("/g/<handle>/fin")
def ending(handle: str) -> Response:
    return _page(queries.group_for(me(), handle))


@bp.post("/g/<handle>/suppression")
def delete(handle: str) -> Response:
    group, given = queries.group_for(me(), handle), typed("handle")
    try:
        actions.delete(me(), group, given["handle"])
    except Invalid as problem:
        return _page(group, 422, given, problem.fields)
    return see_other("/moi")


@bp.post("/g/<handle>/retablissement")
def restore(handle: str) -> Response:
    actions.restore(me(), queries.deleted_group_for(me(), handle))
    return see_other(f"/g/{handle}")


@bp.post("/g/<handle>/reunion")
def merge(handle: str) -> Response:
    group, given = queries.group_for(me(), handle), typed("into")
    if handle != group.handle == given["into"].strip().lstrip("#"):
        # Pressed twice: the address leads there already.
        return see_other(f"/g/{group.handle}")
    try:
        target = _merge(group, given["into"])
    except Invalid as problem:
        return _page(group, 422, given, problem.fields)
    return see_other(f"/g/{target.handle}")


@bp.post("/g/<handle>/separation/<int:number>")
def unmerge(handle: str, number: int) -> Response:
    group = queries.group_for(me(), handle)
    row = queries.merger_into(me(), group, number)
    with transaction():
        moved = actions.undo(me(), row)
        for name, feature in POURED.items():
            feature.pour_back(moved.get(name, []), row.source)
    return see_other(f"/g/{row.source.handle}")


@bp.get("/d/<key>/deplacement")
def moving_form(key: str) -> Response:
    return _moving(discussion_queries.discussion_for(me(), key), {"into": ""}, {})


@bp.post("/d/<key>/deplacement")
def move(key: str) -> Response:
    discussion, given = discussion_queries.discussion_for(me(), key), typed("into")
    discussion_rules.care(me(), discussion).require()
    try:
        with transaction():
            actions.move(me(), discussion, given["into"])
            proposals.stay(discussion)
    except Invalid as problem:
        return _moving(discussion, given, problem.fields, 422)
    return see_other(f"/d/{key}")


def _merge(group: Group, into: str) -> Group:
    """All of it in one transaction: members, addresses, and what was said."""
    with transaction():
        row: Merge = actions.merge(me(), group, into)
        actions.keep(row, {name: feature.pour(group, row.target) for name, feature in POURED.items()})
    return row.target


def _page(group: Group, status: int = 200, given: dict | None = None, errors: dict | None = None) -> Response:
    rules.end(me(), group).require()
    return show(
        "reorganisation/ending.html",
        status=status,
        group=group,
        mergers=queries.mergers_into(me(), group),
        others=[other for other in queries.groups_of(me()) if other.viewer_role == "animator" and other.id != group.id],
        typed={"handle": "", "into": ""} | (given or {}),
        errors=errors or {},
    )


def _moving(discussion: Discussion, given: dict, errors: dict, status: int = 200) -> Response:
    discussion_rules.care(me(), discussion).require()
    groups = discussion_queries.targets(me(), discussion)
    return show(
        "reorganisation/moving.html", status=status, discussion=discussion, groups=groups, typed=given, errors=errors
    )
