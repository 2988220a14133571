"""All my data as one file, and leaving for good."""

from flask import Blueprint, Response, jsonify

from forum import limits
from forum.accounts import rules, sessions
from forum.errors import Invalid, SignInNeeded
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


@bp.post("/moi/suppression")
def leave_for_good() -> Response:
    rules.change(me()).require()
    limits.limit("sign-in", f"password {me().id}")
    try:
        actions.leave_for_good(me(), typed("password")["password"])
    except Invalid as problem:
        return show("personal_data/leaving.html", status=422, errors={"leaving": problem.fields["password"]})
    sessions.end()
    response = see_other("/")
    # What this phone still holds of the person: drafts, copies of pages (w3.org/TR/clear-site-data).
    response.headers["Clear-Site-Data"] = '"storage"'
    return response
