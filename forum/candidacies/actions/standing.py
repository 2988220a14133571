"""Calling for candidacies, standing, what is asked and answered, and what is taken back."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from huey import crontab

from forum import limits
from forum.accounts.models import Account, Viewer
from forum.candidacies import queries, rules
from forum.candidacies.models import Candidacy, CandidacyCall, CandidacyWord
from forum.candidacies.words import ANSWERED, ASKED, DESIGNATIONS, SCOPES
from forum.chains import actions as chains
from forum.database.clock import now
from forum.database.idempotency import act_key, sent_before
from forum.database.keys import new_key
from forum.database.transactions import transaction
from forum.errors import check
from forum.groups import queries as groups
from forum.groups.models import Group
from forum.places import queries as places
from forum.tasks import journal
from forum.tasks.jobs import huey
from forum.text import fields
from forum.text.dates import iso
from forum.text.typed import hour_problem, many_lines, parse_moment

LONGEST_TITLE = 120
LONGEST_CONDITIONS = 1_000
LONGEST_STATEMENT = 8_000
LONGEST_AFFILIATIONS = 1_000
LONGEST_WORD = 2_000
FURTHEST = timedelta(days=3 * 366)
CHOOSE = "Choisissez dans la liste."
NO_PLACE = "Écrivez le code d’une circonscription, comme 087-03."
NOT_AFTER = "La décision vient après la fin du dépôt."


@dataclass(frozen=True)
class Calendar:
    """A call as it was typed; moments in Paris time, `place` the code of a circonscription."""

    title: str
    conditions: str
    closes_at: str
    decides_at: str
    scope: str = "every"
    designation: str = "proposal"
    place: str = ""
    once: str = ""


def call(member: Viewer, group: Group, typed: Calendar) -> CandidacyCall:
    """Publish a call with its calendar. Sent twice, it is published once and returned again.

    Raises Refused, Invalid (title, conditions, closes_at, decides_at, scope, designation, place).
    """
    rules.call(member, group).require()
    columns = _read(typed)
    limits.limit_member(member, "open")
    with transaction():
        group = groups.lock(group)
        rules.call(member, group).require()
        once = act_key(typed.once, group.id, columns["title"])
        same = (CandidacyCall.group == group.id) & (CandidacyCall.title == columns["title"])
        return sent_before(member, CandidacyCall, once, same) or _begin(member, group, columns, once)


def stand(member: Viewer, call: CandidacyCall, statement: str, affiliations: str = "", place: str = "") -> Candidacy:
    """Publish one's own candidacy; one stands once in a call: again, the first is returned.

    Raises Refused, Invalid (statement, affiliations, place).
    """
    rules.stand(member, call).require()
    first = queries.own_candidacy(member, call)
    if first:
        return first
    where = _place_stood_for(call, place)
    check(
        statement=fields.body_problem(statement, LONGEST_STATEMENT),
        affiliations=fields.body_problem(affiliations, LONGEST_AFFILIATIONS, 0),
        place=NO_PLACE if where is None else None,
    )
    limits.limit_member(member, "open")
    with transaction():
        call = queries.lock(call)
        rules.stand(member, call).require()
        words = {"statement": many_lines(statement).strip(), "affiliations": many_lines(affiliations).strip()}
        return queries.own_candidacy(member, call) or _publish(member, call, {"place": where or "", **words})


def withdraw(member: Viewer, candidacy: Candidacy) -> None:
    """Withdraw one's candidacy; its page stays and says so. Once is enough. Raises Refused."""
    with transaction():
        call = queries.lock(candidacy.call)
        rules.withdraw(member, candidacy).require()
        if _withdraw(candidacy, call):
            subject = "candidacy", candidacy.id
            journal.record("candidacy.withdrawn", actor=member, group=call.group, subject=subject)


def say(member: Viewer, candidacy: Candidacy, kind: str, body: str, once: str = "") -> CandidacyWord:
    """Ask or object, for the members; answer or correct, for whoever stands. Sent twice, it is said once.

    Raises Refused, Invalid (kind, body).
    """
    allowed = rules.answer if kind in ANSWERED else rules.ask
    allowed(member, candidacy).require()
    check(
        kind=None if kind in ASKED | ANSWERED else CHOOSE,
        body=fields.body_problem(body, LONGEST_WORD),
    )
    limits.limit_member(member, "post")
    with transaction():
        candidacy.call = queries.lock(candidacy.call)
        allowed(member, candidacy).require()
        words = many_lines(body).strip()
        key = act_key(once, candidacy.id, kind, words)
        same = (CandidacyWord.candidacy == candidacy.id) & (CandidacyWord.body == words)
        return sent_before(member, CandidacyWord, key, same) or _say(member, candidacy, kind, words, key)


def take_back(member: Viewer, word: CandidacyWord) -> None:
    """Take the words of a question, an objection or an answer away. That it was there stays. Raises Refused."""
    with transaction():
        rules.take_back(member, word).require()
        _forget_word(word, word.candidacy.call.chain)


def take_statement_back(member: Viewer, candidacy: Candidacy) -> None:
    """Take the words of a candidacy away; that somebody stood stays. Raises Refused."""
    with transaction():
        rules.take_back(member, candidacy).require()
        _forget_statement(candidacy, candidacy.call.chain)


def leave(account: Account) -> None:
    """Whoever leaves the site stands no more; their words go, and that somebody withdrew stays."""
    rows = Candidacy.select(Candidacy, CandidacyCall, Group).join(CandidacyCall).join(Group)
    for candidacy in list(rows.where(Candidacy.member == account.id)):
        _withdraw(candidacy, queries.lock(candidacy.call))
        _forget_statement(candidacy, candidacy.call.chain)
    words = CandidacyWord.select(CandidacyWord, Candidacy, CandidacyCall).join(Candidacy).join(CandidacyCall)
    for word in list(words.where(CandidacyWord.author == account.id)):
        _forget_word(word, word.candidacy.call.chain)


def pour(group: Group, target: Group) -> list[int]:
    """Move all calls of a group that is poured into another; their ids. Each record goes with its call."""
    ids = [row.id for row in CandidacyCall.select(CandidacyCall.id).where(CandidacyCall.group == group.id)]
    return pour_back(ids, target)


def pour_back(ids: list[int], group: Group) -> list[int]:
    """Move these calls to a group, when a merger is undone."""
    CandidacyCall.update(group=group.id).where(CandidacyCall.id.in_(ids)).execute()
    return ids


@huey.periodic_task(crontab(hour="4", minute="35"))
def forget_lost_records() -> None:
    """Each night: the record of a call that went with its group goes as well."""
    with transaction():
        chains.erase_lost("candidacies-", CandidacyCall.select(CandidacyCall.chain))


def _begin(member: Viewer, group: Group, columns: dict[str, Any], once: str | None) -> CandidacyCall:
    key = new_key()
    made = CandidacyCall.create(key=key, group=group, author=member, once=once, chain=f"candidacies-{key}", **columns)
    told = {name: columns[name] for name in ("title", "conditions", "scope", "place", "designation")}
    dates = {name: iso(columns[name]) for name in ("closes_at", "decides_at")}
    chains.append(made.chain, "called", call=key, **told, **dates)
    journal.record("candidacies.called", actor=member, group=group, subject=("candidacies", made.id))
    return made


def _publish(member: Viewer, call: CandidacyCall, columns: dict[str, Any]) -> Candidacy:
    key = new_key()
    line = chains.append(call.chain, "stood", candidacy=key, member=member.username, **columns)
    made = Candidacy.create(key=key, call=call, member=member, line=line.number, **columns)
    journal.record("candidacy.published", actor=member, group=call.group, subject=("candidacy", made.id))
    return made


def _withdraw(candidacy: Candidacy, call: CandidacyCall) -> bool:
    """Whether it was not withdrawn yet."""
    still = Candidacy.id == candidacy.id, Candidacy.withdrawn_at.is_null()
    changed = Candidacy.update(withdrawn_at=now()).where(*still).execute()
    if changed:
        chains.append(call.chain, "withdrew", candidacy=candidacy.key)
    return bool(changed)


def _say(member: Viewer, candidacy: Candidacy, kind: str, body: str, once: str | None) -> CandidacyWord:
    call, key = candidacy.call, new_key()
    told = {"word": key, "candidacy": candidacy.key, "member": member.username, "body": body}
    line = chains.append(call.chain, kind, **told)
    columns = {"key": key, "candidacy": candidacy, "author": member, "kind": kind, "body": body, "once": once}
    made = CandidacyWord.create(line=line.number, **columns)
    told_to = [candidacy.member_id] if kind in ASKED else []
    note = journal.Note(told_to, f"{ASKED.get(kind, '')} à votre candidature", f"/candidatures/c/{candidacy.key}")
    journal.record(
        "candidacy.discussed", actor=member, group=call.group, subject=("candidacy", candidacy.id), note=note
    )
    return made


def _forget_word(word: CandidacyWord, chain: str) -> None:
    there = CandidacyWord.id == word.id, CandidacyWord.taken_back_at.is_null()
    CandidacyWord.update(body="", taken_back_at=now()).where(*there).execute()
    chains.forget(chain, word.line)


def _forget_statement(candidacy: Candidacy, chain: str) -> None:
    there = Candidacy.id == candidacy.id, Candidacy.taken_back_at.is_null()
    Candidacy.update(statement="", affiliations="", taken_back_at=now()).where(*there).execute()
    chains.forget(chain, candidacy.line)


def _read(typed: Calendar) -> dict[str, Any]:
    """The columns meant by a calendar. Raises Invalid."""
    closes, decides = parse_moment(typed.closes_at), parse_moment(typed.decides_at)
    place = _constituency(typed.place) if typed.scope == "place" else ""
    early = closes and decides and decides < closes
    check(
        title=fields.line_problem(typed.title, LONGEST_TITLE),
        conditions=fields.body_problem(typed.conditions, LONGEST_CONDITIONS),
        scope=None if typed.scope in SCOPES else CHOOSE,
        place=NO_PLACE if place is None else None,
        designation=None if typed.designation in DESIGNATIONS else CHOOSE,
        closes_at=_moment_problem(typed.closes_at),
        decides_at=_moment_problem(typed.decides_at) or (NOT_AFTER if early else None),
    )
    words = {"title": typed.title.strip(), "conditions": many_lines(typed.conditions).strip()}
    dates = {"closes_at": closes, "decides_at": decides}
    return words | dates | {"scope": typed.scope, "place": place, "designation": typed.designation}


def _moment_problem(typed: str) -> str | None:
    moment = parse_moment(typed)
    if moment is None:
        return "Écrivez un jour et une heure, comme 21/03/2027 20:00."
    if not now() < moment < now() + FURTHEST:
        return "Choisissez un moment à venir, dans les trois ans."
    return hour_problem(typed)


def _place_stood_for(call: CandidacyCall, typed: str) -> str | None:
    """The circonscription somebody stands for, '' for an office, None where what was typed is none."""
    return _constituency(typed) if call.scope == "every" else call.place


def _constituency(typed: str) -> str | None:
    found = places.place(places.canonical(typed.strip()[:10]))
    return found.code if found and found.kind == "circonscription" else None
