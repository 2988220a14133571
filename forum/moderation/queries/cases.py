"""Reading cases, decisions and objections, always for somebody."""

from collections.abc import Collection
from dataclasses import dataclass, field

from peewee import JOIN, ColumnBase, ModelSelect

from forum.accounts.models import Account, Viewer
from forum.database.clock import now
from forum.database.select import paged
from forum.database.transactions import held
from forum.errors import NotFound
from forum.groups import rules as groups
from forum.groups.models import Group
from forum.moderation import kinds, rules
from forum.moderation.charter import RULES
from forum.moderation.kinds import Subject
from forum.moderation.models import Case, Decision, Objection, Report
from forum.text import markdown
from forum.text.dates import iso
from forum.text.typed import parse_key

PAGE = 30


@dataclass
class QueuedCase:
    """A case in a queue: how many reported it, and for which rules."""

    case: Case
    number: int = 0
    wrongs: list[str] = field(default_factory=list)

    @property
    def what(self) -> str:
        """Its kind, as a sentence begins with it."""
        a = kinds.KINDS[self.case.kind].a
        return a[0].upper() + a[1:]

    @property
    def words(self) -> str:
        """The beginning of what it says."""
        return markdown.cut(f"{self.case.title} {markdown.words(self.case.body_html)}".strip(), 60)


def queue_for(
    member: Viewer, group: Group | None, decided: bool = False, page: int = 1
) -> tuple[list[QueuedCase], bool]:
    """The cases of a group, or of the site (None), that await a decision, or the decided ones; 30 a page, and whether
    there are more.

    Never those about this person. Raises Refused.
    """
    rules.see_queue(member, group).require()
    place = (Case.group == group.id) & (Case.desk == "group") if group else Case.desk == "site"
    others = Case.concerned.is_null() | (Case.concerned != member.id)
    rows = _cases().where(place, others, Case.decided_at.is_null(not decided))
    order = Case.decided_at.desc() if decided else Case.opened_at
    cases, more = paged(rows.order_by(order, Case.id), page, PAGE)
    lines = {case.id: QueuedCase(case) for case in cases}
    for row in Report.select(Report.case, Report.rule).where(Report.case.in_(list(lines))) if lines else ():
        line = lines[row.case_id]
        line.number += 1
        line.wrongs = list(dict.fromkeys([*line.wrongs, RULES[row.rule].wrong]))
    return list(lines.values()), more


def objections_for(member: Viewer, group: Group | None) -> list[Objection]:
    """The objections that await this person's judgement, in a group or (None) as one of the site's moderators."""
    rows = Objection.select(Objection, Decision, Case).join(Decision).join(Case)
    rows = rows.where(Objection.judged_at.is_null()).order_by(Objection.id)
    if group is not None:
        rows = rows.where(Decision.group == group.id, rules.BY_ANIMATORS)
    return [row for row in rows.limit(200) if rules.judge(member, row)]


def case_for(member: Viewer, key: str) -> Case:
    """The case of this key. Raises NotFound when there is none that this person may open."""
    case = _cases().where(Case.key == parse_key(key)).first()
    if case is None or not rules.see(member, case):
        raise NotFound
    return case


def reports_of(case: Case) -> list[Report]:
    """The reports of a case read for somebody, oldest first, without who made them."""
    return list(Report.select(*_anonymous()).where(Report.case == case.id).order_by(Report.id))


def decisions_about(case: Case) -> list[Decision]:
    """What was decided about the same subject, this case included, the latest first."""
    rows = Decision.select(Decision, Case).join(Case)
    same = Case.kind == case.kind, Case.subject_id == case.subject_id
    return list(rows.where(*same).order_by(Decision.id.desc()).limit(PAGE))


def decision_for(member: Viewer, key: str) -> Decision:
    """The decision of this key, for whoever may read where it was taken, and those it concerns. Raises NotFound."""
    decision = Decision.select(Decision, Case).join(Case).where(Decision.key == parse_key(key)).first()
    if decision is None or not (rules.concerns(member, decision) or _open_to(member, decision)):
        raise NotFound
    return decision


def _open_to(member: Viewer, decision: Decision) -> bool:
    """Whoever reads the notice in place of hidden words may read why; those who may open it, or judge, everything."""
    if rules.see(member, decision.case) or any(rules.judge(member, row) for row in decision.objections):
        return True
    return decision.hides and decision.group is not None and bool(groups.read_content(member, decision.group))


def objection_of(decision: Decision) -> Objection | None:
    """The objection to a decision read for somebody; None without one."""
    return Objection.get_or_none(Objection.decision == decision.id)


def decisions_in_force(member_id: int, measure: str, group_ids: Collection[int] = ()) -> list[Decision]:
    """The suspensions of a person that hold now: from the site, or from one of these groups."""
    mine = (Decision.concerned == member_id) & (Decision.measure == measure)
    where = Decision.group.in_(list(group_ids)) if measure == "group" else True
    rows = Decision.select().where(mine, where, Decision.undone_at.is_null(), Decision.until > now())
    return list(rows.order_by(Decision.until.desc()))


def decision_suspending(account: Account) -> Decision | None:
    """The decision that keeps this person from signing in the longest, read for themselves."""
    return next(iter(decisions_in_force(account.id, "site")), None)


def present(case: Case) -> Subject | None:
    """What the subject of a case read for somebody says now; None when it is gone."""
    return kinds.present(case.kind, case.subject_id)


def lock(case: Case) -> Case:
    """The case's present row, held until the end of the transaction."""
    return held(Case.select().where(Case.id == case.id)).get()


def data_of(member: Account) -> dict[str, object]:
    """What the person reported, and what was decided about them, for the file of all their data."""
    made = Report.select(Report, Case.kind).join(Case).where(Report.reporter == member.id).order_by(Report.id)
    about = Decision.select(Decision, Case).join(Case).where(Decision.concerned == member.id).order_by(Decision.id)
    return {
        "reports": [
            {"about": row.case.kind, "rule": row.rule, "note": row.note, "made_at": iso(row.made_at)} for row in made
        ],
        "decisions": [_told(row) for row in about],
    }


def _told(decision: Decision) -> dict[str, object]:
    objection = objection_of(decision)
    return {
        "about": decision.case.kind,
        "title": decision.case.title,
        "body_html": decision.case.body_html,
        "hidden": decision.hides,
        "measure": decision.measure,
        "rule": decision.rule,
        "reason": decision.reason,
        "decided_at": iso(decision.decided_at),
        "undone_at": iso(decision.undone_at) if decision.undone_at else None,
        "objection": objection.text if objection else None,
    }


def _cases() -> "ModelSelect[Case]":
    return Case.select(Case, Group).join(Group, JOIN.LEFT_OUTER)


def _anonymous() -> list[ColumnBase]:
    told = [field for field in Report._meta.sorted_fields if field is not Report.reporter]
    return [*told, Report.reporter.is_null().alias("from_visitor")]
