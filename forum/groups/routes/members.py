"""Who belongs to a group, and being removed from it."""

from typing import Any

from flask import Response, request

from forum.accounts.models import Account
from forum.accounts.queries import account_named
from forum.errors import Invalid, NotFound
from forum.groups import actions, queries, rules
from forum.groups.models import Group
from forum.groups.routes import bp
from forum.web.pages import see_other, show
from forum.web.requests import me, page_number


@bp.get("/g/<handle>/membres")
def members(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    listed, more = queries.members_of(me(), group, page_number())
    animators = {row.member_id for row in listed if rules.held_by_animator(row)}
    removable = {row.member_id for row in listed} - animators if rules.admit(me(), group) else set()
    facts: dict[str, Any] = {"members": listed, "animators": animators, "removable": removable}
    return show("groups/members.html", group=group, page=page_number(), more=more, **facts)


@bp.get("/g/<handle>/membres/<username>/retrait")
def removal(handle: str, username: str) -> Response:
    group = queries.group_for(me(), handle)
    rules.admit(me(), group).require()
    membership = queries.membership_named(me(), group, username)
    if membership is None:
        raise NotFound
    rules.remove(me(), group, membership.member).require()
    return _asked(group, membership.member)


@bp.post("/g/<handle>/membres/<username>/retrait")
def remove(handle: str, username: str) -> Response:
    """Twice is once: whoever is out already stays out, for the first reason."""
    group = queries.group_for(me(), handle)
    rules.admit(me(), group).require()
    person, reason = account_named(username), request.form.get("reason", "")
    if person is None:
        raise NotFound
    try:
        actions.remove_member(me(), group, person, reason)
    except Invalid as problem:
        if queries.membership_named(me(), group, username) is None:
            raise NotFound from problem
        return _asked(group, person, reason, problem.fields, 422)
    return see_other(f"/g/{group.handle}/membres")


def _asked(
    group: Group, person: Account, reason: str = "", errors: dict[str, str] | None = None, status: int = 200
) -> Response:
    return show("groups/removal.html", status=status, group=group, person=person, reason=reason, errors=errors or {})
