"""A proposal as a draft again, to be rewritten."""

from forum.proposals.methods import METHODS
from forum.proposals.models import Proposal
from forum.proposals.queries.ballots import options_of
from forum.proposals.queries.electorate import named_voters
from forum.proposals.queries.proposals import settings_of, tags_of
from forum.text.typed import moment_field


def as_typed(proposal: Proposal) -> dict[str, str]:
    """A proposal as its author would have typed it; '' for the settings of other methods."""
    labels = {option.name: option.label for option in options_of(proposal)}
    return {
        "title": proposal.title,
        "body": proposal.body,
        "method": proposal.method,
        "options": METHODS[proposal.method].typed_options(labels),
        "closes_at": moment_field(proposal.closes_at),
        "opens_at": moment_field(proposal.opens_at),
        "electorate": proposal.electorate,
        "named": "\n".join(named_voters(proposal)),
        "final": "1" if proposal.final else "",
        "reasons": proposal.reasons,
        "results": proposal.results,
        "growing": "1" if proposal.growing else "",
        "secret": "1" if proposal.secret else "",
        "tags": " ".join(tags_of(proposal)),
        **{setting.name: "" for method in METHODS.values() for setting in method.settings},
        **{name: str(value) for name, value in settings_of(proposal).items() if name != "rule"},
    }
