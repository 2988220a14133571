"""A discussion, what is said in it, and its forms."""

from functools import lru_cache
from typing import Any

from flask import Response, redirect, render_template, request
from markupsafe import Markup

from forum.database.keys import new_key
from forum.discussions import actions, queries, rules
from forum.discussions.models import WAITING, Comment, Discussion
from forum.discussions.routes import bp
from forum.discussions.routes.comments import comment_html, comments_html
from forum.discussions.routes.plain import plain
from forum.errors import Invalid, NotFound
from forum.groups import queries as groups, rules as group_rules
from forum.groups.models import Group
from forum.proposals import queries as proposals
from forum.text import markdown
from forum.text.seen import mark_of
from forum.text.typed import parse_key, tag_names
from forum.web.cache.shared_pages import show_shared
from forum.web.pages import see_other, show
from forum.web.requests import me, page_number, typed, wants_fragment


@bp.get("/g/<handle>/discussions/nouvelle")
def new_discussion(handle: str) -> Response:
    group = groups.group_for(me(), handle)
    rules.open(me(), group).require()
    given = {"title": request.args.get("titre", "")[: actions.LONGEST_TITLE], "body": "", "tags": ""}
    return _opening(group, given | {"once": new_key()}, {})


@bp.post("/g/<handle>/discussions/nouvelle")
def open(handle: str) -> Response:
    group = groups.group_for(me(), handle)
    rules.open(me(), group).require()
    given = typed("title", "body", "tags", "once")
    try:
        discussion = actions.open(
            me(), group, given["title"], given["body"], tag_names(given["tags"]), parse_key(given["once"])
        )
    except Invalid as problem:
        return _opening(group, given, problem.fields, status=422)
    return see_other(discussion.address)


@bp.get("/d/<address>")
def discussion(address: str) -> Response:
    discussion = queries.discussion_for(me(), address.partition("-")[0])
    if f"/d/{address}" not in (f"/d/{discussion.key}", discussion.address):
        query = request.query_string.decode("ascii", "replace")
        return redirect(discussion.address + ("?" + query if query else ""), 301)  # type: ignore[return-value]
    return _page(discussion, {"body": "", "parent": request.args.get("reponse", ""), "once": new_key()}, {})


@bp.get("/d/<key>/suite")
def more(key: str) -> Response:
    """The comments of another page, to stand under those that are there already."""
    discussion, page = queries.discussion_for(me(), key), page_number()
    if not wants_fragment():
        return see_other(f"/d/{key}?page={page}")
    last = queries.last_page(discussion)
    if page > last:
        raise NotFound
    comment_page = queries.comment_page(me(), discussion, page)
    actions.read(me(), discussion, comment_page.ids, queries.reading_of(me(), discussion))
    can_comment = rules.comment(me(), discussion)
    # Reading on is no return: nothing is announced as new in the middle of it.
    facts: dict[str, Any] = {
        "comments": comments_html(comment_page, page, bool(can_comment), queries.Unread()),
        "page": page,
        "last": last,
    }
    return show("discussions/_more.html", discussion=discussion, can_comment=can_comment, **facts)


@bp.post("/d/<key>/accord")
def approve(key: str) -> Response:
    """Publish a discussion that waits, or decline it."""
    discussion, given = queries.discussion_for(me(), key), typed("choice", "word")
    decided = actions.decide(me(), discussion, given["choice"], given["word"], request.form.get("seen"))
    return see_other(f"/d/{key}" if decided else f"/d/{key}?deja=1")


@bp.post("/d/<key>/commentaires")
def comment(key: str) -> Response:
    discussion = _answered(key)
    rules.comment(me(), discussion).require()
    given = typed("body", "parent", "once")
    try:
        new = actions.comment(me(), discussion, given["body"], given["parent"], parse_key(given["once"]))
    except Invalid as problem:
        return _page(discussion, given, problem.fields, status=422)
    page = queries.page_of(new)
    if wants_fragment() and request.form.get("page") == str(page):
        return _sent(new, page)
    return see_other(_place(new, page))


def _answered(key: str) -> Discussion:
    """The discussion somebody was writing in; whoever was removed from it meanwhile is told so."""
    try:
        return queries.discussion_for(me(), key)
    except NotFound:
        queries.tell_removed(me(), key)
        raise


@bp.get("/c/<key>")
def one_comment(key: str) -> Response:
    comment = queries.comment_for(me(), key)
    return redirect(_place(comment, queries.page_of(comment)))  # type: ignore[return-value]


@bp.get("/d/<key>/modifier")
def edit_form(key: str) -> Response:
    discussion = queries.discussion_for(me(), key)
    rules.edit(me(), discussion).require()
    in_body = {name.lower() for name in markdown.hashtags(discussion.body)}
    names = queries.tags_of([discussion])[discussion.id]
    chosen = " ".join(name for name in names if name.lower() not in in_body)
    return _editing(discussion, {"title": discussion.title, "body": discussion.body, "tags": chosen}, {})


@bp.post("/d/<key>/modifier")
def edit(key: str) -> Response:
    discussion = queries.discussion_for(me(), key)
    given = typed("title", "body", "tags")
    try:
        actions.edit(me(), discussion, given["title"], given["body"], tag_names(given["tags"]))
    except Invalid as problem:
        return _editing(discussion, given, problem.fields, status=422)
    return see_other(f"/d/{key}")


@bp.get("/c/<key>/modifier")
def edit_comment_form(key: str) -> Response:
    comment = queries.comment_for(me(), key)
    rules.edit_comment(me(), comment).require()
    return _editing_comment(comment, {"body": comment.body}, {})


@bp.post("/c/<key>/modifier")
def edit_comment(key: str) -> Response:
    comment = queries.comment_for(me(), key)
    given = typed("body")
    try:
        actions.edit_comment(me(), comment, given["body"])
    except Invalid as problem:
        return _editing_comment(comment, given, problem.fields, status=422)
    return see_other(_place(comment, queries.page_of(comment)))


@bp.get("/d/<key>/versions")
def versions(key: str) -> Response:
    return _versions(queries.discussion_for(me(), key))


@bp.get("/c/<key>/versions")
def comment_versions(key: str) -> Response:
    comment = queries.comment_for(me(), key)
    return _versions(comment.discussion, comment)


def _opening(group: Group, given: dict[str, str], errors: dict[str, str], status: int = 200) -> Response:
    return show("discussions/new.html", status=status, group=group, typed=given, errors=errors)


def _editing(discussion: Discussion, given: dict[str, str], errors: dict[str, str], status: int = 200) -> Response:
    facts: dict[str, Any] = {"discussion": discussion, "typed": given, "errors": errors}
    return show("discussions/edit.html", status=status, group=discussion.group, **facts)


def _editing_comment(comment: Comment, given: dict[str, str], errors: dict[str, str], status: int = 200) -> Response:
    facts: dict[str, Any] = {"comment": comment, "typed": given, "errors": errors}
    return show("discussions/edit_comment.html", status=status, group=comment.discussion.group, **facts)


def _page(discussion: Discussion, given: dict[str, str], errors: dict[str, str], status: int = 200) -> Response:
    """The page of a discussion; for htmx its form of answer alone, asked for by "Répondre" or sent back with errors."""
    last, unread = queries.last_page(discussion), queries.reading_of(me(), discussion)
    page = page_number() if "page" in request.args else queries.opening_page(discussion, unread)
    if page > last:
        raise NotFound
    facts = _answer_facts(discussion, given, errors) | {"page": page}
    if not wants_fragment():
        facts |= _page_facts(discussion, page, last)
        facts |= _comments_facts(discussion, page, unread, bool(facts["can_comment"]))
        if not me().is_guest and not facts["parent"] and not any((given["body"], errors)):
            own, fragments = ("once",), ("comments", "proposals")
            return show_shared("discussions/discussion.html", own, fragments, **plain(facts))
    return show("discussions/discussion.html", "answer", status=status, **facts)


def _answer_facts(discussion: Discussion, given: dict[str, str], errors: dict[str, str]) -> dict[str, Any]:
    parent = queries.comment_in(discussion, given["parent"])
    can_comment = rules.comment(me(), discussion)
    return {
        "group": discussion.group,
        "discussion": discussion,
        "can_comment": can_comment,
        "arriving": None if can_comment else rules.answer_joining(me(), discussion),
        "joining": None if group_rules.belongs(me(), discussion.group) else group_rules.join(me(), discussion.group),
        "parent": parent,
        "quoted": markdown.cut(markdown.words(parent.body_html), 140) if parent and not wants_fragment() else "",
        "typed": given,
        "once": given["once"],
        "errors": errors,
    }


def _page_facts(discussion: Discussion, page: int, last: int) -> dict[str, Any]:
    return {
        "summary": _summary(discussion.body_html),
        "tags": queries.tags_of([discussion])[discussion.id],
        "proposals": _decided(discussion),
        "can_edit": rules.edit(me(), discussion),
        "can_delete": rules.delete(me(), discussion),
        "can_report": not discussion.hidden_at and discussion.author_id != me().id,
        "can_propose": rules.propose(me(), discussion),
        "can_care": rules.care(me(), discussion),
        "can_approve": rules.approve(me(), discussion),
        "seen": mark_of(rules.read_of(discussion)) if discussion.state == WAITING else "",
        "late": request.args.get("deja") == "1",
        "last": last,
    }


def _decided(discussion: Discussion) -> Markup:
    """The proposals born in it, as HTML."""
    cards = proposals.proposals_in_discussion(me(), discussion)
    return Markup(render_template("discussions/_proposals.html", proposals=cards) if cards else "")  # noqa: S704


@lru_cache(maxsize=200)
def _summary(html: str) -> str:
    return markdown.cut(markdown.words(html), 160)


def _comments_facts(discussion: Discussion, page: int, unread: queries.Unread, can_comment: bool) -> dict[str, Any]:
    """The comments of a page, from now on read by whoever asks, and the first of them that they had not read before."""
    comment_page = queries.comment_page(me(), discussion, page)
    actions.read(me(), discussion, comment_page.ids, unread)
    return {
        "comments": comments_html(comment_page, page, can_comment, unread),
        "continued": comment_page.continued,
        "unread": bool(unread.first),
        "unread_here": unread.first in comment_page.ids,
    }


def _sent(new: Comment, page: int) -> Response:
    """For htmx: the new comment at its place, the count, and the form cleared."""
    comment = queries.comment_for(me(), new.key)
    facts = _answer_facts(comment.discussion, {"body": "", "parent": "", "once": new_key()}, {})
    facts |= {"comments": comment_html(comment, page), "page": page, "after": queries.before(comment)}
    return show("discussions/_sent.html", **facts)


def _versions(discussion: Discussion, comment: Comment | None = None) -> Response:
    listed = queries.versions_of(me(), comment or discussion)
    facts: dict[str, Any] = {"discussion": discussion, "comment": comment, "versions": listed}
    return show("discussions/versions.html", group=discussion.group, **facts)


def _place(comment: Comment, page: int) -> str:
    return f"/d/{comment.discussion.key}{f'?page={page}' if page > 1 else ''}#c-{comment.key}"
