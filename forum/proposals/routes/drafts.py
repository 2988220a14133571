"""Putting a proposal to the vote, and rewriting it."""

from collections.abc import Mapping

from flask import Response, request
from werkzeug.datastructures import MultiDict

from forum.database.keys import new_key
from forum.discussions import queries as discussions
from forum.discussions.models import Discussion
from forum.errors import Invalid, Verdict
from forum.groups import queries as groups
from forum.groups.models import Group
from forum.proposals import actions, queries, rules
from forum.proposals.methods import METHODS, USUAL_METHOD
from forum.proposals.models import Proposal
from forum.proposals.routes import bp
from forum.proposals.routes.page import present
from forum.proposals.starters import STARTERS, Starter
from forum.text.seen import mark_of, shown_again
from forum.text.typed import moment_field, parse_key, tag_names
from forum.web.pages import see_other, show
from forum.web.requests import me

# The settings of all methods, once each, in the order of the form.
SETTINGS = {setting.name: setting for method in METHODS.values() for setting in method.settings}

TERMS = ("opens_at", "electorate", "named", "final", "reasons", "results", "growing", "secret")

FIELDS = ("title", "body", "method", "options", "closes_at", "tags", *TERMS, *SETTINGS)


@bp.get("/g/<handle>/propositions/nouvelle")
def new_in_group(handle: str) -> Response:
    return _new(groups.group_for(me(), handle))


@bp.get("/d/<key>/propositions/nouvelle")
def new_in_discussion(key: str) -> Response:
    discussion = discussions.discussion_for(me(), key)
    return _new(discussion.group, discussion)


@bp.post("/g/<handle>/propositions/nouvelle")
def propose_in_group(handle: str) -> Response:
    return _propose(groups.group_for(me(), handle))


@bp.post("/d/<key>/propositions/nouvelle")
def propose_in_discussion(key: str) -> Response:
    discussion = discussions.discussion_for(me(), key)
    return _propose(discussion.group, discussion)


@bp.get("/p/<key>/modifier")
def edit_form(key: str) -> Response:
    proposal = present(key)
    rules.edit(me(), proposal).require()
    stored = queries.as_typed(proposal)
    return _form(proposal.group, stored, proposal=proposal, seen=mark_of(stored))


@bp.post("/p/<key>/modifier")
def edit(key: str) -> Response:
    proposal = present(key)
    try:
        actions.edit(me(), proposal, _draft())
    except Invalid as problem:
        again = shown_again(problem, request.form, request.form.get("seen"), queries.as_typed(present(key)))
        return _form(proposal.group, again.typed, again.errors, 422, proposal=proposal, seen=again.seen)
    return see_other(f"/p/{key}")


def _new(group: Group, discussion: Discussion | None = None) -> Response:
    _may_propose(group, discussion).require()
    return _form(group, MultiDict(_begun_from(_started())), discussion=discussion)


def _propose(group: Group, discussion: Discussion | None = None) -> Response:
    _may_propose(group, discussion).require()
    try:
        proposal = actions.propose(me(), group, _draft(), discussion)
    except Invalid as problem:
        return _form(group, request.form, problem.fields, 422, discussion=discussion)
    return see_other(f"/p/{proposal.key}")


def _may_propose(group: Group, discussion: Discussion | None) -> Verdict:
    return rules.propose_from(me(), discussion) if discussion else rules.propose(me(), group)


def _started() -> Starter | None:
    """The starting point asked for in the address, none when it names none."""
    return STARTERS.get(request.args.get("modele", ""))


def _begun_from(starter: Starter | None) -> dict[str, str]:
    """The fields of a new proposal before anything is typed."""
    if starter is None:
        return {"method": USUAL_METHOD, "closes_at": moment_field(actions.default_closing())}
    return {
        "body": starter.body,
        "options": "\n".join(moment_field(actions.evening(days)).replace("T", " ") for days in starter.evenings),
        "opens_at": moment_field(actions.evening(starter.opens_in)) if starter.opens_in else "",
        "closes_at": moment_field(actions.evening(starter.ends_in)),
        **starter.fields,
    }


def _form(
    group: Group,
    typed: Mapping[str, str],
    errors: dict[str, str] | None = None,
    status: int = 200,
    proposal: Proposal | None = None,
    discussion: Discussion | None = None,
    seen: str = "",
) -> Response:
    return show(
        "proposals/form.html",
        status=status,
        group=group,
        discussion=discussion,
        proposal=proposal,
        ways=queries.ways_of_voting(),
        settings=queries.shared_settings(),
        opposing=rules.opposing(*METHODS.values()),
        explained=rules.explained(*METHODS.values()),
        starters={} if proposal else STARTERS,
        started=None if proposal else _started(),
        seen=seen,
        opened=proposal is not None and not proposal.is_coming(),
        typed={field: typed.get(field, "") for field in FIELDS},
        once=parse_key(request.form.get("once", "")) or new_key(),
        errors=errors or {},
    )


def _draft() -> actions.Draft:
    form = request.form
    return actions.Draft(
        title=form.get("title", ""),
        body=form.get("body", ""),
        method=form.get("method", USUAL_METHOD),
        options=form.get("options", ""),
        closes_at=form.get("closes_at", ""),
        terms=_terms(),
        tag_names=tuple(tag_names(form.get("tags", ""))),
        settings={name: form[name] for name in SETTINGS if name in form},
        once=parse_key(form.get("once", "")),
        seen=form.get("seen"),
    )


def _terms() -> actions.Terms:
    form = request.form
    return actions.Terms(
        opens_at=form.get("opens_at", ""),
        electorate=form.get("electorate") or "members",
        named=form.get("named", ""),
        final=form.get("final") == "1",
        reasons=form.get("reasons") or "optional",
        results=form.get("results") or "always",
        growing=form.get("growing") == "1",
        secret=form.get("secret") == "1",
    )
