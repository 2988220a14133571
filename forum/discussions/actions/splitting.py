"""Threads of a discussion become a new one; every comment keeps its key, so that /c/<key> still leads to it."""

import re
from collections.abc import Collection

from peewee import SQL, Select, fn

from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.idempotency import act_key, sent_before
from forum.database.select import tuples
from forum.database.transactions import transaction
from forum.discussions import queries, rules
from forum.discussions.actions.texts import LONGEST_TITLE
from forum.discussions.models import Comment, Discussion, DiscussionTag, Reading
from forum.errors import Invalid, check
from forum.groups.models import Group
from forum.tasks import journal
from forum.text import fields, markdown
from forum.text.typed import parse_key

# What means something in Markdown.
SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+!|~&-])")


def split(member: Viewer, discussion: Discussion, title: str, keys: Collection[str], once: str = "") -> Discussion:
    """Move the threads that begin with the comments of these keys, with their answers, to a new discussion.

    It is opened by the member and says what it follows; one thread at least stays. Those who wrote in what moves are
    told once. Sent twice (the same `once`), it is one. Raises Refused, Invalid (title, threads).
    """
    title, keys = title.strip(), sorted(set(map(parse_key, keys)))
    check(title=fields.line_problem(title, LONGEST_TITLE, least=3))
    with transaction():
        row = queries.lock(discussion)
        rules.care(member, row).require()
        kept = act_key(once, row.id, title, *keys)
        return sent_before(member, Discussion, kept) or _split(member, row, title, _chosen(row, keys), kept)


def _chosen(row: Discussion, keys: list[str]) -> list[int]:
    firsts = dict(tuples(Comment.select(Comment.id, Comment.key).where(*queries.first_in_thread(row))))
    ids = [number for number, key in firsts.items() if key in keys]
    if not ids:
        raise Invalid({"threads": "Choisissez au moins un message à séparer."})
    if len(ids) == len(firsts):
        raise Invalid({"threads": "Un message au moins reste dans cette discussion."})
    return ids


def _split(member: Viewer, row: Discussion, title: str, threads: list[int], once: str | None) -> Discussion:
    new = _begin(member, row, title, once)
    moving = Comment.discussion == row.id, Comment.id.in_(threads) | Comment.parent.in_(threads)
    authors = [number for (number,) in tuples(Comment.select(Comment.author).where(*moving).distinct())]
    Comment.update(discussion=new.id).where(*moving).execute()
    _carry_readings(row, new)
    for each in (row, new):
        _count(each)
    Group.update(last_activity_at=now()).where(Group.id == row.group_id).execute()
    journal.record("discussion.opened", member, row.group, ("discussion", new.id))
    said = f"Vos messages de « {row.title} » continuent dans « {title} »."
    note = journal.Note(authors, said, new.address)
    journal.record("discussion.split", member, row.group, ("discussion", row.id), note)
    return new


def _begin(member: Viewer, row: Discussion, title: str, once: str | None) -> Discussion:
    words = SIGNS.sub(r"\\\1", row.title)
    body = f"Suite de « [{words}](/d/{row.key}) »."
    texts = {"body": body, "body_html": markdown.render(body), "renderer": markdown.RENDERER}
    new = Discussion.create(group=row.group, author=member, title=title, once=once, **texts)
    tags = DiscussionTag.select(DiscussionTag.tag, DiscussionTag.typed).order_by(DiscussionTag.id)
    for tag_id, typed in tuples(tags.where(DiscussionTag.discussion == row.id)):
        DiscussionTag.create(discussion=new, tag=tag_id, typed=typed)
    return new


def _carry_readings(row: Discussion, new: Discussion) -> None:
    """Whoever had read them has read them: comments keep their ids, up to which a mark says all was shown."""
    marks: Select = Reading.select(Reading.member, SQL(str(new.id)), Reading.seen).where(Reading.discussion == row.id)
    Reading.insert_from(marks, [Reading.member, Reading.discussion, Reading.seen]).execute()


def _count(discussion: Discussion) -> None:
    """How many comments it has, and when the last was written, as they stand now."""
    rows = Comment.select(fn.COUNT(Comment.id), fn.MAX(Comment.created_at)).where(Comment.discussion == discussion.id)
    count, last = tuples(rows)[0]
    changed = {"comments_count": count, "last_activity_at": last or discussion.created_at}
    Discussion.update(changed).where(Discussion.id == discussion.id).execute()
