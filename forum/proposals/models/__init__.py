"""Tables of proposals, their options, and the ballots cast on them."""

from forum.proposals.models.ballots import (
    Ballot as Ballot,
    BallotChange as BallotChange,
    Delegation as Delegation,
    Mark as Mark,
    SecretBallots as SecretBallots,
    SecretParticipant as SecretParticipant,
    SecretUrn as SecretUrn,
    SecretVote as SecretVote,
)
from forum.proposals.models.ends import (
    Closing as Closing,
    Reminder as Reminder,
    RoomCount as RoomCount,
    Statement as Statement,
)
from forum.proposals.models.proposals import (
    ELECTORATES as ELECTORATES,
    REASONS as REASONS,
    RESULTS as RESULTS,
    Option as Option,
    Proposal as Proposal,
    ProposalTag as ProposalTag,
    Voter as Voter,
)
