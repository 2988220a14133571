"""Proposals over HTTP."""

from flask import Blueprint, Response, jsonify, request
from werkzeug.datastructures import MultiDict

from forum import dates, visitors
from forum.db import new_key
from forum.discussions import queries as discussions
from forum.errors import Invalid
from forum.groups import queries as groups
from forum.groups import rules as group_rules
from forum.proposals import actions, queries, rules, tallies
from forum.proposals.methods import METHODS
from forum.security import limit
from forum.web import me, page_number, see_other, show, wants_fragment

bp = Blueprint("proposals", __name__)
visitors.deadlines.append(queries.next_closing)

# The settings of all methods, once each, in the order of the form.
SETTINGS = {setting.name: setting for method in METHODS.values() for setting in method.settings}
FIELDS = ("title", "body", "method", "options", "closes_at", "tags", *SETTINGS)


@bp.get("/p/<key>")
def proposal(key: str) -> Response:
    return _page(_present(key))


@bp.get("/p/<key>.json")
def proposal_json(key: str) -> Response:
    proposal = _present(key)
    return jsonify(
        key=proposal.key,
        title=proposal.title,
        group=proposal.group.handle,
        method=proposal.method,
        state="open" if proposal.is_open() else "closed",
        closes_at=dates.iso(proposal.closes_at),
        revision=proposal.revision,
        voters_count=proposal.voters_count,
        eligible_count=proposal.eligible_count,
        options=[
            {"id": option.name, "label": option.label, "count": option.count, "score": option.score}
            for option in queries.options_of(proposal)
        ],
        outcome=queries.outcome_of(proposal),
    )


@bp.post("/p/<key>/vote")
def vote(key: str) -> Response:
    proposal = _present(key)
    limit("vote", str(me().id or request.remote_addr))
    try:
        actions.vote(me(), proposal, request.form)
    except Invalid as problem:
        return _page(proposal, 422, request.form, problem.fields)
    return _page(_present(key)) if wants_fragment() else see_other(f"/p/{key}#vote")


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
    proposal = _present(key)
    rules.edit(me(), proposal).require()
    return _form(proposal.group, _as_typed(proposal), proposal=proposal)


@bp.post("/p/<key>/modifier")
def edit(key: str) -> Response:
    proposal = _present(key)
    try:
        actions.edit(me(), proposal, _draft())
    except Invalid as problem:
        return _form(proposal.group, request.form, problem.fields, 422, proposal=proposal)
    return see_other(f"/p/{key}")


def _present(key: str):
    """The proposal as the clock has left it: whoever reads it first after its hour notes its outcome."""
    proposal = queries.proposal_for(me(), key)
    return proposal if proposal.closed_at or proposal.is_open() else actions.close(proposal)


def _page(proposal, status: int = 200, typed=None, errors=None) -> Response:
    """The page; for htmx its block `ballot`, which needs no reasons."""
    options = queries.options_of(proposal)
    reasons, more = ([], False) if wants_fragment() else queries.reasons(proposal, page_number())
    return show(
        "proposals/proposal.html",
        "ballot",
        status,
        proposal=proposal,
        group=proposal.group,
        discussion=proposal.discussion,
        options=options,
        method=METHODS[proposal.method],
        drawing=tallies.drawing(proposal, options),
        workings=() if wants_fragment() else tallies.workings(proposal, options),
        rules=tallies.rules_of(proposal),
        open=proposal.is_open(),
        outcome=queries.outcome_of(proposal),
        tags=queries.tags_of(proposal),
        reasons=reasons,
        more=more,
        page=page_number(),
        errors=errors or {},
        can_edit=rules.edit(me(), proposal),
        **_standing(proposal, options, typed),
    )


def _standing(proposal, options, typed) -> dict:
    """What this reader has said and may do; what they have just typed goes before what is stored."""
    ballot, chosen = queries.ballot_of(me(), proposal)
    stored = {name: str(value) for name, value in chosen.items()}
    method, settings = METHODS[proposal.method], queries.settings_of(proposal)
    labels = {option.name: option.label for option in options}
    return {
        "answers": method.answers(labels, settings),
        "advice": method.advice(settings),
        "given": {name: typed.get(f"option-{name}", "") for name in labels} if typed else stored,
        "ballot": ballot,
        "chosen": chosen,
        "asked": typed.get("choice", "") if typed else "",
        "reason": typed.get("reason", "") if typed else ballot.reason if ballot else "",
        "can_vote": rules.vote(me(), proposal),
        "belongs": bool(group_rules.role_in(me(), proposal.group)),
        "can_join": group_rules.join(me(), proposal.group),
    }


def _new(group, discussion=None) -> Response:
    rules.propose(me(), group).require()
    given = {"method": "consent", "closes_at": _local(actions.default_closing())}
    return _form(group, MultiDict(given), discussion=discussion)


def _propose(group, discussion=None) -> Response:
    rules.propose(me(), group).require()
    limit("open", str(me().id))
    try:
        proposal = actions.propose(me(), group, _draft(), discussion)
    except Invalid as problem:
        return _form(group, request.form, problem.fields, 422, discussion=discussion)
    return see_other(f"/p/{proposal.key}")


def _form(group, typed, errors=None, status: int = 200, proposal=None, discussion=None) -> Response:
    return show(
        "proposals/form.html",
        status=status,
        group=group,
        discussion=discussion,
        proposal=proposal,
        ways=tallies.ways(),
        settings=tallies.shared(),
        typed={field: typed.get(field, "") for field in FIELDS},
        once=request.form.get("once") or new_key(),
        errors=errors or {},
    )


def _draft() -> actions.Draft:
    form = request.form
    return actions.Draft(
        title=form.get("title", ""),
        body=form.get("body", ""),
        method=form.get("method", "consent"),
        options=form.get("options", ""),
        closes_at=form.get("closes_at", ""),
        tag_names=tuple(word.lstrip("#") for word in form.get("tags", "").replace(",", " ").split()),
        settings={name: form[name] for name in SETTINGS if name in form},
        once=_key(form.get("once", "")),
    )


def _key(once: str) -> str:
    """The form's own key, '' when it is none of ours (PostgreSQL would choke on some signs)."""
    return once if once.isascii() and once.isalnum() and len(once) <= 16 else ""


def _as_typed(proposal) -> dict[str, str]:
    """A proposal as its author would have typed it."""
    labels = {option.name: option.label for option in queries.options_of(proposal)}
    return {
        "title": proposal.title,
        "body": proposal.body,
        "method": proposal.method,
        "options": METHODS[proposal.method].typed_options(labels),
        "closes_at": _local(proposal.closes_at),
        "tags": " ".join(queries.tags_of(proposal)),
        **{name: str(value) for name, value in queries.settings_of(proposal).items()},
    }


def _local(moment) -> str:
    """A moment as the field `datetime-local` holds it, in Paris time."""
    return moment.astimezone(dates.PARIS).strftime("%Y-%m-%dT%H:%M")
