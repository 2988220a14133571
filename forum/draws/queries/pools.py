"""Who or what would be drawn if the list were frozen now."""

from dataclasses import dataclass

from forum.accounts.models import Account, Viewer
from forum.draws.colleges import college_of
from forum.draws.models import Draw, DrawVolunteer
from forum.initiatives.models import Participation
from forum.proposals import queries as proposals

# Those who stand in it, by themselves or handed over.
STANDING = ("volunteers", "handed")
# A group puts fewer to the vote at a time.
MOST_PROPOSALS = 1_000


@dataclass(frozen=True)
class Entrant:
    """A ticket to be: its label, its college, and the account it is of, 0 for what is no account."""

    label: str
    college: str = ""
    member_id: int = 0


def entrants_of(member: Viewer, draw: Draw) -> list[Entrant]:
    """Everybody, or everything, that is in it now, as far as this person may read it."""
    if draw.pool in STANDING:
        rows = DrawVolunteer.select(DrawVolunteer, Account.id, Account.username).join(Account)
        return [
            Entrant(row.member.username, college_of(draw.grouping, row.gender, row.place), row.member_id)
            for row in rows.where(DrawVolunteer.draw == draw.id).order_by(DrawVolunteer.id)
        ]
    if draw.pool == "initiative":
        comers = Participation.select(Participation, Account.id, Account.username).join(Account)
        coming = comers.where(Participation.initiative == draw.initiative_id).order_by(Participation.id)
        return [Entrant(row.member.username, member_id=row.member_id) for row in coming]
    if draw.pool == "proposals":
        cards = proposals.proposals_in_group(member, draw.group, MOST_PROPOSALS)
        return [Entrant(card.proposal.title) for card in cards if not card.over]
    return [Entrant(label) for label in draw.labels.splitlines()]


def count_entrants(member: Viewer, draw: Draw) -> int:
    """How many there are now."""
    if draw.pool in STANDING:
        return DrawVolunteer.select().where(DrawVolunteer.draw == draw.id).count()
    if draw.pool == "initiative":
        return Participation.select().where(Participation.initiative == draw.initiative_id).count()
    return len(entrants_of(member, draw))


def volunteer_of(member: Viewer, draw: Draw) -> DrawVolunteer | None:
    """This person's own standing, None where they do not stand."""
    return DrawVolunteer.get_or_none(DrawVolunteer.draw == draw.id, DrawVolunteer.member == member.id)
