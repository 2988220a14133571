"""What votes hold of a person."""

from forum.accounts.holdings import Holdings
from forum.proposals import queries
from forum.proposals.models import (
    Ballot,
    BallotChange,
    Closing,
    Delegation,
    Proposal,
    Reminder,
    RoomCount,
    SecretParticipant,
    Statement,
    Voter,
)

PUT = "what was put to the vote, counted and answered for stays, unsigned"
CAST = "a vote that was cast is counted, and can be counted again; unsigned"
HELD = "who recorded a voice for whom, so that each is recorded for once; unsigned"

HOLDINGS = Holdings(
    tells={"votes": queries.data_of},
    # Nobody stays named to vote who has left; a number fixed at an opening stays what it was.
    forgets=(Voter.member, SecretParticipant.member),
    keeps={
        Proposal.author: PUT,
        Statement.author: PUT,
        RoomCount.author: PUT,
        Closing.by: PUT,
        Closing.reopened_by: PUT,
        Reminder.by: PUT,
        Ballot.voter: CAST,
        Ballot.recorded_by: HELD,
        BallotChange.recorded_by: HELD,
        Delegation.voter: HELD,
        Delegation.recorder: HELD,
    },
)
