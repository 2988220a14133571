"""What follows from a synonym once it is settled: which tags are one, and who is told."""

from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.select import tuples
from forum.tags import queries
from forum.tags.models import News, Subscription, Synonym, Tag
from forum.tasks import journal

VERBS = {
    "proposed": "tag.synonym_proposed",
    "accepted": "tag.synonym_accepted",
    "refused": "tag.synonym_refused",
    "undone": "tag.synonym_undone",
    "parted": "tag.synonym_parted",
}


def join(name: str, tag: Tag, into: Tag, reason: str, member: Viewer | None = None) -> None:
    """Make these two tags one from now on. Inside a transaction, rights checked."""
    by = member.id if member else None
    synonym = Synonym.create(name=name, tag=tag, into=into, reason=reason, proposed_by=by)
    settle_as(synonym, "accepted")


def settle_as(synonym: Synonym, state: str, member: Viewer | None = None) -> None:
    """Bring a synonym, new or not, to this state, and what follows from it. Inside a transaction, rights checked."""
    synonym.state, synonym.decided_at = state, now()
    synonym.decided_by_id = member.id if member else None
    synonym.save()
    _tell_followers(synonym)
    _regroup(synonym)
    note(state, member, synonym)


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


def note(state: str, member: Viewer | None, synonym: Synonym) -> None:
    """Write a line of the journal: the synonym is in this state."""
    subject = ("tag", synonym.into_id)
    journal.record(VERBS[state], actor=member, subject=subject, synonym=synonym.id, name=synonym.name)
