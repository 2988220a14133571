"""What stands in the index for each thing that can be found, read from the database as it is now.

A discussion is found by its comments too. Nothing here asks who may read: the audience is written with each document,
and every hit is read again for its reader before it is shown. The sandbox is left out.
"""

import heapq
import html
import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, TypeVar

from peewee import Expression, Field, ModelSelect, Select

from forum.database.select import tuples
from forum.discussions.models import PUBLISHED, Comment, Discussion, DiscussionTag
from forum.groups.models import Group, GroupTag
from forum.groups.queries import MOST_FOLLOWED
from forum.groups.rules import FEW
from forum.initiatives.models import Initiative
from forum.places import queries as places
from forum.proposals.models import Option, Proposal, ProposalTag
from forum.search.engines.protocol import PUBLIC, Document, Ref

# Rows read at once when everything is.
CHUNK = 200
T = TypeVar("T", Discussion, Proposal, Initiative)

_MARK = re.compile(r"<[^>]*>")


def documents_of(refs: Iterable[Ref]) -> Iterator[Document]:
    """The documents of `refs`, those that exist no more left out."""
    readers = {"groupe": _groups, "discussion": _discussions, "proposition": _proposals, "initiative": _initiatives}
    for kind, those in groupby(sorted(set(refs)), key=lambda ref: ref[0]):
        ids = [number for _, number in those]
        for start in range(0, len(ids), CHUNK):
            yield from readers[kind](ids[start : start + CHUNK])


def every_document(shelf: str) -> Iterator[Document]:
    """All documents of a shelf in the order of the results, a chunk of rows in memory at a time."""
    if shelf == "groupes":
        groups = Group.select(Group.id, Group.members_count).order_by(*MOST_FOLLOWED)
        return _in_chunks("groupe", groups, _followed)
    discussions = Discussion.select(Discussion.id, Discussion.last_activity_at).where(_published())
    proposals = Proposal.select(Proposal.id, Proposal.created_at)
    initiatives = Initiative.select(Initiative.id, Initiative.created_at)
    streams = (
        _in_chunks("discussion", discussions.order_by(Discussion.last_activity_at.desc()), _second),
        _in_chunks("proposition", proposals.order_by(Proposal.created_at.desc()), _second),
        _in_chunks("initiative", initiatives.order_by(Initiative.created_at.desc()), _second),
    )
    return heapq.merge(*streams, key=lambda document: document.order)


def refs_in_group(group_id: int) -> list[Ref]:
    """A group and all that is written in it."""
    texts: dict[str, Any] = {"discussion": Discussion, "proposition": Proposal, "initiative": Initiative}
    queries = {kind: model.select(model.id).where(model.group == group_id) for kind, model in texts.items()}
    return [("groupe", group_id), *((kind, row.id) for kind, query in queries.items() for row in query)]


def refs_tagged(tag_id: int) -> list[Ref]:
    """All that bears this very tag."""
    owners: dict[str, Any] = {
        "groupe": GroupTag.select(GroupTag.group),
        "discussion": DiscussionTag.select(DiscussionTag.discussion),
        "proposition": ProposalTag.select(ProposalTag.proposal),
    }
    return [
        (kind, number)
        for kind, query in owners.items()
        for (number,) in query.where(query.model.tag == tag_id).tuples()
    ]


def _in_chunks(kind: str, query: Select, weight_of: Callable[[Any], int]) -> Iterator[Document]:
    """Ids and weights are read first, all of them: what moves during a rebuild is neither lost nor read twice.

    It comes last, out of its order.
    """
    ids, weights, moved = array("q"), array("q"), []
    for weight, same in groupby(query.tuples().iterator(), key=lambda row: weight_of(row[1])):
        ids.extend(sorted(number for number, _ in same))
        weights.extend([weight] * (len(ids) - len(weights)))
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        rows = {document.id: document for document in documents_of((kind, number) for number in chunk)}
        for number, weight in zip(chunk, weights[start : start + CHUNK], strict=True):
            if number in rows and rows[number].weight == weight:
                yield rows[number]
            elif number in rows:
                moved.append(rows[number])
    yield from sorted(moved, key=lambda document: document.order)


def _followed(members_count: int) -> int:
    """The weight of a group: the order of small ones would tell how many belong, which strangers are not told."""
    return members_count if members_count >= FEW else 0


def _second(moment: datetime) -> int:
    return int(moment.timestamp())


def _groups(ids: list[int]) -> Iterator[Document]:
    tags = _tags_of(GroupTag, GroupTag.group, ids)
    for group in Group.select().where(Group.id.in_(ids), _findable()):
        yield Document(
            "groupe",
            group.id,
            f"{group.handle} {group.name}",
            words_of(group.description_html),
            aliases=" ".join([*_place_words(group.place_code), *(typed for _, typed in tags.get(group.id, ()))]),
            tags=tuple(tag for tag, _ in tags.get(group.id, ())),
            places=_codes(group.place_code),
            group=group.id,
            audience=group.id if group.visibility == "secret" else PUBLIC,
            weight=_followed(group.members_count),
        )


def _discussions(ids: list[int]) -> Iterator[Document]:
    tags, comments = _tags_of(DiscussionTag, DiscussionTag.discussion, ids), _comments_of(ids)
    for row in _shown(Discussion, ids).where(_published()):
        body = words_of(row.body_html, *comments.get(row.id, ()))
        yield _text("discussion", row, body, tags.get(row.id, ()), _second(row.last_activity_at))


def _proposals(ids: list[int]) -> Iterator[Document]:
    tags, options = _tags_of(ProposalTag, ProposalTag.proposal, ids), _options_of(ids)
    for row in _shown(Proposal, ids):
        body = words_of(row.body_html, *map(html.escape, options.get(row.id, ())))
        yield _text("proposition", row, body, tags.get(row.id, ()), _second(row.created_at))


def _initiatives(ids: list[int]) -> Iterator[Document]:
    for row in _shown(Initiative, ids):
        yield _text("initiative", row, words_of(row.body_html, html.escape(row.place)), (), _second(row.created_at))


def _shown(model: type[T], ids: list[int]) -> "ModelSelect[T]":
    """Texts with their groups, those that moderation hides left out."""
    return model.select(model, Group).join(Group).where(model.id.in_(ids), model.hidden_at.is_null(), _findable())


def _text(
    kind: str, row: Discussion | Proposal | Initiative, body: str, tags: Iterable[tuple[int, str]], weight: int
) -> Document:
    return Document(
        kind,
        row.id,
        row.title,
        body,
        tags=tuple(tag for tag, _ in tags),
        places=_codes(row.group.place_code),
        group=row.group.id,
        author=row.author_id,
        audience=PUBLIC if row.group.visibility == "ouvert" else row.group.id,
        weight=weight,
    )


def words_of(*texts: str) -> str:
    """The readable text of rendered HTML: an address in a link is no word."""
    return html.unescape(" ".join(_MARK.sub(" ", text) for text in texts))


def _codes(code: str) -> tuple[str, ...]:
    """A circonscription lies in its département: 087-03 is found under 087 too."""
    return tuple(dict.fromkeys(filter(None, (code[:3], code))))


def _place_words(code: str) -> list[str]:
    names = [place.name for place in places.chain(code)]
    return [code, code[:3].lstrip("0"), *names] if code else names


def _tags_of(
    model: type[GroupTag | DiscussionTag | ProposalTag], owner: Field, ids: list[int]
) -> dict[int, list[tuple[int, str]]]:
    rows = model.select(owner, model.tag, model.typed).where(owner.in_(ids)).order_by(model.id)
    tags: dict[int, list[tuple[int, str]]] = {}
    for owner_id, tag_id, typed in tuples(rows):
        tags.setdefault(owner_id, []).append((tag_id, typed))
    return tags


def _comments_of(ids: list[int]) -> dict[int, list[str]]:
    rows = Comment.select(Comment.discussion, Comment.body_html)
    return _collected(rows.where(Comment.discussion.in_(ids), Comment.hidden_at.is_null()).tuples())


def _options_of(ids: list[int]) -> dict[int, list[str]]:
    return _collected(Option.select(Option.proposal, Option.label).where(Option.proposal.in_(ids)).tuples())


def _collected(rows: Any) -> dict[int, list[str]]:
    texts: dict[int, list[str]] = {}
    for owner, text in rows:
        texts.setdefault(owner, []).append(text)
    return texts


def count_documents(shelf: str) -> int:
    """How many documents a shelf should hold, but for the texts of hidden groups, which are few."""
    if shelf == "groupes":
        return Group.select().where(_findable()).count()
    discussions = Discussion.select().join(Group).where(_published(), Discussion.hidden_at.is_null(), _findable())
    proposals = Proposal.select().join(Group).where(Proposal.hidden_at.is_null(), _findable())
    initiatives = Initiative.select().join(Group).where(Initiative.hidden_at.is_null(), _findable())
    return discussions.count() + proposals.count() + initiatives.count()


def _findable() -> Expression:
    """Nothing is found of groups that are deleted or hidden, nor of the one where everything is tried out."""
    return Group.deleted_at.is_null() & Group.hidden_at.is_null() & ~Group.sandbox


def _published() -> Expression:
    """What animators have still to read, or declined, is found by nobody."""
    return Discussion.state == PUBLISHED
