"""One's own page and settings."""

from flask import Response, jsonify, request
from flask_wtf.csrf import generate_csrf

from forum.accounts import actions, queries, rules, sessions
from forum.accounts.routes import bp
from forum.database.transactions import transaction
from forum.discussions import actions as discussion_actions, queries as discussions
from forum.errors import Invalid, SignInNeeded
from forum.groups import actions as groups, follows, invitations, queries as group_queries, rules as group_rules
from forum.groups.actions import follows as following, invitations as inviting
from forum.initiatives import actions as initiative_actions, queries as initiatives
from forum.moderation import queries as moderation, rules as moderation_rules
from forum.notifications import actions as notice_actions, queries as notices
from forum.notifications.told import KINDS
from forum.proposals import actions as proposal_actions, queries as proposals
from forum.tags import actions as tag_actions, queries as tags
from forum.web.limits import limit
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
        groups_followed=follows.followed(me()),
        deleted=group_queries.deleted_by_animator(me()),
        followed=tags.followed(me()),
        moderates=bool(moderation_rules.see_queue(me(), None)),
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
    limit("sign-in", f"password {account.id}")
    try:
        account = actions.change_password(account, given["current"], given["password"])
    except Invalid as problem:
        return _settings(account, status=422, errors=problem.fields)
    sessions.begin(account, remember=True)
    return see_other("/moi/reglages?fait=mot-de-passe")


@bp.get("/moi/donnees")
def my_data() -> Response:
    """Everything the site keeps about this person, as one file (GDPR, art. 15 and 20)."""
    account = _account()
    response = jsonify(
        account=queries.data_of(account),
        groups=group_queries.data_of(account),
        groups_followed=follows.data_of(account),
        invitations=invitations.data_of(account),
        requests=group_queries.asked_by(account),
        discussions=discussions.data_of(account),
        votes=proposals.data_of(account),
        initiatives=initiatives.data_of(account),
        tags=tags.data_of(account),
        notices=notices.data_of(account),
        moderation=moderation.data_of(account),
    )
    response.headers["Content-Disposition"] = 'attachment; filename="mes-donnees.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/moi/suppression")
def leave_for_good() -> Response:
    account, given = _changeable(), typed("password")
    limit("sign-in", f"password {account.id}")
    try:
        with transaction():
            actions.leave_for_good(account, given["password"])
            initiative_actions.forget(account)
            notice_actions.forget(account)
            inviting.forget_all(account)
            following.forget_all(account)
            for group in group_queries.groups_of(account):
                groups.leave(account, group)
            groups.forget_all(account)
            for tag in tags.followed(account):
                tag_actions.unfollow(account, tag)
            discussion_actions.forget_readings(account)
            proposal_actions.forget_named(account)
    except Invalid as problem:
        return _settings(account, status=422, errors={"leaving": problem.fields["password"]})
    sessions.end()
    response = see_other("/")
    # What this phone still holds of the person: drafts, copies of pages (w3.org/TR/clear-site-data).
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def _account():
    if me().is_guest:
        raise SignInNeeded("Connectez-vous pour voir cette page.")
    return me()


def _changeable():
    rules.change(_account()).require()
    return me()


def _settings(account, status: int = 200, email: str | None = None, errors: dict | None = None) -> Response:
    return show(
        "accounts/settings.html",
        status=status,
        email=(account.email or "") if email is None else email,
        choice=notices.choice_of(account),
        kinds=KINDS,
        errors=errors or {},
        done=request.args.get("fait", ""),
    )
