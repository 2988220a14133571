"""Following tags, and hearing that two became one."""

from forum.accounts.models import Viewer
from forum.database.transactions import transaction
from forum.tags import queries, rules
from forum.tags.models import News, Subscription, Tag


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
