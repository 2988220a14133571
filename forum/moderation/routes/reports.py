"""Reporting: a plain page for each thing that can be reported."""

from flask import Response

from forum import limits
from forum.errors import Invalid
from forum.moderation import actions, charter, kinds, rules
from forum.moderation.kinds import Subject
from forum.moderation.routes import bp
from forum.web.pages import see_other, show
from forum.web.requests import me, typed


@bp.get("/signaler/<noun>/<key>")
def report_form(noun: str, key: str) -> Response:
    subject = kinds.find(me(), noun, key)
    rules.report(me(), subject).require()
    return _form(subject, {"rule": "", "note": "", "site": ""}, {})


@bp.post("/signaler/<noun>/<key>")
def report(noun: str, key: str) -> Response:
    subject, given = kinds.find(me(), noun, key), typed("rule", "note", "site")
    rules.report(me(), subject).require()
    if me().is_guest:
        limits.limit_address("report-visitor")
    try:
        actions.report(me(), subject, given["rule"], given["note"], bool(given["site"]))
    except Invalid as problem:
        return _form(subject, given, problem.fields, 422)
    return see_other(f"/signaler/{noun}/{key}/merci")


@bp.get("/signaler/<noun>/<key>/merci")
def reported(noun: str, key: str) -> Response:
    subject = kinds.find(me(), noun, key)
    return show("moderation/reported.html", subject=subject, author=kinds.author_of(me(), subject))


def _form(subject: Subject, given: dict[str, str], errors: dict[str, str], status: int = 200) -> Response:
    return show(
        "moderation/report.html",
        status=status,
        subject=subject,
        kind=subject.kind,
        author=kinds.author_of(me(), subject),
        choices=charter.choices(subject.group),
        typed=given,
        errors=errors,
    )
