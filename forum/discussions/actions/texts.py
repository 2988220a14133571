"""Writing and reading: discussions opened, comments, their versions, how far one has read."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime

from peewee import EXCLUDED, Expression, OperationalError

from forum import limits
from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.idempotency import act_key, sent_before
from forum.database.select import tuples
from forum.database.transactions import transaction
from forum.discussions import queries, rules
from forum.discussions.actions.approval import submit
from forum.discussions.models import (
    DECLINED,
    PUBLISHED,
    WAITING,
    Comment,
    Discussion,
    DiscussionTag,
    Reading,
    Revision,
)
from forum.errors import Invalid, check
from forum.groups import queries as groups, rules as group_rules
from forum.groups.models import Group, Merge
from forum.groups.texts import rendered
from forum.tags import actions as tags
from forum.tasks import journal
from forum.text import fields, markdown
from forum.text.typed import many_lines

LONGEST_TITLE = 120
LONGEST_BODY = markdown.LONGEST
MOST_TAGS = 8


def open(
    member: Viewer, group: Group, title: str, body: str, tag_names: Iterable[str] = (), once: str = ""
) -> Discussion:
    """Open a discussion; its tags are `tag_names` and the hashtags of its body.

    Sent twice (the same `once` and words, or the same words within a minute), it is opened once and returned again.
    Raises Refused, Invalid.
    """
    rules.open(member, group).require()
    title, body, names = _checked(title, body, tag_names)
    limits.limit_member(member, "open")
    limits.refuse_copies(member, group.id, body)
    html = rendered(member, group, body)
    with transaction():
        group = groups.lock(group)
        rules.open(member, group).require()
        kept = act_key(once, group.id, title, body)
        words = (Discussion.group == group.id) & (Discussion.title == title) & (Discussion.body == body)
        return sent_before(member, Discussion, kept, words) or _begin(member, group, title, body, html, names, kept)


def edit(member: Viewer, discussion: Discussion, title: str, body: str, tag_names: Iterable[str] = ()) -> None:
    """Change what opens a discussion; what it said before is kept. Raises Refused, Invalid."""
    rules.edit(member, discussion).require()
    title, body, names = _checked(title, body, tag_names)
    limits.limit_member(member, "post")
    html = rendered(member, discussion.group, body)
    with transaction():
        before = queries.lock(discussion)
        rules.edit(member, before).require()
        if (before.title, before.body) != (title, body):
            _keep(before, discussion=before, title=before.title)
            _rewrite(before, title=title, body=body, body_html=html)
        DiscussionTag.delete().where(DiscussionTag.discussion == before.id).execute()
        _tag(before, names)
        if before.state == DECLINED:
            Discussion.update(state=WAITING, word="").where(Discussion.id == before.id).execute()
            submit(member, before.group, Discussion.get_by_id(before.id))
            return
        journal.record("discussion.edited", actor=member, group=before.group, subject=("discussion", before.id))


def comment(member: Viewer, discussion: Discussion, body: str, parent: str = "", once: str = "") -> Comment:
    """Answer in a discussion, or the comment whose key is `parent`; an answer to an answer joins its thread.

    Sent twice, it is one comment, as in `open`. Raises Refused, Invalid.
    """
    rules.comment(member, discussion).require()
    body = many_lines(body)
    check(body=fields.body_problem(body, LONGEST_BODY))
    limits.limit_member(member, "post")
    limits.refuse_copies(member, discussion.group_id, body)
    html = rendered(member, discussion.group, body)
    with transaction():
        discussion = queries.lock(discussion)
        rules.comment(member, discussion).require()
        thread = _thread(discussion, parent)
        kept = act_key(once, discussion.id, thread.id if thread else "", body)
        words = (Comment.discussion == discussion.id) & _under(thread) & (Comment.body == body)
        return sent_before(member, Comment, kept, words) or _say(member, discussion, thread, body, html, kept)


def edit_comment(member: Viewer, comment: Comment, body: str) -> None:
    """Change a comment; what it said before is kept. Raises Refused, Invalid."""
    rules.edit_comment(member, comment).require()
    body = many_lines(body)
    check(body=fields.body_problem(body, LONGEST_BODY))
    limits.limit_member(member, "post")
    html = rendered(member, comment.discussion.group, body)
    with transaction():
        discussion = comment.discussion = queries.lock(comment.discussion)
        rules.edit_comment(member, comment).require()
        before = Comment.get_by_id(comment.id)
        if before.body == body:
            return
        _keep(before, comment=before)
        _rewrite(before, body=body, body_html=html)
        subject, group = ("comment", comment.id), discussion.group
        journal.record("comment.edited", actor=member, group=group, subject=subject, discussion=discussion.id)


def read(member: Viewer, discussion: Discussion, ids: Collection[int], unread: queries.Unread) -> None:
    """Remember that the comments of these ids have been shown to a member of the group to whom so much was new.

    Nothing is written when that tells nothing new. The page is shown even when the database is too busy for this.
    """
    nothing_new = unread.first not in ids if unread.seen else not ids
    if nothing_new or not rules.remember_reading(member, discussion):
        return
    now_seen = queries.read_up_to(member, discussion, ids, unread.seen)
    if now_seen <= unread.seen:
        return
    row = {"member": member.id, "discussion": discussion.id, "seen": now_seen}
    with suppress(OperationalError), transaction():
        Reading.insert(row).on_conflict(
            conflict_target=[Reading.member, Reading.discussion],
            update={Reading.seen: EXCLUDED.seen},
            where=Reading.seen < EXCLUDED.seen,
        ).execute()


def _begin(
    member: Viewer, group: Group, title: str, body: str, html: str, names: list[str], once: str | None
) -> Discussion:
    discussion = Discussion.create(
        group=group,
        author=member,
        title=title,
        body=body,
        body_html=html,
        renderer=markdown.RENDERER,
        once=once,
        state=WAITING if group_rules.opens_after_approval(member, group) else PUBLISHED,
    )
    _tag(discussion, names)
    if discussion.state == WAITING:
        submit(member, group, discussion)
        return discussion
    _move(group, discussion.created_at)
    journal.record("discussion.opened", actor=member, group=group, subject=("discussion", discussion.id))
    return discussion


def _say(
    member: Viewer, discussion: Discussion, thread: Comment | None, body: str, html: str, once: str | None
) -> Comment:
    said = Comment.create(
        discussion=discussion,
        author=member,
        parent=thread,
        body=body,
        body_html=html,
        renderer=markdown.RENDERER,
        once=once,
    )
    _count(discussion, said)
    subject, group = ("comment", said.id), discussion.group
    journal.record("comment.posted", actor=member, group=group, subject=subject, discussion=discussion.id)
    return said


def _checked(title: str, body: str, tag_names: Iterable[str]) -> tuple[str, str, list[str]]:
    title, body, names = title.strip(), many_lines(body), list(tag_names)
    check(
        title=fields.line_problem(title, LONGEST_TITLE, least=3),
        body=fields.body_problem(body, LONGEST_BODY),
        tags=tags.names_problem(names, MOST_TAGS),
    )
    return title, body, tags.with_hashtags(names, body)


def _thread(discussion: Discussion, key: str) -> Comment | None:
    if not key:
        return None
    parent = queries.comment_in(discussion, key)
    if parent is None:
        raise Invalid({"body": "Le message auquel vous répondez n’est pas dans cette discussion."})
    return parent.parent or parent


def _under(thread: Comment | None) -> Expression:
    return Comment.parent.is_null() if thread is None else Comment.parent == thread.id


def _count(discussion: Discussion, said: Comment) -> None:
    Discussion.update(comments_count=Discussion.comments_count + 1, last_activity_at=said.created_at).where(
        Discussion.id == discussion.id
    ).execute()
    _move(discussion.group, said.created_at)


def _move(group: Group, when: datetime) -> None:
    Group.update(last_activity_at=when).where(Group.id == group.id).execute()


def _keep(before: Discussion | Comment, **owner: object) -> None:
    written = before.edited_at or before.created_at
    Revision.create(body=before.body, body_html=before.body_html, written_at=written, **owner)


def _rewrite(before: Discussion | Comment, **changes: object) -> None:
    model = type(before)
    model.update(renderer=markdown.RENDERER, edited_at=now(), **changes).where(model.id == before.id).execute()


def _tag(discussion: Discussion, names: list[str]) -> None:
    tags.attach(DiscussionTag, names, discussion.group.sandbox, discussion=discussion.id)


def pour(group: Group, target: Group) -> list[int]:
    """Move all discussions of a group that is poured into another; their ids. Its rights were asked with the merger."""
    ids = [number for (number,) in tuples(Discussion.select(Discussion.id).where(Discussion.group == group.id))]
    # Two groups have more pinned discussions than one may.
    Discussion.update(group=target.id, pinned_at=None).where(Discussion.id.in_(ids)).execute()
    return ids


def pour_back(ids: list[int], group: Group) -> list[int]:
    """Move these discussions back to a group, when a merger is undone; not those moved elsewhere since."""
    merged = Merge.select(Merge.target).where(Merge.source == group.id)
    back = Discussion.id.in_(ids), Discussion.group.in_(merged)
    Discussion.update(group=group.id, pinned_at=None).where(*back).execute()
    return ids
