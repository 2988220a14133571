"""The public log of what was decided."""

from flask import Response, jsonify

from forum.database.select import Cursor
from forum.groups import queries as groups
from forum.groups.models import Group
from forum.moderation import queries
from forum.moderation.routes import bp
from forum.offices import queries as offices
from forum.offices.names import called
from forum.web.pages import show
from forum.web.requests import cursor, me


@bp.get("/g/<handle>/journal")
def of_group(handle: str) -> Response:
    group = groups.group_for(me(), handle)
    return _page(group, *queries.log_of_group(me(), group, cursor()))


@bp.get("/g/<handle>/journal.json")
def of_group_json(handle: str) -> Response:
    group = groups.group_for(me(), handle)
    listed, _ = queries.log_of_group(me(), group, cursor())
    return jsonify(entries=[entry.as_json() for entry in listed])


@bp.get("/site/journal")
@bp.get("/moderation/journal")
def of_site() -> Response:
    return _page(None, *queries.log_of_site(cursor()))


@bp.get("/moderation/journal.json")
def of_site_json() -> Response:
    listed, _ = queries.log_of_site(cursor())
    return jsonify(entries=[entry.as_json() for entry in listed])


def _page(group: Group | None, entries: list[queries.LogEntry], older: Cursor | None) -> Response:
    holders = [] if group else [(account.username, called(account.role)) for account in offices.holders()]
    return show("moderation/log.html", group=group, holders=holders, entries=entries, before=cursor(), older=older)
