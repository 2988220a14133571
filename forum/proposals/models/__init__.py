"""Tables of proposals, their options, and the ballots cast on them."""

from forum.proposals.models.ballots import Ballot, BallotChange, Delegation, Mark, SecretBallots, SecretVote
from forum.proposals.models.ends import Closing, Reminder, RoomCount, Statement
from forum.proposals.models.proposals import ELECTORATES, REASONS, RESULTS, Option, Proposal, ProposalTag, Voter

__all__ = (
    "ELECTORATES",
    "REASONS",
    "RESULTS",
    "Ballot",
    "BallotChange",
    "Closing",
    "Delegation",
    "Mark",
    "Option",
    "Proposal",
    "ProposalTag",
    "Reminder",
    "RoomCount",
    "SecretBallots",
    "SecretVote",
    "Statement",
    "Voter",
)
