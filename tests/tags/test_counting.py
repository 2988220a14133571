"""How many things bear a tag: those that the reader may read, in whatever state and group they are."""

from itertools import product

from forum.accounts.models import GUEST
from forum.database.clock import now
from forum.database.transactions import transaction
from forum.discussions.models import DECLINED, PUBLISHED, WAITING, Discussion, DiscussionTag
from forum.discussions.queries import discussions_for
from forum.groups.models import VISIBILITIES, Group, GroupTag, Membership
from forum.groups.queries import groups_for
from forum.proposals.models import Proposal, ProposalTag
from forum.proposals.queries import proposals_for
from forum.tags import actions
from tests import world


def test_the_number_is_that_of_what_one_may_read(site, guest, bob, charlie):
    with transaction():
        tags = [actions.ensure(name) for name in ("verger", "clairière")]
        for state in product(VISIBILITIES, (None, now()), (None, now()), ("", "member", "animator")):
            tended(tags, *state)
    tags[1].canonical = tags[0]
    tags[1].save()
    told = [visitor.get("/t/verger.json").json["taggings_count"] for visitor in (guest, bob, charlie)]
    assert told == [readable(who) for who in (GUEST, world.member("Bob"), world.member("Charlie"))]
    assert len(set(told)) == 3


def tended(tags, visibility, hidden_at, deleted_at, role):
    """A group where Bob has this role, its discussions in every state, and a proposal, under both tags."""
    name = f"{visibility}-{bool(hidden_at):d}{bool(deleted_at):d}-{role or 'ailleurs'}"
    states = {"visibility": visibility, "hidden_at": hidden_at, "deleted_at": deleted_at}
    group = Group.create(handle=name, name=name, **states)
    if role:
        Membership.create(group=group, member=world.member("Bob"), role=role)
    bear(GroupTag, tags, group=group)
    for author, state in product(("Alice", "Bob", "Charlie"), (PUBLISHED, WAITING, DECLINED)):
        texts = {"title": name, "body": "…", "body_html": "…", "renderer": 1}
        talk = Discussion.create(group=group, author=world.member(author), state=state, **texts)
        bear(DiscussionTag, tags, discussion=talk)
    asked = Proposal.create(group=group, author=world.member("Alice"), method="consent", closes_at=now(), **texts)
    bear(ProposalTag, tags, proposal=asked)


def bear(model, tags, **bearer):
    for tag in tags:
        model.create(tag=tag, typed=tag.label, **bearer)


def readable(member) -> int:
    """Everything of this test that this person may read, as lists give it one by one."""
    groups = groups_for(member).where(Group.id.in_(GroupTag.select(GroupTag.group)))
    talks = discussions_for(member).where(Discussion.id.in_(DiscussionTag.select(DiscussionTag.discussion)))
    asked = proposals_for(member).where(Proposal.id.in_(ProposalTag.select(ProposalTag.proposal)))
    return len(list(groups)) + len(list(talks)) + len(list(asked))
