"""A great many groups and texts, written straight into the tables: names of communes, words by a Zipf law."""

import random
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice

from peewee import fn

from bench.words import Words
from forum.accounts.models import Account
from forum.database.clock import now
from forum.database.connection import database
from forum.database.keys import new_key
from forum.database.transactions import transaction
from forum.discussions.addresses import slug
from forum.discussions.models import Discussion, DiscussionTag
from forum.groups.models import Group, GroupTag, Handle
from forum.places.models import Constituency
from forum.search.actions import reindex
from forum.tags import actions as tags
from forum.tags.models import Tag
from forum.text import markdown

TAGS = 3000
CHUNK = 2000


def fill(groups: int, texts: int) -> None:
    """Write so many groups, of two tags each, and discussions, of one tag each; then build the index."""
    with database.connection_context():
        words = Words(random.Random(87))
        with transaction():
            named = [tags.ensure(word) for word in words.words[:TAGS]]
        words.chance.shuffle(named)
        _insert(Group, _groups(words, groups))
        known = Handle.select(Handle.group)
        rows = list(Group.select(Group.id, Group.handle).where(Group.id.not_in(known)).tuples())
        _insert(Handle, ({"key": handle, "group": number} for number, handle in rows))
        _insert(GroupTag, ({"group": number} | tag for number, _ in rows for tag in _tags(words, named, 2)))
        _insert(Discussion, _discussions(words, [number for number, _ in rows], texts))
        known = DiscussionTag.select(DiscussionTag.discussion)
        ids = [number for (number,) in Discussion.select(Discussion.id).where(Discussion.id.not_in(known)).tuples()]
        _insert(DiscussionTag, ({"discussion": number} | tag for number in ids for tag in _tags(words, named, 1)))
        reindex()


def typed(count: int) -> list[str]:
    """What people type to find a group, letter after letter: communes, numbers, codes, themes, a theme and a place."""
    words, starts = Words(random.Random(8703)), []
    while len(starts) < count:
        name, code = words.chance.choice(words.communes)
        (theme,) = words.draw(1)
        number = f"{code}-0{words.chance.randint(1, 3)}"
        whole = words.chance.choice([name, code.lstrip("0"), number, theme, f"{theme} {name}"])
        starts.extend(whole[:length] for length in range(2, min(len(whole), 20) + 1))
    return starts[:count]


def popular_tag() -> str:
    """The label of the tag that most discussions bear."""
    rows = DiscussionTag.select(Tag.label).join(Tag).group_by(Tag.id, Tag.label)
    return rows.order_by(fn.COUNT(DiscussionTag.id).desc()).limit(1).scalar()


def _groups(words: Words, count: int) -> Iterator[dict]:
    """One group for each département and circonscription, the others in communes drawn at random."""
    levels = [(code, f"insoumis-{code}") for (code,) in Constituency.select(Constituency.code).tuples()]
    levels += [(code, f"insoumis-{code}") for code in sorted({code[:3] for code, _ in levels})]
    taken = {handle for (handle,) in Group.select(Group.handle).tuples()}
    levels = [level for level in levels if level[1] not in taken]
    for code, handle in levels[:count]:
        yield {"handle": handle, "name": f"Groupe {code}", "place_code": code, "members_count": 100}
    for number in range(count - len(levels)):
        name, code = words.chance.choice(words.communes)
        about = " ".join(words.draw(30))
        yield {
            "handle": f"{slug(name)[:40]}-{number}",
            "name": f"{name} {words.draw(1)[0]}",
            "description": about,
            "description_html": f"<p>{about}</p>",
            "place_code": code,
            # A few groups are large.
            "members_count": int(3000 / (words.chance.random() * 3000 + 1)),
        }


def _discussions(words: Words, groups: list[int], count: int) -> Iterator[dict]:
    author, moment = Account.select().get(), now()
    for number in range(count):
        body = " ".join(words.draw(60))
        yield {
            "key": new_key(),
            "group": words.chance.choice(groups),
            "author": author.id,
            "title": " ".join(words.draw(6)),
            "body": body,
            "body_html": f"<p>{body}</p>",
            "renderer": markdown.RENDERER,
            "last_activity_at": moment - timedelta(seconds=97 * number),
        }


def _tags(words: Words, named: list[Tag], count: int) -> Iterator[dict]:
    """Some of these tags, each once, by the same law."""
    drawn = words.chance.choices(named, cum_weights=words.sums[: len(named)], k=count)
    return ({"tag": tag.id, "typed": tag.label} for tag in {tag.id: tag for tag in drawn}.values())


def _insert(model, rows: Iterable[dict]) -> None:
    rows = iter(rows)
    while some := list(islice(rows, CHUNK)):
        with transaction():
            model.insert_many(some).execute()
