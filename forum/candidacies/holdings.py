"""What candidacies hold of a person."""

from forum.accounts.holdings import Holdings
from forum.candidacies import actions, queries
from forum.candidacies.models import Candidacy, CandidacyCall, CandidacyWord

HOLDINGS = Holdings(
    tells={"candidacies": queries.data_of},
    leave=actions.leave,
    keeps={
        CandidacyCall.author: "a call belongs to its group and goes on, unsigned",
        Candidacy.member: "that somebody stood and withdrew remains, without name or words",
        CandidacyWord.author: "that something was said remains, without name or words",
    },
)
