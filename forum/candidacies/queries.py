"""Reading candidacies, always for somebody."""

from typing import Any

from peewee import fn

from forum.accounts.models import Account, Viewer
from forum.candidacies import rules
from forum.candidacies.models import Candidacy, CandidacyCall, CandidacyWord
from forum.chains import queries as chains
from forum.database.select import START, Cursor, latest, tuples
from forum.database.transactions import held
from forum.errors import NotFound
from forum.groups import queries as groups
from forum.groups.models import Group
from forum.text.dates import iso
from forum.text.typed import parse_key

PAGE = 30
# More than any seat has seen; a page holds no more.
MOST_CANDIDACIES = 200
MOST_WORDS = 300


def calls_for(member: Viewer) -> Any:
    """A query of the calls this person may read, each with its group and whoever published it."""
    return (
        CandidacyCall.select(CandidacyCall, Group, Account.id, Account.username)
        .join(Group)
        .join_from(CandidacyCall, Account)
        .where(rules.readable_by(member))
    )


def call_for(member: Viewer, key: str) -> CandidacyCall:
    """The call of this key. Raises NotFound when there is none, or none that this person may read."""
    rows = groups.with_standing(member, calls_for(member).where(CandidacyCall.key == parse_key(key)))
    found = groups.stand(member, list(rows))
    if not found:
        raise NotFound
    return found[0]


def calls_in(member: Viewer, group: Group, before: Cursor = START) -> tuple[list[CandidacyCall], Cursor | None]:
    """The calls of a group, the newest first, 30 a page, and where the next begins."""
    return latest(calls_for(member).where(CandidacyCall.group == group.id), before, PAGE, CandidacyCall.id)


def candidacies_of(member: Viewer, call: CandidacyCall) -> list[Candidacy]:
    """Who stands or stood in a call, in the order in which they came."""
    return list(_for(member).where(Candidacy.call == call.id).order_by(Candidacy.id).limit(MOST_CANDIDACIES))


def candidacy_for(member: Viewer, key: str) -> Candidacy:
    """The candidacy of this key, with its call as this person stands to it. Raises NotFound."""
    found = _for(member).where(Candidacy.key == parse_key(key)).first()
    if found is None:
        raise NotFound
    found.call = call_for(member, found.call.key)
    return found


def own_candidacy(member: Viewer, call: CandidacyCall) -> Candidacy | None:
    """This person's own in a call, None where they do not stand."""
    return Candidacy.get_or_none(Candidacy.call == call.id, Candidacy.member == member.id)


def candidacies_at(member: Viewer, place: str) -> list[Candidacy]:
    """Who stands or stood for a circonscription, whatever the group that called, the newest first."""
    return list(_for(member).where(Candidacy.place == place).order_by(Candidacy.id.desc()).limit(MOST_CANDIDACIES))


def standing_now(member: Viewer, most: int) -> list[Candidacy]:
    """Who stands for a circonscription, by its code, `most` at most."""
    rows = _for(member).where(Candidacy.place != "", Candidacy.withdrawn_at.is_null())
    return list(rows.order_by(Candidacy.place, Candidacy.id).limit(most))


def calls_at(member: Viewer, place: str) -> list[CandidacyCall]:
    """The calls for a circonscription: for it alone, or for all, the newest first."""
    here = (CandidacyCall.place == place) | (CandidacyCall.scope == "every")
    return list(calls_for(member).where(here).order_by(CandidacyCall.id.desc()).limit(PAGE))


def standing_by_place(member: Viewer) -> dict[str, tuple[int, int]]:
    """For each circonscription where somebody stands: how many do, and how many are designated."""
    rows = (
        Candidacy.select(Candidacy.place, fn.COUNT(Candidacy.id), fn.COUNT(Candidacy.designated_at))
        .join(CandidacyCall)
        .join(Group)
        .where(rules.readable_by(member), Candidacy.withdrawn_at.is_null(), Candidacy.place != "")
        .group_by(Candidacy.place)
    )
    return {place: (standing, designated) for place, standing, designated in tuples(rows)}


def words_under(member: Viewer, candidacy: Candidacy) -> list[CandidacyWord]:
    """What was asked, objected and answered under a candidacy that was read for this person, the first first."""
    rows = CandidacyWord.select(CandidacyWord, Account.id, Account.username).join(Account)
    return list(rows.where(CandidacyWord.candidacy == candidacy.id).order_by(CandidacyWord.id).limit(MOST_WORDS))


def word_for(member: Viewer, key: str) -> CandidacyWord:
    """One of them, with its candidacy. Raises NotFound."""
    found = CandidacyWord.get_or_none(CandidacyWord.key == parse_key(key))
    if found is None:
        raise NotFound
    found.candidacy = candidacy_for(member, found.candidacy.key)
    return found


def record_file(call: CandidacyCall) -> bytes:
    """The record of a call as JSON lines; whole: what is missing would not be seen in a part of it."""
    return chains.as_json_lines(chains.lines_of(call.chain)).encode()


def lock(call: CandidacyCall) -> CandidacyCall:
    """The present row with its group, held until the end of the transaction: its record is written line by line."""
    query = CandidacyCall.select(CandidacyCall, Group).join(Group).where(CandidacyCall.id == call.id)
    row = held(query, CandidacyCall).first()
    if row is None:
        raise NotFound
    return row


def data_of(member: Account) -> dict[str, list[dict[str, Any]]]:
    """The calls the person published, where they stand, what they said there: for the file of all their data."""
    called = CandidacyCall.select().where(CandidacyCall.author == member.id).order_by(CandidacyCall.id)
    stands = Candidacy.select().where(Candidacy.member == member.id).order_by(Candidacy.id)
    said = CandidacyWord.select().where(CandidacyWord.author == member.id).order_by(CandidacyWord.id)
    return {
        "called": [{"key": row.key, "title": row.title, "at": iso(row.created_at)} for row in called],
        "standing": [
            {"key": row.key, "place": row.place, "statement": row.statement, "affiliations": row.affiliations}
            for row in stands
        ],
        "said": [{"kind": row.kind, "body": row.body, "at": iso(row.created_at)} for row in said],
    }


def _for(member: Viewer) -> Any:
    return (
        Candidacy.select(Candidacy, CandidacyCall, Group, Account.id, Account.username)
        .join(CandidacyCall)
        .join(Group)
        .join_from(Candidacy, Account)
        .where(rules.readable_by(member))
    )
