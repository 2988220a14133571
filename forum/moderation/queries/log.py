"""The public log of a group and of the site: what was done in public, dated, naming nobody.

It is read from the journal: the lines whose verb has a sentence in `sentences.PUBLIC`. Such a sentence is read by
everybody who may read the group: no pseudonym, no key, no words of a member.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from peewee import JOIN, Expression

from forum.accounts.models import Viewer
from forum.database.select import START, Cursor, latest
from forum.groups import rules as groups
from forum.groups.models import Group
from forum.moderation import rules, sentences
from forum.moderation.charter import RULES
from forum.moderation.models import Case, Decision, Objection
from forum.tasks.journal import JournalLine
from forum.text import dates

LOG_PAGE = 30
DECIDED = "moderation.decided"
# Acts whose reason, written by whoever animates, is public.
WITH_REASON = ("membership.removed", *sentences.OF_SITE)


@dataclass(frozen=True)
class LogEntry:
    """A line of the log: its day, what was done, and for a decision why, by whose part, and what became of it."""

    at: datetime
    said: str
    reason: str = ""
    rule: str = ""
    rule_address: str = ""
    by: str = ""
    after: tuple[str, ...] = ()
    place: str = ""

    def as_json(self) -> dict[str, object]:
        """The entry for machines: the day alone, as on the page."""
        told = {"day": self.at.astimezone(dates.PARIS).date().isoformat(), "said": self.said, "place": self.place}
        return told | {"rule": self.rule, "reason": self.reason, "by": self.by, "after": list(self.after)}


def log_of_group(member: Viewer, group: Group, before: Cursor = START) -> tuple[list[LogEntry], Cursor | None]:
    """The log of a group, the latest first, 30 a page, and where the next begins. Raises Refused to whoever may not
    read what is said there."""
    groups.read_content(member, group).require()
    return _entries((JournalLine.group_id == group.id) & JournalLine.verb.in_([DECIDED, *sentences.PUBLIC]), before)


def log_of_site(before: Cursor = START) -> tuple[list[LogEntry], Cursor | None]:
    """The decisions of the site's moderators, wherever they were taken, and its offices given and taken, the latest
    first, 30 a page, and where the next begins; open to everybody."""
    theirs = Decision.select(Decision.id).where(~rules.BY_ANIMATORS)
    decided = (JournalLine.verb == DECIDED) & JournalLine.subject_id.in_(theirs)
    return _entries(decided | JournalLine.verb.in_(list(sentences.OF_SITE)), before, named=True)


def _entries(where: Expression, before: Cursor, named: bool = False) -> tuple[list[LogEntry], Cursor | None]:
    lines, older = latest(JournalLine.select().where(where), before, LOG_PAGE, JournalLine.id)
    decisions = _decisions(line.subject_id or 0 for line in lines if line.verb == DECIDED)
    objections = {row.decision_id: row for row in Objection.select().where(Objection.decision.in_(list(decisions)))}
    found = []
    for line in lines:
        decision = decisions.get(line.subject_id or 0) if line.verb == DECIDED else None
        if decision is not None:
            found.append(_decided(decision, objections.get(decision.id), named))
        elif line.verb in (*sentences.PUBLIC, *sentences.OF_SITE):
            facts = json.loads(line.facts)
            reason = facts.get("reason", "") if line.verb in WITH_REASON else ""
            found.append(LogEntry(line.at, sentences.act_in_public(line.verb, facts), reason))
    return found, older


def _decisions(ids: Iterable[int]) -> dict[int, Decision]:
    rows = Decision.select(Decision, Case, Group).join(Case).join_from(Decision, Group, JOIN.LEFT_OUTER)
    return {row.id: row for row in rows.where(Decision.id.in_(list(ids)))}


def _decided(decision: Decision, objection: Objection | None, named: bool) -> LogEntry:
    rule = RULES[decision.rule]
    after = sentences.undone_in_public(decision), sentences.objection_in_public(objection)
    public = decision.group is not None and decision.group.visibility == "ouvert"
    return LogEntry(
        decision.decided_at,
        sentences.in_public(decision),
        decision.reason,
        rule.name,
        rule.address(decision.group) if public or not named else "",
        sentences.ROLES[decision.role],
        tuple(filter(None, after)),
        f"#{decision.group.handle}" if named and public else "",
    )
