"""Who is told of what is written in discussions."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from forum.accounts.models import Account
from forum.accounts.pseudonyms import key
from forum.database.select import tuples
from forum.discussions.models import Comment, Discussion
from forum.groups.models import Membership
from forum.notifications.models import Volume
from forum.notifications.recipients.recipient import Recipient
from forum.tasks.journal import JournalLine
from forum.text import markdown

# A text that calls a whole hall by name calls nobody.
MOST_MENTIONS = 20


def of_comment(line: JournalLine) -> Iterable[Recipient]:
    """Who is named in the comment, then who wrote in the thread it answers, then who opened the discussion, then who
    wishes to be told all that is said there."""
    comment = Comment.get_or_none(Comment.id == line.subject_id)
    if comment is None:
        return
    discussion, author, address = comment.discussion, comment.author.username, f"/c/{comment.key}"
    yield from _mentioned(comment.body, author, discussion.title, address)
    told = Recipient(
        discussion.author_id,
        f"{author} a écrit dans « {discussion.title} »",
        address,
        thread=f"discussion {discussion.id}",
        together=f"{{number}} réponses dans « {discussion.title} »",
        kind="answers",
        discussion_id=discussion.id,
    )
    for account_id in _in_thread(comment):
        yield replace(told, account_id=account_id, sentence=f"{author} a répondu dans « {discussion.title} »")
    yield told
    for account_id in _wishing_all(discussion):
        yield replace(told, account_id=account_id, kind="life", level="all")


def of_opening(line: JournalLine) -> Iterable[Recipient]:
    """Who is named in what opens a discussion, then the members of its group."""
    discussion = Discussion.get_or_none(Discussion.id == line.subject_id)
    if discussion is None:
        return
    yield from _mentioned(discussion.body, discussion.author.username, discussion.title, discussion.address)
    sentence = f"Nouvelle discussion : « {discussion.title} »"
    for (account_id,) in tuples(Membership.select(Membership.member).where(Membership.group == discussion.group_id)):
        yield Recipient(account_id, sentence, discussion.address, discussion_id=discussion.id)


def _mentioned(body: str, author: str, title: str, address: str) -> Iterator[Recipient]:
    keys = {key(name) for name in markdown.mentions(body)[:MOST_MENTIONS]}
    for (account_id,) in tuples(Account.select(Account.id).where(Account.username_key.in_(keys))) if keys else ():
        yield Recipient(
            account_id, f"{author} vous a nommé·e dans « {title} »", address, kind="mentions", level="named"
        )


def _wishing_all(discussion: Discussion) -> list[int]:
    """Who wishes to be told all of a discussion, or of its group."""
    there = (Volume.discussion == discussion.id) | (Volume.group == discussion.group_id)
    return [account_id for (account_id,) in tuples(Volume.select(Volume.account).where(there, Volume.level == "all"))]


def _in_thread(comment: Comment) -> list[int]:
    """Who wrote the comment that is answered, or answered it before."""
    first = comment.parent_id
    if first is None:
        return []
    thread = (Comment.id == first) | ((Comment.parent == first) & (Comment.id < comment.id))
    return [account_id for (account_id,) in tuples(Comment.select(Comment.author).where(thread).distinct())]
