"""Inviting into a group, and following an invitation."""

import re
from typing import Any

from flask import Response, current_app, request

from forum.database.keys import new_key
from forum.errors import Invalid
from forum.groups import actions, posters, queries, rules
from forum.groups.models import Group
from forum.groups.routes import bp
from forum.text.typed import parse_key, parse_whole
from forum.web.pages import see_other, show
from forum.web.requests import me, typed


@bp.get("/g/<handle>/invitations")
def invitations_page(handle: str) -> Response:
    return _page(queries.group_for(me(), handle))


@bp.post("/g/<handle>/invitations")
def invite(handle: str) -> Response:
    group, given = queries.group_for(me(), handle), typed("days", "uses", "once")
    rules.invite(me(), group).require()
    try:
        token = actions.invite(me(), group, _number(given["days"]), _number(given["uses"]), parse_key(given["once"]))
    except Invalid as problem:
        return _page(group, 422, given, problem.fields)
    return see_other(f"/invitation/{token}/affiche")


@bp.post("/g/<handle>/invitations/courriels")
def invite_by_mail(handle: str) -> Response:
    group, given = queries.group_for(me(), handle), typed("emails")
    rules.invite(me(), group).require()
    try:
        sent = actions.invite_by_mail(me(), group, given["emails"])
    except Invalid as problem:
        return _page(group, 422, given, problem.fields)
    return see_other(f"/g/{group.handle}/invitations?envoyees={sent}")


@bp.post("/g/<handle>/invitations/<key>/renouveler")
def renew_invitation(handle: str, key: str) -> Response:
    group = queries.group_for(me(), handle)
    token = actions.renew_invitation(me(), group, key)
    return see_other(f"/invitation/{token}/affiche" if token else f"/g/{group.handle}/invitations?envoyees=1")


@bp.post("/g/<handle>/invitations/<key>/retirer")
def withdraw_invitation(handle: str, key: str) -> Response:
    group = queries.group_for(me(), handle)
    actions.withdraw_invitation(me(), group, key)
    return see_other(f"/g/{group.handle}/invitations?retiree=1")


@bp.get("/invitation/<token>")
def invitation(token: str) -> Response:
    found = queries.invitation_of(token)
    verdict = rules.enter_invited(me(), found.group, found.inviter)
    facts: dict[str, Any] = {"token": token, "entering": verdict, "belongs": rules.belongs(me(), found.group)}
    return _private(show("groups/invitation.html", group=found.group, **facts))


@bp.post("/invitation/<token>")
def accept(token: str) -> Response:
    if me().is_guest:
        return see_other(f"/inscription?invitation={queries.invitation_of(token) and token}")
    return see_other(f"/g/{actions.accept_invitation(me(), token).handle}")


@bp.get("/invitation/<token>/affiche")
def poster(token: str) -> Response:
    """What was just made, to pass on: its address, and a poster of A5 proportions with its code."""
    found = queries.invitation_of(token)
    rules.invite(me(), found.group).require()
    address = f"{current_app.config['SETTINGS'].base_url}/invitation/{token}"
    return _private(
        show(
            "groups/poster.html",
            group=found.group,
            invitation=found,
            address=address,
            shown=re.sub("^https?://", "", current_app.config["SETTINGS"].base_url) + f"/g/{found.group.handle}",
            code=posters.code(address),
            name=posters.lines(found.group.name, 20, 3),
        )
    )


def _page(
    group: Group, status: int = 200, given: dict[str, str] | None = None, errors: dict[str, str] | None = None
) -> Response:
    facts = {"days": "7", "uses": "0", "emails": "", "once": new_key()} | (given or {})
    return show(
        "groups/invitations.html",
        status=status,
        group=group,
        invitations=queries.invitations_in(me(), group),
        days=actions.INVITATION_DAYS,
        uses=actions.INVITATION_USES,
        sent=request.args.get("envoyees", ""),
        withdrawn=request.args.get("retiree", ""),
        typed=facts,
        errors=errors or {},
    )


def _private(response: Response) -> Response:
    """An address that lets somebody in is kept by no cache and no search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _number(text: str) -> int:
    number = parse_whole(text)
    return -1 if number is None else number
