"""What a member changes in tags; one transaction each."""

import csv
from collections.abc import Iterable
from itertools import islice

from forum import limits
from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.select import tuples
from forum.database.tables import Base
from forum.database.transactions import transaction
from forum.errors import Invalid, check
from forum.tags import queries, rules, spelling
from forum.tags.models import News, Subscription, Synonym, Tag, Voice
from forum.tasks import journal
from forum.tasks.jobs import job
from forum.text import markdown
from forum.text.typed import folded, without_hash

LONGEST_REASON = 500
LONGEST_TYPED = 60
# Besides those chosen; a body of nothing but hashtags is no reason to write a thousand rows.
MOST_HASHTAGS = 12
DECLARED = "L’écriture inclusive le dit : « {} » désigne les deux."
VERBS = {
    "proposed": "tag.synonym_proposed",
    "accepted": "tag.synonym_accepted",
    "refused": "tag.synonym_refused",
    "undone": "tag.synonym_undone",
    "parted": "tag.synonym_parted",
}
SEEDS = (("insoumis", "insoumise", "Deux formes d’un même mot."),)


def ensure(typed: str, member: Viewer | None = None) -> Tag:
    """The tag of this spelling, created when it is the first. Inside the transaction of whoever tags.

    What `typed` declares by its inclusive writing (zorglub·e) is one from now on, unless it was undone before.
    """
    declared = spelling.declares(typed)
    if declared:
        _join_declared(typed, *declared, member)
    return queries.spelled(typed) or tag_of_key(spelling.key(typed), spelling.label(typed))


def names_problem(names: Iterable[str], most: int) -> str | None:
    """Why these cannot all be tags of one thing, in French; None when they can."""
    names = list(names)
    wrong = next((name for name in names if not spelling.valid(name)), None)
    if wrong is not None:
        return f"« {wrong[:40]} » ne peut pas être un mot-clé : lettres, chiffres et tirets, 50 signes au plus."
    return f"Choisissez {most} mots-clés au plus." if len(names) > most else None


def with_hashtags(names: Iterable[str], body: str) -> list[str]:
    """The tags chosen for a text, and the hashtags of its body: the first dozen of those that can be tags."""
    valid = (name for name in markdown.hashtags(body) if names_problem([name], 1) is None)
    return [*names, *islice(valid, MOST_HASHTAGS)]


def attach(table: type[Base], names: Iterable[str], tried_out: bool, **owner: int) -> None:
    """Put tags on a thing: rows of this table, each with its `owner`, the tag, and the spelling it bears there.

    What is tried out leaves no word behind. Inside the transaction of whoever tags.
    """
    for typed in () if tried_out else names:
        row = {**owner, "tag": ensure(typed).id, "typed": without_hash(typed)[:LONGEST_TYPED]}
        table.insert(row).on_conflict_ignore().execute()


def propose(member: Viewer, tag: Tag, name: str, reason: str = "") -> Synonym:
    """Propose that `name` be the same as this tag; proposed already, it counts as a confirmation.

    A gardener's is accepted at once. Raises Refused, Invalid (name, reason).
    """
    rules.propose(member).require()
    check(name=names_problem([name], 1), reason=reason_problem(reason))
    limits.limit_member(member, "open")
    with transaction():
        queries.lock_synonyms()
        tag, other = _root(tag), _root(ensure(name, member))
        if tag.id == other.id:
            raise Invalid({"name": f"« {spelling.label(name)} » et « {tag.label} » sont déjà un seul et même mot-clé."})
        found = queries.between(other, tag)
        if found and found.state == "proposed":
            return _confirm_again(member, found)
        synonym = Synonym.create(
            name=spelling.label(name), tag=other, into=tag, proposed_by=member.id, reason=reason.strip()
        )
        _record("proposed", member, synonym)
        settle_on_time.schedule((synonym.id,), eta=synonym.created_at + queries.DELAY)
        if rules.decide(member):
            settle_as(synonym, "accepted", member)
    return synonym


def confirm(member: Viewer, synonym: Synonym) -> None:
    """Say that they are one; saying it again changes nothing. Raises Refused."""
    limits.limit_member(member, "post")
    with transaction():
        synonym = _locked(synonym)
        rules.confirm(member, synonym).require()
        _say(member, synonym, "confirm")
        _settle(synonym)


def object_to(member: Viewer, synonym: Synonym, reason: str = "") -> None:
    """Say that they are not one, and why: from then on a gardener decides. Raises Refused, Invalid (reason)."""
    rules.object_to(member, synonym).require()
    check(reason=reason_problem(reason) or ("Dites en une phrase pourquoi." if not reason.strip() else None))
    limits.limit_member(member, "post")
    with transaction():
        synonym = _locked(synonym)
        rules.object_to(member, synonym).require()
        _say(member, synonym, "object", reason)


def ask_undo(member: Viewer, synonym: Synonym, reason: str = "") -> None:
    """Ask to part again what a synonym joined; a gardener does it at once. Raises Refused, Invalid (reason)."""
    check(reason=reason_problem(reason))
    limits.limit_member(member, "post")
    with transaction():
        synonym = _locked(synonym)
        rules.ask_undo(member, synonym).require()
        _say(member, synonym, "undo", reason)
        if rules.decide(member):
            return settle_as(synonym, "undone", member)
        settle_on_time.schedule((synonym.id,), eta=now() + queries.DELAY)


def decide(member: Viewer, synonym: Synonym, accepted: bool) -> None:
    """Accept or refuse a proposed synonym at once; for gardeners. Raises Refused."""
    rules.decide(member).require()
    with transaction():
        synonym = _locked(synonym)
        if synonym.state == "proposed":
            settle_as(synonym, "accepted" if accepted else "refused", member)


def settle_due() -> None:
    """Decide every synonym whose time has come."""
    for number in queries.due_ids():
        with transaction():
            _settle(_locked(Synonym(id=number)))


@job()
def settle_on_time(number: int) -> None:
    """The worker's look at one synonym when its time to object is over."""
    if number in queries.due_ids():
        with transaction():
            _settle(_locked(Synonym(id=number)))


def follow(member: Viewer, tag: Tag) -> None:
    """Follow a tag under all its spellings; following already changes nothing. Raises Refused."""
    rules.follow(member).require()
    with transaction():
        if not queries.is_following(member, tag):
            Subscription.insert(tag=tag.id, member=member.id).on_conflict_ignore().execute()


def hear(member: Viewer, number: int) -> None:
    """Note that this person has read that two tags became one; having read it already changes nothing."""
    rules.follow(member).require()
    with transaction():
        News.delete().where(News.synonym == number, News.member == member.id).execute()


def unfollow(member: Viewer, tag: Tag) -> None:
    """Follow it no more, under any of its spellings. Raises Refused."""
    rules.follow(member).require()
    same = queries.class_of(tag)
    with transaction():
        Subscription.delete().where(Subscription.tag.in_(same), Subscription.member == member.id).execute()


def seed() -> None:
    """The words this site was born from are one from the first day; doing it again changes nothing."""
    with transaction():
        for label, name, reason in SEEDS:
            tag = ensure(label)
            if not Synonym.select().where(Synonym.name == name, Synonym.into == tag.id).exists():
                _joined(name, ensure(name), tag, reason)


def take_in(lines: Iterable[str]) -> int:
    """Accept the synonyms of a downloaded list (CSV with the columns name, tag and state); returns how many are new.

    Raises Invalid when a line cannot be read.
    """
    rows = [row for row in csv.DictReader(lines) if row.get("state", "accepted") == "accepted"]
    if any(names_problem([row.get("name") or "", row.get("tag") or ""], 2) for row in rows):
        raise Invalid({"file": "Il faut les colonnes name et tag, remplies de mots-clés."})
    with transaction():
        queries.lock_synonyms()
        return sum(_taken_in(row["name"], row["tag"], (row.get("reason") or "")[:LONGEST_REASON]) for row in rows)


def _taken_in(name: str, into: str, reason: str) -> bool:
    tag, other = _root(ensure(into)), _root(ensure(name))
    if tag.id != other.id:
        _joined(spelling.label(name), other, tag, reason)
    return tag.id != other.id


def tag_of_key(key: str, label: str) -> Tag:
    """The tag of this very key, made if it is the first. Inside a transaction."""
    row = {"key": key, "label": label, "fold": folded(key)}
    if Tag.insert(row).on_conflict_ignore().as_rowcount().execute():
        tag = Tag.get(Tag.key == key)
        journal.record("tag.created", subject=("tag", tag.id))
    return Tag.get(Tag.key == key)


def _root(tag: Tag) -> Tag:
    tag = Tag.get_by_id(tag.id)
    return tag.canonical if tag.canonical_id else tag


def _join_declared(typed: str, masculine: str, feminine: str, member: Viewer | None) -> None:
    tag, other = tag_of_key(masculine, masculine), tag_of_key(feminine, feminine)
    if queries.between(tag, other) is None:
        queries.lock_synonyms()
        _joined(other.label, other, tag, DECLARED.format(spelling.label(typed)), member)


def _joined(name: str, tag: Tag, into: Tag, reason: str, member: Viewer | None = None) -> None:
    by = member.id if member else None
    synonym = Synonym.create(name=name, tag=tag, into=into, reason=reason, proposed_by=by)
    settle_as(synonym, "accepted")


def _confirm_again(member: Viewer, synonym: Synonym) -> Synonym:
    if rules.confirm(member, synonym):
        _say(member, synonym, "confirm")
        _settle(synonym)
    return synonym


def _say(member: Viewer, synonym: Synonym, stance: str, reason: str = "") -> None:
    said = {Voice.stance: stance, Voice.reason: reason.strip(), Voice.created_at: now()}
    keep = Voice.get_or_none(Voice.synonym == synonym.id, Voice.member == member.id, Voice.stance == stance)
    if keep is None:
        Voice.insert({Voice.synonym: synonym.id, Voice.member: member.id, **said}).on_conflict(
            conflict_target=[Voice.synonym, Voice.member], update=said
        ).execute()


def _settle(synonym: Synonym) -> None:
    if synonym.id in queries.due_ids():
        settle_as(synonym, "accepted" if synonym.state == "proposed" else "undone")


def settle_as(synonym: Synonym, state: str, member: Viewer | None = None) -> None:
    """Bring a synonym, new or not, to this state, and what follows from it. Inside a transaction, rights checked."""
    synonym.state, synonym.decided_at = state, now()
    synonym.decided_by_id = member.id if member else None
    synonym.save()
    _tell_followers(synonym)
    _regroup(synonym)
    _record(state, member, synonym)


def _tell_followers(synonym: Synonym) -> None:
    """Who follows the tag that moves is told so once; what is undone before they heard of it is not told."""
    News.delete().where(News.synonym == synonym.id).execute()
    moved, stays = queries.class_of(synonym.tag), queries.class_of(synonym.into)
    if synonym.state == "accepted" and set(moved).isdisjoint(stays):
        followers = Subscription.select(Subscription.member).where(Subscription.tag.in_(moved)).distinct()
        rows = [{"synonym": synonym.id, "member": number} for (number,) in tuples(followers)]
        if rows:
            News.insert_many(rows).execute()


def _regroup(synonym: Synonym) -> None:
    """Make `canonical` again, for all the tags that this synonym touches, from the accepted synonyms among them.

    They are replayed in the order of their acceptance: what an undone synonym had joined is as if it never had.
    """
    ids = set(queries.class_of(synonym.tag)) | set(queries.class_of(synonym.into))
    parent = {number: number for number in ids}

    def root(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    held = Synonym.select().where(Synonym.state == "accepted", Synonym.tag.in_(ids), Synonym.into.in_(ids))
    for row in held.order_by(Synonym.decided_at, Synonym.id):
        parent[root(row.tag_id)] = root(row.into_id)
    for number in ids:
        canonical = root(number)
        Tag.update(canonical=None if canonical == number else canonical).where(Tag.id == number).execute()


def _locked(synonym: Synonym) -> Synonym:
    queries.lock_synonyms()
    return queries.synonym_for(synonym.id)


def _record(state: str, member: Viewer | None, synonym: Synonym) -> None:
    subject = ("tag", synonym.into_id)
    journal.record(VERBS[state], actor=member, subject=subject, synonym=synonym.id, name=synonym.name)


def reason_problem(reason: str) -> str | None:
    """What is wrong with a reason given, in French."""
    return f"{LONGEST_REASON} signes au plus." if len(reason.strip()) > LONGEST_REASON else None
