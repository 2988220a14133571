"""The first answer of somebody who is no member yet, over HTTP."""

from typing import Any

from flask import Response

from forum import limits
from forum.accounts import pseudonyms, sessions
from forum.arrival import actions
from forum.arrival.routes import bp
from forum.arrival.routes.doors import suspended
from forum.discussions import queries as discussions, rules
from forum.discussions.models import Comment, Discussion
from forum.errors import Invalid
from forum.text.typed import parse_key
from forum.web.pages import see_other, show
from forum.web.requests import me, typed


@bp.post("/d/<key>/arrivee")
def answer(key: str) -> Response:
    """`body`, and of a visitor the `username` and `password` of the account to be made."""
    discussion = discussions.discussion_for(me(), key)
    rules.answer_joining(me(), discussion).require()
    given = typed("body", "once", "username", "password")
    try:
        said = _said(discussion, given)
    except Invalid as problem:
        facts: dict[str, Any] = {"typed": given, "errors": problem.fields, "once": given["once"]}
        return show("arrival/answering.html", status=422, group=discussion.group, discussion=discussion, **facts)
    except actions.Suspended as problem:
        return suspended(problem.account, problem.reason)
    return see_other(f"/c/{said.key}")


def _said(discussion: Discussion, given: dict[str, str]) -> Comment:
    if not me().is_guest:
        return actions.join_and_answer(me(), discussion, given["body"], parse_key(given["once"]))
    limits.limit_address("sign-up")
    # The pseudonym may be one that is taken: its password is guessed no faster here than at the usual door.
    limits.limit("sign-in", f"{pseudonyms.key(given['username'][:60])} {limits.network()}")
    account, said = actions.sign_up_and_answer(discussion, given["body"], given["username"], given["password"])
    sessions.begin(account, remember=True)
    return said
