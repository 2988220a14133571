"""Who animates the group, and how the part passes on."""

from collections.abc import Callable

from flask import Response, request

from forum.errors import Invalid
from forum.groups import actions, queries, rules
from forum.groups.models import Group
from forum.groups.routes import bp
from forum.web.pages import see_other, show
from forum.web.requests import me, typed

FIELDS = ("username", "title", "reason")


@bp.get("/g/<handle>/animation")
def animation(handle: str) -> Response:
    return _page(queries.group_for(me(), handle))


@bp.post("/g/<handle>/animation/nommer")
def name_animator(handle: str) -> Response:
    return _act(handle, lambda group, given: actions.name_animator(me(), group, given["username"]), "nommer")


@bp.post("/g/<handle>/animation/titre")
def give_title(handle: str) -> Response:
    return _act(
        handle, lambda group, given: actions.give_title(me(), group, given["username"], given["title"]), "titre"
    )


@bp.post("/g/<handle>/animation/transmettre")
def hand_over(handle: str) -> Response:
    return _act(handle, lambda group, given: actions.hand_over(me(), group, given["username"]), "transmettre")


@bp.post("/g/<handle>/animation/quitter")
def step_down(handle: str) -> Response:
    return _act(handle, lambda group, _: actions.step_down(me(), group))


@bp.post("/g/<handle>/animation/accepter")
def accept_part(handle: str) -> Response:
    return _act(handle, lambda group, _: actions.accept_part(me(), group))


@bp.post("/g/<handle>/animation/laisser")
def decline_part(handle: str) -> Response:
    return _act(handle, lambda group, _: actions.decline_part(me(), group))


@bp.post("/g/<handle>/animation/objection")
def object_to_candidate(handle: str) -> Response:
    return _act(handle, lambda group, given: actions.object_to_candidate(me(), group, given["reason"]), "objection")


def _act(handle: str, act: Callable[[Group, dict[str, str]], None], form: str = "") -> Response:
    """Do it and come back to the page; with what was typed in `form` when it cannot be done."""
    group, given = queries.group_for(me(), handle), typed(*FIELDS)
    try:
        act(group, given)
    except Invalid as problem:
        return _page(group, 422, form, given, problem.fields)
    return see_other(f"/g/{group.handle}/animation")


def _page(
    group: Group,
    status: int = 200,
    form: str = "",
    given: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    rules.be_among_members(me(), group).require()
    succession = queries.succession_of(group)
    return show(
        "groups/animation.html",
        status=status,
        group=group,
        animators=queries.animators_named(me(), group),
        animates=rules.animates(me(), group),
        alone=queries.is_last_animator(me(), group),
        succession=succession,
        turn=succession.since + (actions.PATIENCE if succession.accepted else actions.OFFER) if succession else None,
        can_accept=rules.succeed(me(), group, succession),
        can_object=rules.object_to(me(), group, succession),
        objections=queries.objections_in(me(), group),
        enough=actions.objections_needed(group.members_count),
        sent=form or request.args.get("formulaire", ""),
        typed=given or dict.fromkeys(FIELDS, ""),
        errors=errors or {},
    )
