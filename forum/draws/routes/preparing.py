"""The draws of a group: their list, and a new one."""

from flask import Response

from forum.database.keys import new_key
from forum.draws import actions, queries, rules, words
from forum.draws.routes import bp
from forum.errors import Invalid
from forum.groups import queries as groups, rules as group_rules
from forum.groups.models import Group
from forum.initiatives import queries as initiatives
from forum.text.typed import parse_key
from forum.web.pages import see_other, show
from forum.web.requests import cursor, me, typed

FIELDS = ("title", "why", "seats", "pool", "source", "grouping", "initiative", "labels", "once")
# What is chosen before anybody chooses.
USUAL = {"pool": "volunteers", "source": "loto"}


@bp.get("/g/<handle>/tirages")
def of_group(handle: str) -> Response:
    group = groups.group_for(me(), handle)
    group_rules.read_content(me(), group).require()
    draws, older = queries.draws_in(me(), group, cursor())
    return show(
        "draws/of_group.html",
        group=group,
        draws=draws,
        older=older,
        cancelled=queries.cancelled_in(group),
        can_prepare=rules.prepare(me(), group),
        before=cursor(),
    )


@bp.get("/g/<handle>/tirages/nouveau")
def new(handle: str) -> Response:
    group = groups.group_for(me(), handle)
    rules.prepare(me(), group).require()
    return _form(group, dict.fromkeys(FIELDS, "") | USUAL | {"once": new_key()}, {})


@bp.post("/g/<handle>/tirages/nouveau")
def prepare(handle: str) -> Response:
    group = groups.group_for(me(), handle)
    rules.prepare(me(), group).require()
    given = typed(*FIELDS)
    plan = actions.DrawPlan(**given | {name: parse_key(given[name]) for name in ("once", "initiative")})
    try:
        draw = actions.prepare(me(), group, plan)
    except Invalid as problem:
        return _form(group, given, problem.fields, 422)
    return see_other(f"/tirages/{draw.key}")


def _form(group: Group, given: dict[str, str], errors: dict[str, str], status: int = 200) -> Response:
    return show(
        "draws/form.html",
        status=status,
        group=group,
        pools=list(words.POOLS.items()),
        sources=list(words.SOURCES.items()),
        groupings=list(words.GROUPINGS.items()),
        initiatives=initiatives.upcoming_in(me(), group),
        typed=given,
        errors=errors,
    )
