"""The charter of the site, to which decisions are held; groups show their own (forum.groups.routes.charter)."""

from flask import Response

from forum.moderation.charter import CHARTER
from forum.moderation.routes import bp
from forum.web.pages import show


@bp.get("/charte")
def charter_of_site() -> Response:
    return show("moderation/charter_of_site.html", rules=CHARTER)
