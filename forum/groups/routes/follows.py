"""Following a group without joining it."""

from flask import Response, request

from forum.groups import actions, queries
from forum.groups.routes import bp
from forum.web.pages import see_other
from forum.web.requests import local_path, me


@bp.post("/g/<handle>/abonnement")
def follow(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    page = f"/g/{group.handle}"
    if me().is_guest:
        return see_other(f"/connexion?next={page}")
    (actions.unfollow if request.form.get("follow") == "0" else actions.follow)(me(), group)
    return see_other(local_path(request.form.get("retour"), page))
