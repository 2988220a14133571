"""What is reported: the queues, and each case with the form of its decision."""

from flask import Response, request

from forum.errors import Invalid
from forum.groups import queries as groups, rules as group_rules
from forum.groups.models import Group
from forum.moderation import actions, charter, kinds, masks, queries, rules, sentences
from forum.moderation.models import Case, Report
from forum.moderation.routes import bp
from forum.web.pages import see_other, show
from forum.web.requests import me, page_number, typed

FIELDS = ("text", "measure", "days", "rule", "reason", "seen")


@bp.get("/g/<handle>/signalements")
def group_queue(handle: str) -> Response:
    return _queue(groups.group_for(me(), handle))


@bp.get("/site/moderation")
@bp.get("/moderation")
def site_queue() -> Response:
    return _queue(None)


@bp.get("/moderation/<key>")
def case(key: str) -> Response:
    return _case(queries.case_for(me(), key), {}, {})


@bp.post("/moderation/<key>")
def decide(key: str) -> Response:
    case, given = queries.case_for(me(), key), typed(*FIELDS)
    try:
        decision = actions.decide(me(), case, actions.DecisionDraft(**given))
    except Invalid as problem:
        return _case(queries.case_for(me(), key), given, problem.fields, 422)
    late = "" if decision.by_id == me().id else "?tard=1"
    return see_other(f"/moderation/{key}{late}")


@bp.post("/moderation/<key>/transmettre")
def escalate(key: str) -> Response:
    case = queries.case_for(me(), key)
    actions.escalate(me(), case)
    return see_other(f"/g/{case.group.handle}/signalements" if case.group else "/moderation")


def _queue(group: Group | None) -> Response:
    page = page_number()
    waiting, more = queries.queue_for(me(), group, page=page)
    return show(
        "moderation/queue.html",
        group=group,
        waiting=waiting,
        decided=queries.queue_for(me(), group, decided=True)[0][:10] if page == 1 else [],
        objections=queries.objections_for(me(), group),
        page=page,
        more=more,
    )


def _case(case: Case, given: dict[str, str], errors: dict[str, str], status: int = 200) -> Response:
    subject = queries.present(case)
    reports = queries.reports_of(case)
    return show(
        "moderation/case.html",
        status=status,
        case=case,
        kind=kinds.KINDS[case.kind],
        subject=subject,
        context=_context(case, subject),
        changed=subject is not None and not masks.hidden(case.kind, case.subject_id) and subject.digest != case.digest,
        reports=reports,
        rules=charter.RULES,
        decisions=queries.decisions_about(case),
        sentences=sentences,
        decided=case.decisions.first(),
        late=request.args.get("tard") == "1",
        verdict=rules.decide(me(), case),
        can_escalate=rules.escalate(me(), case),
        choices=[(code, wrong) for code, wrong, _ in charter.choices(case.group)],
        measures=_measures(case),
        typed={"text": "", "measure": "", "days": "7", "rule": _first(reports), "reason": "", **given},
        errors=errors,
    )


def _context(case: Case, subject: kinds.Subject | None) -> str:
    """Where the text is read, for whoever may read it there: of others' groups moderators see this text alone."""
    if subject is None or not subject.address:
        return ""
    readable = case.group is None or group_rules.read_content(me(), case.group)
    return subject.address if readable else ""


def _first(reports: list[Report]) -> str:
    """The rule that most reports name."""
    named = [report.rule for report in reports]
    return max(named, key=named.count) if named else ""


def _measures(case: Case) -> list[tuple[str, str]]:
    if case.concerned_id is None:
        return []
    found = [("", "Rien"), ("warn", "L’avertir")]
    if case.group_id is not None:
        found.append(("group", "La suspendre du groupe : elle lit, sans écrire"))
    return found + ([("site", "La suspendre du site")] if rules.moderates(me()) else [])
