"""Reading tags. Tags are public words: what bears them is not, and is asked of each feature."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from itertools import islice

from peewee import JOIN, Case, CompoundSelectQuery, ModelSelect, Select, fn

from forum.accounts.models import GUEST, Account, Viewer
from forum.database.clock import now
from forum.database.connection import database, is_postgresql
from forum.database.prepared import prepared
from forum.database.select import START, Cursor, latest
from forum.database.tables import HasId
from forum.errors import NotFound
from forum.tags import spelling
from forum.tags.models import News, Subscription, Synonym, Tag, Voice
from forum.text.typed import folded

PLACE_END = re.compile(r"(?:-(?:0\d\d|02[ab]|97\d|98\d))(?:-\d\d)?\Z")
PAGE = 50
# How long members may object to a synonym, or speak against its undoing, and how many of them it takes.
DELAY = timedelta(hours=72)
ENOUGH = 3


def resolve(text: str) -> Tag | None:
    """The tag that this spelling leads to, synonyms followed; None when nobody has used it."""
    tag = spelled(text)
    return tag.canonical if tag and tag.canonical_id else tag


@prepared
def _of_keys(keys: Collection[str]) -> "ModelSelect[Tag]":
    return Tag.select().where(Tag.key.in_(keys))


def spelled(text: str) -> Tag | None:
    """The very tag that bears this spelling, synonyms not followed; None when nobody has used it."""
    keys = spelling.keys(text)
    found = {tag.key: tag for tag in _of_keys.rows(keys)} if keys else {}
    return next((found[key] for key in keys if key in found), None)


def class_of(tag: Tag) -> list[int]:
    """The ids of all tags that are the same as this one, itself included."""
    return [row.id for row in tags_in_class(tag)]


@prepared
def _same(root: int) -> "ModelSelect[Tag]":
    return Tag.select().where((Tag.id == root) | (Tag.canonical == root)).order_by(Tag.id)


def tags_in_class(tag: Tag) -> list[Tag]:
    """All tags that are the same as this one, itself included, the oldest first."""
    return _same.rows(tag.canonical_id or tag.id)


def labels(ids: Iterable[int]) -> dict[int, str]:
    """How each of these tags is shown: by the label of the one it is a synonym of, if any."""
    root, wanted = Tag.alias(), list(set(ids))
    rows = Tag.select(Tag.id, Tag.label, root.label).left_outer_join(root, on=(Tag.canonical == root.id))
    found = rows.where(Tag.id.in_(wanted)).tuples() if wanted else []
    return {row[0]: row[2] or row[1] for row in found}


def synonymous_keys(key: str) -> list[str]:
    """The other handle keys that synonyms make equal to this one, which may end in a place (insoumise-087)."""
    place = PLACE_END.search(key)
    word, end = (key[: place.start()], place[0]) if place else (key, "")
    # A handle bears no accent: the word may be that of several tags (retraite, retraité).
    named = Tag.select().where(Tag.fold.in_({word, folded(spelling.key(word))}))
    same = {spelling.handle_key(row.key) + end for tag in named for row in tags_in_class(tag)}
    return sorted(same - {key})


def near(text: str, limit: int = 5) -> list[Tag]:
    """The existing tags that members should be asked about before `text` becomes one more: same word, or almost."""
    key = spelling.key(text)
    if len(key) < spelling.SHORTEST:
        return []
    start = folded(key)[:3]
    candidates = Tag.select().where(Tag.fold.startswith(start), Tag.key != key).order_by(Tag.id).limit(500)
    return [tag for tag in candidates if spelling.compare(tag.key, text) != "different"][:limit]


def suggest(prefix: str, limit: int = 8) -> list[Tag]:
    """The tags that begin so, in any spelling, each synonym by the tag it leads to; the shortest first."""
    start = folded(spelling.label(prefix))
    if not start:
        return []
    rows = Tag.select(Tag.id, Tag.canonical).where(Tag.fold.startswith(start) | (Tag.key == spelling.key(prefix)))
    first = rows.order_by(fn.LENGTH(Tag.key), Tag.key).limit(limit * 2)
    ids = list(dict.fromkeys(row.canonical_id or row.id for row in first))[:limit]
    found = {tag.id: tag for tag in Tag.select().where(Tag.id.in_(ids))} if ids else {}
    return [found[tag_id] for tag_id in ids]


@prepared
def _beginning(pattern: str) -> "ModelSelect[Tag]":
    columns = Tag.id, Tag.key, Tag.label, Tag.canonical
    return Tag.select(*columns).where(Tag.key % pattern).order_by(Tag.key).limit(1000)


def narrower(tag: Tag, limit: int = 30) -> list[Tag]:
    """The same word in one place: insoumis-087 and insoumis-087-03 for insoumis. Not one of them is a synonym."""
    # Of what begins so SQLite looks up GLOB alone in an index; PostgreSQL's is LIKE. No key holds * or %.
    rows = _beginning.rows(f"{tag.key}-{'%' if is_postgresql() else '*'}")
    own = (row for row in rows if row.canonical_id is None and PLACE_END.fullmatch(row.key[len(tag.key) :]))
    return list(islice(own, limit))


def synonym_for(number: int) -> Synonym:
    """The synonym of this number, its tags and who proposed it read along. Raises NotFound."""
    found = _synonyms().where(Synonym.id == number).first()
    if found is None:
        raise NotFound
    return found


def synonyms_of(tag: Tag) -> list[Synonym]:
    """Every proposal that joins or would join something to this tag, those that hold first, then the latest."""
    return synonyms_among(class_of(tag))


@prepared
def _of_class(ids: Collection[int]) -> "ModelSelect[Synonym]":
    return _synonyms().where(Synonym.into.in_(ids) | Synonym.tag.in_(ids)).order_by(Synonym.id.desc())


def synonyms_among(same: Collection[int]) -> list[Synonym]:
    """`synonyms_of` the tag whose class has these ids."""
    return sorted(_of_class.rows(same), key=lambda row: ORDER[row.state])


def all_synonyms(before: Cursor = START) -> tuple[list[Synonym], Cursor | None]:
    """Every synonym ever proposed, the latest first, 50 a page, and where the next begins."""
    return latest(_synonyms(), before, PAGE, Synonym.id)


def every_synonym() -> Iterable[Synonym]:
    """All of them, oldest first, for the download."""
    return _synonyms().order_by(Synonym.id).iterator()


def between(one: Tag, other: Tag) -> Synonym | None:
    """The latest proposal about these two tags, in either direction."""
    pair = ((Synonym.tag == one.id) & (Synonym.into == other.id)) | (
        (Synonym.tag == other.id) & (Synonym.into == one.id)
    )
    return Synonym.select().where(pair).order_by(Synonym.id.desc()).first()


def voices_on(synonyms: Iterable[Synonym]) -> dict[int, list[Voice]]:
    """What members said of each of these synonyms, oldest first (one query)."""
    found: dict[int, list[Voice]] = {row.id: [] for row in synonyms}
    rows = Voice.select(Voice, Account.id, Account.username).join(Account).where(Voice.synonym.in_(list(found)))
    for voice in rows.order_by(Voice.id) if found else ():
        found[voice.synonym_id].append(voice)
    return found


@prepared
def _due(cutoff: datetime) -> CompoundSelectQuery:
    return (_waited("proposed", "confirm", cutoff) | _waited("accepted", "undo", cutoff)).tuples()


def due_ids() -> list[int]:
    """The synonyms that members have confirmed, or asked to undo, and whose time to object has passed."""
    return [number for (number,) in _due.rows(now() - DELAY)]


@prepared
def _followed(member: HasId, root: int) -> Select:
    mine = Subscription.member == member.id
    return Subscription.select(Subscription.id).where(mine, Subscription.tag.in_(_ids_of(root))).tuples()


def is_following(member: Viewer, tag: Tag) -> bool:
    """Whether this person follows the tag, under any of its spellings."""
    return bool(_followed.rows(member, tag.canonical_id or tag.id))


@prepared
def _news(member: HasId) -> "ModelSelect[Synonym]":
    into = Tag.alias()
    rows = Synonym.select(Synonym, into).join(into, on=(Synonym.into == into.id)).join_from(Synonym, News)
    return rows.where(News.member == member.id).order_by(Synonym.decided_at)


def news_for(member: Viewer) -> list[Synonym]:
    """The synonyms that moved a tag this person follows, and that they have still to hear of."""
    return _news.rows(member)


def followed_ids(member: HasId) -> Select:
    """A query of the ids of all tags that this person follows, under any of their spellings."""
    chosen, same = Tag.alias(), Tag.alias()
    root = fn.COALESCE(chosen.canonical, chosen.id)
    return (
        Subscription.select(same.id)
        .join(chosen, on=(Subscription.tag == chosen.id))
        .join(same, on=((same.id == root) | (same.canonical == root)))
        .where(Subscription.member == member.id)
    )


def followed(member: Viewer) -> list[Tag]:
    """The tags this person follows, each once and under the label it is shown by."""
    roots = Tag.select().where(Tag.id.in_(followed_ids(member)), Tag.canonical.is_null())
    return list(roots.order_by(Tag.label))


def followers_count(tag: Tag) -> int:
    """How many people follow the tag under any of its spellings, each counted once."""
    return following(GUEST, tag)[0]


@prepared
def _followers(member: HasId, root: int) -> Select:
    own = fn.MAX(Case(None, [(Subscription.member == member.id, 1)], 0))
    counted = Subscription.select(fn.COUNT(Subscription.member.distinct()), own)
    return counted.where(Subscription.tag.in_(_ids_of(root))).tuples()


def following(member: Viewer, tag: Tag) -> tuple[int, bool]:
    """`followers_count` and `is_following`, in one question."""
    ((count, own),) = _followers.rows(member, tag.canonical_id or tag.id)
    return count, bool(own)


def lock_synonyms() -> None:
    """Until the end of the transaction nobody else decides which tags are one. SQLite has one writer anyway."""
    if is_postgresql():
        database.execute_sql("lock table synonym in share row exclusive mode")


ORDER = {"accepted": 0, "parted": 1, "proposed": 2, "undone": 3, "refused": 4}


def _synonyms() -> "ModelSelect[Synonym]":
    into, decider = Tag.alias(), Account.alias()
    return (
        Synonym.select(Synonym, Tag, into, Account.id, Account.username, decider.id, decider.username)
        .join(Tag, on=(Synonym.tag == Tag.id))
        .join_from(Synonym, into, on=(Synonym.into == into.id), attr="into")
        .join_from(Synonym, Account, JOIN.LEFT_OUTER, on=(Synonym.proposed_by == Account.id), attr="proposed_by")
        .join_from(Synonym, decider, JOIN.LEFT_OUTER, on=(Synonym.decided_by == decider.id), attr="decided_by")
    )


def _ids_of(root: int) -> Select:
    return Tag.select(Tag.id).where((Tag.id == root) | (Tag.canonical == root))


def _waited(state: str, stance: str, cutoff: datetime) -> Select:
    """Three members say so, nobody objects, and the time to do so has passed since they could first be heard."""
    since = Synonym.created_at if state == "proposed" else fn.MIN(Voice.created_at)
    objected = Voice.select(Voice.synonym).where(Voice.stance == "object")
    unopposed = Synonym.id.not_in(objected) if state == "proposed" else Synonym.id.is_null(False)
    return (
        Synonym.select(Synonym.id)
        .join(Voice)
        .where(Synonym.state == state, Voice.stance == stance, unopposed)
        .group_by(Synonym.id)
        .having((fn.COUNT(Voice.id) >= ENOUGH) & (since <= cutoff))
    )


@prepared
def _spoken_of(ids: Collection[int]) -> Select:
    return Synonym.select(Synonym.into).where(Synonym.into.in_(ids)).distinct().tuples()


def with_synonyms(tags: Iterable[Tag]) -> set[int]:
    """The ids of those of these tags that a synonym leads to or was proposed for."""
    ids = [tag.id for tag in tags]
    return {into for (into,) in _spoken_of.rows(ids)} if ids else set()


def data_of(member: Account) -> dict[str, object]:
    """The tags the person follows and the synonyms they proposed, for the file of all their data."""
    proposed = Synonym.select().where(Synonym.proposed_by == member.id).order_by(Synonym.id)
    return {
        "followed": [tag.label for tag in followed(member)],
        "synonyms": [{"name": row.name, "tag": row.into.label, "reason": row.reason} for row in proposed],
    }


def root_of(tag: Tag) -> Tag:
    """The tag that this one stands for, itself where it is joined to none, as things stand now."""
    tag = Tag.get_by_id(tag.id)
    return tag.canonical if tag.canonical_id else tag
