"""The ways of voting, by name. A new one is one pure file that obeys `method.Method`, and one line here."""

from forum.proposals.methods.approval import Approval
from forum.proposals.methods.choice import SingleChoice
from forum.proposals.methods.consent import Consent
from forum.proposals.methods.count import Count
from forum.proposals.methods.dates import Dates
from forum.proposals.methods.dots import Dots
from forum.proposals.methods.majority_judgment import MajorityJudgment
from forum.proposals.methods.method import Method
from forum.proposals.methods.ranked import Ranked
from forum.proposals.methods.score import Score
from forum.proposals.methods.stv import TransferableVote

METHODS: dict[str, Method] = {
    method.name: method
    for method in (
        Consent(),
        SingleChoice(),
        Approval(),
        Dates(),
        Count(),
        MajorityJudgment(),
        Score(),
        Dots(),
        Ranked(),
        TransferableVote(),
    )
}
# What a form begins with.
USUAL_METHOD = next(iter(METHODS))
