"""All my data as one file, taking back what one wrote, and leaving for good."""

from flask import Blueprint, Response, jsonify

from forum import limits
from forum.accounts import rules, sessions
from forum.discussions import queries as discussions, rules as discussion_rules
from forum.discussions.models import Comment, Discussion
from forum.errors import Invalid, SignInNeeded
from forum.initiatives import queries as initiatives, rules as initiative_rules
from forum.personal_data import actions, queries
from forum.web.pages import see_other, show
from forum.web.requests import me, typed

bp = Blueprint("personal_data", __name__)


@bp.get("/moi/donnees")
def my_data() -> Response:
    """Everything the site keeps about this person, as one file (GDPR, art. 15 and 20)."""
    if me().is_guest:
        raise SignInNeeded("Connectez-vous pour voir cette page.")
    response = jsonify(queries.data_of(me()))
    response.headers["Content-Disposition"] = 'attachment; filename="mes-donnees.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/d/<key>/suppression")
def discussion_to_take_back(key: str) -> Response:
    return _taking_back(discussions.discussion_for(me(), key), "d")


@bp.get("/c/<key>/suppression")
def comment_to_take_back(key: str) -> Response:
    return _taking_back(discussions.comment_for(me(), key), "c")


@bp.get("/i/<key>/suppression")
def initiative_to_take_back(key: str) -> Response:
    initiative = initiatives.initiative_for(me(), key)
    initiative_rules.delete(me(), initiative, initiatives.attendance(me(), initiative).others).require()
    return show("personal_data/taking_back.html", text=initiative, kind="i", group=initiative.group)


@bp.post("/i/<key>/suppression")
def take_initiative_back(key: str) -> Response:
    initiative = initiatives.initiative_for(me(), key)
    actions.take_back(me(), initiative)
    return see_other(f"/g/{initiative.group.handle}/initiatives")


@bp.post("/d/<key>/suppression")
def take_discussion_back(key: str) -> Response:
    discussion = discussions.discussion_for(me(), key)
    actions.take_back(me(), discussion)
    return see_other(f"/d/{key}" if discussion.comments_count else f"/g/{discussion.group.handle}")


@bp.post("/c/<key>/suppression")
def take_comment_back(key: str) -> Response:
    comment = discussions.comment_for(me(), key)
    page = discussions.page_of(comment)
    actions.take_back(me(), comment)
    left = discussions.discussion_for(me(), comment.discussion.key)
    return see_other(f"/d/{left.key}?page={min(page, discussions.last_page(left))}#comments")


def _taking_back(text: Discussion | Comment, kind: str) -> Response:
    discussion_rules.delete(me(), text).require()
    group = (text if isinstance(text, Discussion) else text.discussion).group
    return show("personal_data/taking_back.html", text=text, kind=kind, group=group)


@bp.post("/moi/suppression")
def leave_for_good() -> Response:
    rules.change(me()).require()
    limits.limit("sign-in", f"password {me().id}")
    try:
        given = typed("password", "take")
        actions.leave_for_good(me(), given["password"], take_words=bool(given["take"]))
    except Invalid as problem:
        return show("personal_data/leaving.html", status=422, errors={"leaving": problem.fields["password"]})
    sessions.end()
    response = see_other("/")
    # What this phone still holds of the person: drafts, copies of pages (w3.org/TR/clear-site-data).
    response.headers["Clear-Site-Data"] = '"storage"'
    return response
