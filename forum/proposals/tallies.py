"""What pages show of a count: rows, workings, and the rules that were published before the vote."""

from dataclasses import dataclass
from functools import lru_cache

from forum.proposals import queries
from forum.proposals.methods import METHODS
from forum.proposals.methods.method import Method, Row, Setting, Settings, Table, Tally
from forum.proposals.models import Option, Proposal
from forum.proposals.shares import shares

# The half-circle is for a few options of which each ballot chooses one.
MOST_ARCS = 6
# A tally is kept until as many others have been read: some kilobytes each.
KEPT = 200


@dataclass(frozen=True)
class Drawing:
    """The tally of a proposal: in a half-circle, or `rows` (place in the order of the options from 0, row)."""

    half: bool
    rows: tuple[tuple[int, Row], ...] = ()


def drawing(proposal: Proposal, options: list[Option]) -> Drawing:
    """What the tally looks like; once the outcome is written the options stand in the order it gives them."""
    method = METHODS[proposal.method]
    # Arcs are drawn with shapes that stand on the page already: an option that comes later has none there.
    if method.single_mark and len(options) <= MOST_ARCS and not proposal.growing:
        return Drawing(True)
    tally, settings = tally_of(proposal, options), queries.settings_of(proposal)
    rows = list(enumerate(method.rows(tally, _labels(options), settings)))
    if proposal.outcome and tally.voters:
        place = {name: number for number, names in enumerate(method.rank(tally)) for name in names}
        rows.sort(key=lambda numbered: place[numbered[1].name])
    return Drawing(False, tuple(rows))


def workings(proposal: Proposal, options: list[Option]) -> tuple[Table, ...]:
    """The tables with which the count can be checked; none before the first vote."""
    if not proposal.voters_count:
        return ()
    tally, settings = tally_of(proposal, options), queries.settings_of(proposal)
    tables = METHODS[proposal.method].tables(tally, _labels(options), settings)
    return (*tables, shares(proposal, options))


def tally_of(proposal: Proposal, options: list[Option]) -> Tally:
    """The present tally. What the values kept beside the options do not tell is read from the ballots, once for each
    revision in each process."""
    method = METHODS[proposal.method]
    if method.from_ballots:
        return _counted(proposal.key, proposal.revision)
    return method.add_up({option.name: option.received() for option in options}, proposal.voters_count)


def rules_of(proposal: Proposal) -> list[tuple[str, str]]:
    """The settings of a proposal in words: (label, value); none for a number left at 0, which asks for nothing."""
    chosen = queries.settings_of(proposal)
    said = [(setting.label, _said(setting, chosen)) for setting in METHODS[proposal.method].rules(chosen)]
    return [(label, value) for label, value in said if value != "0"]


@lru_cache(KEPT)
def _counted(key: str, revision: int) -> Tally:
    """The ballots of this revision: keys are never used twice, and each change of a ballot makes a revision."""
    proposal = Proposal.get(Proposal.key == key)
    method, labels = METHODS[proposal.method], _labels(queries.options_of(proposal))
    return method.count(queries.profile(proposal), labels, queries.settings_of(proposal))


def _labels(options: list[Option]) -> dict[str, str]:
    return {option.name: option.label for option in options}


def _said(setting: Setting, chosen: Settings) -> str:
    value = chosen.get(setting.name, setting.default)
    return dict(setting.choices).get(str(value), str(value))


def ways() -> list[tuple[Method, list[Setting]]]:
    """Every way of voting with the settings that no other has."""
    return [(method, [each for each in method.settings if each not in shared()]) for method in METHODS.values()]


def shared() -> list[Setting]:
    """The settings that several ways of voting have, once each."""
    every = [setting for method in METHODS.values() for setting in method.settings]
    return [setting for setting in dict.fromkeys(every) if every.count(setting) > 1]
