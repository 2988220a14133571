"""The charters that decisions are held to: the site's, and each group's own."""

from flask import Response

from forum.groups import queries as groups, rules as group_rules
from forum.moderation.charter import CHARTER
from forum.moderation.routes import bp
from forum.web.pages import show
from forum.web.requests import me


@bp.get("/charte")
def charter_of_site() -> Response:
    return show("moderation/charter_of_site.html", rules=CHARTER)


@bp.get("/g/<handle>/charte")
def charter_of_group(handle: str) -> Response:
    group = groups.group_for(me(), handle)
    return show("moderation/charter_of_group.html", group=group, can_edit=group_rules.edit(me(), group))
