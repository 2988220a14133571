"""The public log of what was decided."""

from flask import Response, jsonify

from forum.groups import queries as groups
from forum.groups.models import Group
from forum.moderation import queries
from forum.moderation.routes import bp
from forum.web.pages import show
from forum.web.requests import me, page_number


@bp.get("/g/<handle>/journal")
def of_group(handle: str) -> Response:
    group = groups.group_for(me(), handle)
    return _page(queries.log_of_group(me(), group, page_number()), group)


@bp.get("/g/<handle>/journal.json")
def of_group_json(handle: str) -> Response:
    group = groups.group_for(me(), handle)
    return jsonify(entries=[entry.as_json() for entry in queries.log_of_group(me(), group, page_number())])


@bp.get("/moderation/journal")
def of_site() -> Response:
    return _page(queries.log_of_site(page_number()), None)


@bp.get("/moderation/journal.json")
def of_site_json() -> Response:
    return jsonify(entries=[entry.as_json() for entry in queries.log_of_site(page_number())])


def _page(entries: list[queries.LogEntry], group: Group | None) -> Response:
    return show("moderation/log.html", group=group, entries=entries, page=page_number(), size=queries.LOG_PAGE)
