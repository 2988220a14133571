"""Counting a vote again from its ballots, against all that was kept of the first count."""

from collections.abc import Iterator

from forum.proposals import minutes, rules
from forum.proposals.methods import METHODS
from forum.proposals.methods.shapes import Given, Marks, Tally, given_by, profile_of
from forum.proposals.models import Closing, Option, Proposal
from forum.proposals.queries.ballots import options_of
from forum.proposals.queries.minutes import ballots_of, last_closing, vote_of
from forum.proposals.queries.proposals import outcome_of, settings_of

# So many differing lines of minutes are shown: more would be another vote.
MOST_SHOWN = 10


def checks(proposal: Proposal) -> Iterator[tuple[str, str]]:
    """Each thing compared, in English, and how it differs, '' where it does not."""
    options = options_of(proposal)
    ballots = ballots_of(proposal)
    yield f"{len(ballots)} ballots", _unlike(proposal.voters_count, len(ballots))
    tally = _counted(proposal, options, ballots)
    if tally is None:
        yield "count", "some ballots hold values that this way of voting does not know"
    elif not proposal.secret or proposal.closed_at:
        given = given_by(profile_of(ballots), {option.name: option.label for option in options})
        for option in options:
            yield _figures(proposal, option, tally, given)
            option.count, option.score = tally.counts[option.name], tally.scores[option.name]
    if proposal.closed_at and tally and not rules.is_cancelled(proposal):
        yield _outcome(proposal, tally, options)
    closing = last_closing(proposal) if proposal.closed_at else None
    if closing:
        yield from _minutes(closing, minutes.written(vote_of(proposal, closing.number, options, len(ballots))))


def _counted(proposal: Proposal, options: list[Option], ballots: list[Marks]) -> Tally | None:
    """The tally of these ballots, None when one holds what no ballot that the site took can hold."""
    labels = {option.name: option.label for option in options}
    try:
        return METHODS[proposal.method].count(profile_of(ballots), labels, settings_of(proposal))
    except (LookupError, ValueError, ArithmeticError):
        return None


def _figures(proposal: Proposal, option: Option, tally: Tally, given: Given) -> tuple[str, str]:
    """What is kept beside an option. Where whole ballots are needed, count and sum are written at the closing only."""
    values = {value: number for value, number in given[option.name].items() if number}
    counted, stored = [tally.counts[option.name], tally.scores[option.name]], [option.count, option.score]
    label = f"{option.name}: count {counted[0]}, sum {counted[1]}"
    if METHODS[proposal.method].from_ballots and not proposal.closed_at:
        return label, _unlike(option.received(), values)
    return label, _unlike([*stored, option.received()], [*counted, values])


def _outcome(proposal: Proposal, tally: Tally, options: list[Option]) -> tuple[str, str]:
    """Its words may change with the code; what is retained may not."""
    stored = outcome_of(proposal) or {"status": "none", "chosen": []}
    labels, settings = {option.name: option.label for option in options}, settings_of(proposal)
    outcome = METHODS[proposal.method].outcome(tally, labels, settings, proposal.eligible_count)
    retained = (stored["status"], tuple(stored["chosen"]))
    return " ".join(["outcome", outcome.status, *outcome.chosen]), _unlike(retained, (outcome.status, outcome.chosen))


def _minutes(closing: Closing, counted: str) -> Iterator[tuple[str, str]]:
    """The minutes as the ballots give them now, against the text kept at the closing, and that against its SHA-256."""
    differing = minutes.differences(closing.record, counted)
    for stored, now in differing[:MOST_SHOWN]:
        yield "minutes", _unlike(stored, now)
    yield f"minutes of closing {closing.number}", f"{len(differing)} lines differ" if differing else ""
    yield f"sha256 {closing.sha256}", _unlike(closing.sha256, minutes.fingerprint(closing.record))


def _unlike(stored: object, counted: object) -> str:
    return "" if stored == counted else f"kept {stored}, counted {counted}"
