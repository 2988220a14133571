"""What a group holds itself to, beside the charter of the site."""

from flask import Response

from forum.groups import queries, rules
from forum.groups.routes import bp
from forum.web.pages import show
from forum.web.requests import me


@bp.get("/g/<handle>/charte")
def charter(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    return show("groups/charter.html", group=group, can_edit=rules.edit(me(), group))
