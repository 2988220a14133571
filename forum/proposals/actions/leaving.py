"""What votes forget of whoever leaves the site for good."""

from forum.accounts.models import Viewer
from forum.proposals.models import Voter


def forget_named(member: Viewer) -> None:
    """Nobody stays named to vote who has left; a number fixed at an opening stays what it was."""
    Voter.delete().where(Voter.member == member.id).execute()
