"""What a vote can be counted again from, and how it ended."""

from collections.abc import Sequence

from forum.accounts.models import Viewer
from forum.database.select import tuples
from forum.errors import NotFound
from forum.proposals import minutes, rules
from forum.proposals.methods import METHODS
from forum.proposals.methods.shapes import Marks
from forum.proposals.models import Closing, Mark, Option, Proposal
from forum.proposals.queries.ballots import options_of, profile
from forum.proposals.queries.delegations import count_by_telephone
from forum.proposals.queries.proposals import outcome_of, settings_of
from forum.proposals.queries.rooms import as_recorded, rooms
from forum.proposals.queries.secret import secret_ballots


def vote_of(
    proposal: Proposal,
    closing: int,
    options: Sequence[Option] = (),
    voters: int | None = None,
    with_ballots: bool = True,
) -> minutes.Vote:
    """What the minutes of this closing (from 1) tell, from the present rows: or with these options, counted anew, and
    this number of voters."""
    options = options or _counted(proposal)
    counted_by_hand = rooms(proposal, proposal.closed_at)
    return minutes.Vote(
        key=proposal.key,
        closing=closing,
        title=proposal.title,
        body=proposal.body,
        method=proposal.method,
        opens_at=proposal.opens_at,
        closes_at=proposal.closes_at,
        eligible=proposal.eligible_count,
        voters=proposal.voters_count if voters is None else voters,
        settings={**settings_of(proposal), **_terms(proposal)},
        options={option.name: option.label for option in options},
        counts={option.name: option.count for option in options},
        scores={option.name: option.score for option in options},
        outcome=outcome_of(proposal),
        recorded=count_by_telephone(proposal),
        rooms=[as_recorded(room) for room in counted_by_hand],
        ballots=ballots_of(proposal) if with_ballots else None,
    )


def _counted(proposal: Proposal) -> list[Option]:
    """The options with their counts and sums; while the vote runs those that need whole ballots are not kept."""
    options = options_of(proposal)
    if proposal.closed_at or not METHODS[proposal.method].from_ballots:
        return options
    labels = {option.name: option.label for option in options}
    tally = METHODS[proposal.method].count(profile(proposal), labels, settings_of(proposal), ended=False)
    for option in options:
        option.count, option.score = tally.counts[option.name], tally.scores[option.name]
    return options


def _terms(proposal: Proposal) -> dict[str, str | int]:
    """Who may vote and how, beside the settings of the method; what is so or not as 1 or 0."""
    words = {"electorate": proposal.electorate, "reasons": proposal.reasons, "results": proposal.results}
    return {**words, "final": int(proposal.final), "growing": int(proposal.growing), "secret": int(proposal.secret)}


def minutes_for(member: Viewer, proposal: Proposal, number: int = 0) -> str:
    """The minutes as this person may read them: of a closed vote the text kept at its closing, else as things stand; or
    that of the closing of this number. Raises NotFound when there is none, Refused while the results are hidden."""
    rules.see_results(member, proposal).require()
    verdict = rules.read_ballots(member, proposal)
    closing = last_closing(proposal) if proposal.closed_at else None
    if number:
        closing = Closing.get_or_none(Closing.proposal == proposal.id, Closing.number == number)
        if closing is None:
            raise NotFound
    if closing is None:
        return minutes.written(vote_of(proposal, count_closings(proposal) + 1, with_ballots=bool(verdict)))
    return closing.record if verdict else minutes.without_ballots(closing.record)


def fingerprint_for(member: Viewer, proposal: Proposal) -> str:
    """The fingerprint of the minutes of a closed vote; '' while it runs, and for whoever may not read them whole:
    so few ballots could be found out by trying them all."""
    if proposal.closed_at is None or not rules.read_ballots(member, proposal):
        return ""
    closings = Closing.select(Closing.sha256).where(Closing.proposal == proposal.id)
    return closings.order_by(Closing.number.desc()).scalar() or ""


def ballots_of(proposal: Proposal) -> list[Marks]:
    """The marks of each ballot, in no order that means anything."""
    if proposal.secret:
        return secret_ballots(proposal)
    rows = Mark.select(Mark.ballot, Option.name, Mark.value).join(Option).where(Option.proposal == proposal.id)
    ballots: dict[int, dict[str, int]] = {}
    for ballot_id, name, value in tuples(rows):
        ballots.setdefault(ballot_id, {})[name] = value
    return list(ballots.values())


def count_closings(proposal: Proposal) -> int:
    """How many times this vote has ended so far."""
    return Closing.select().where(Closing.proposal == proposal.id).count()


def last_closing(proposal: Proposal) -> Closing | None:
    """How the vote last ended."""
    return Closing.select().where(Closing.proposal == proposal.id).order_by(Closing.number.desc()).first()
