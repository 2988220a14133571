"""Putting a group to rest, and writing in it again."""

from flask import Response

from forum.groups import actions, queries
from forum.groups.routes import bp
from forum.web.pages import see_other
from forum.web.requests import me


@bp.post("/g/<handle>/archivage")
def archive(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    actions.archive(me(), group)
    return see_other(f"/g/{group.handle}")


@bp.post("/g/<handle>/reouverture")
def reopen(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    actions.reopen(me(), group)
    return see_other(f"/g/{group.handle}")
