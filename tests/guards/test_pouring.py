"""What belongs to a group moves with it into another, and back, or stays for a reason that is given."""

from peewee import ForeignKeyField

from forum.candidacies.models import CandidacyCall
from forum.database.clock import now
from forum.discussions.models import Discussion
from forum.draws.models import Draw
from forum.groups import models
from forum.groups.models import Group, Handle, Membership, Merge, Suspension
from forum.initiatives.models import Initiative
from forum.moderation.models import Case, Decision
from forum.notifications.models import Notice, Volume
from forum.proposals.models import Proposal
from forum.reorganisation import actions
from tests.guards.rows import made_up, tables
from tests.world import group, member

MOVES = {
    *(Handle.group, Membership.group, Suspension.group),
    *(Discussion.group, Proposal.group, Initiative.group, Draw.group, CandidacyCall.group),
}
KEPT = "kept with the former group, for an undoing"
STAYS = {
    models.GroupTag.group: KEPT,
    models.Welcome.group: KEPT,
    models.Follow.group: KEPT,
    models.Invitation.group: "what was passed on led into the former group, by its rules",
    models.Request.group: "who asked to enter the one has not asked to enter the other",
    models.Removal.group: "who was removed from the one may be a member of the other",
    models.Succession.group: KEPT,
    models.SuccessionPast.group: KEPT,
    models.SuccessionObjection.group: KEPT,
    models.Group.parent: "a group below it stays where it was placed",
    Merge.source: "what was poured into it before can still be taken out of it",
    Merge.target: "what was poured into it before can still be taken out of it",
    Case.group: "decided by those who animated it when it was reported",
    Decision.group: "the public record of the group in which it was decided",
    Notice.group: "what was told was told of the former group",
    Volume.group: "how loud one group is says nothing of another",
}


def test_every_key_to_a_group_moves_with_it_or_is_said_to_stay():
    keys = {
        column
        for table in tables()
        for column in table._meta.sorted_fields
        if isinstance(column, ForeignKeyField) and column.rel_model is Group
    }
    assert sorted(map(str, keys - MOVES - set(STAYS))) == [], "let reorganisation pour it, or say why it stays"
    assert MOVES | set(STAYS) == keys


def test_what_moves_does_and_comes_back(site):
    source, target = group("insoumis-087"), group("insoumis")
    over = {Proposal.group: {"closed_at": now()}}
    rows = {key: made_up(key.model, **{key.name: source.id}, **over.get(key, {})) for key in MOVES}
    actions.merge(member("Alice"), source, target.handle)
    assert {str(key): _of(key, row) for key, row in rows.items()} == {str(key): target.id for key in MOVES}
    actions.unmerge(member("Alice"), Merge.get())
    assert {str(key): _of(key, row) for key, row in rows.items()} == {str(key): source.id for key in MOVES}


def _of(key: ForeignKeyField, row) -> int:
    """The group that this row belongs to now."""
    return key.model.get_by_id(row.id).group_id
