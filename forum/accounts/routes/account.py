"""One's own page and settings."""

from flask import Response, jsonify, request
from flask_wtf.csrf import generate_csrf

from forum import limits
from forum.accounts import actions, rules, sessions
from forum.accounts.models import Account
from forum.accounts.routes import bp
from forum.errors import Invalid, SignInNeeded
from forum.groups import queries as group_queries, rules as group_rules
from forum.moderation import rules as moderation_rules
from forum.notifications import queries as notices
from forum.notifications.recipients import KINDS
from forum.offices import rules as office_rules
from forum.tags import queries as tags
from forum.web.pages import see_other, show
from forum.web.requests import me, page_number, reader, typed

# So many of my groups stand on a page.
PAGE = 30


@bp.get("/moi")
def mine() -> Response:
    _account()
    page = page_number()
    found = group_queries.groups_of(me(), PAGE + 1, (page - 1) * PAGE)
    return show(
        "accounts/mine.html",
        page=page,
        groups=found[:PAGE],
        animated={group.id for group in found if group_rules.animates(me(), group)},
        more=len(found) > PAGE,
        groups_followed=group_queries.groups_followed(me()),
        deleted=group_queries.deleted_by_animator(me()),
        followed=tags.followed(me()),
        moderates=bool(moderation_rules.see_queue(me(), None)),
        administers=bool(office_rules.administer(me())),
    )


@bp.get("/moi/session")
def session_now() -> Response:
    """For what waited on a phone: who is signed in there now, and the token of their forms. A guest gets no cookie."""
    token = "" if me().is_guest else generate_csrf()
    response = jsonify(reader=reader(), csrf_token=token)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/moi/reglages")
def settings() -> Response:
    if me().trial:
        return see_other("/essai/compte")
    return _settings(_account())


@bp.post("/moi/reglages/courriel")
def change_email() -> Response:
    account, given = _changeable(), typed("email")
    try:
        actions.change_email(account, given["email"])
    except Invalid as problem:
        return _settings(account, status=422, email=given["email"], errors=problem.fields)
    return see_other("/moi/reglages?fait=courriel")


@bp.post("/moi/reglages/mot-de-passe")
def change_password() -> Response:
    account, given = _changeable(), typed("current", "password")
    limits.limit("sign-in", f"password {account.id}")
    try:
        account = actions.change_password(account, given["current"], given["password"])
    except Invalid as problem:
        return _settings(account, status=422, errors=problem.fields)
    sessions.begin(account, remember=True)
    return see_other("/moi/reglages?fait=mot-de-passe")


def _account() -> Account:
    if me().is_guest:
        raise SignInNeeded("Connectez-vous pour voir cette page.")
    return me()


def _changeable() -> Account:
    rules.change(_account()).require()
    return me()


def _settings(
    account: Account, status: int = 200, email: str | None = None, errors: dict[str, str] | None = None
) -> Response:
    return show(
        "accounts/settings.html",
        status=status,
        email=(account.email or "") if email is None else email,
        choice=notices.choice_of(account),
        kinds=KINDS,
        errors=errors or {},
        done=request.args.get("fait", ""),
    )
