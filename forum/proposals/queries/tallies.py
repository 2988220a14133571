"""What pages show of a count: rows, workings, and the rules that were published before the vote."""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from itertools import accumulate, pairwise

from forum.proposals.methods import METHODS
from forum.proposals.methods.method import Method
from forum.proposals.methods.shapes import Row, Setting, Settings, Table, Tally
from forum.proposals.models import Option, Proposal
from forum.proposals.queries.ballots import options_of, profile
from forum.proposals.queries.proposals import settings_of
from forum.proposals.queries.shares import shares

# The half-circle is for a few options of which each ballot chooses one.
MOST_ARCS = 6
# A tally is kept until as many others have been read: some kilobytes each.
KEPT = 200
# While votes come, a count of whole ballots that takes longer than this, in seconds of processor, is not made again
# with each: counting takes at most one part in so many of a process. Five thousand ballots take a tenth of a second.
CHEAP, SHARE = 0.05, 8

# The colours (k-0 to k-9) of shades, from the worst answer to the best.
SHADES = (4, 1, 6, 8, 0, 5, 2)


@dataclass(frozen=True)
class DrawnRow:
    """A row as it is drawn: the length of each of its parts, in % of the line. `colour` (0 to 9) is that of the option,
    for a row of one part; where there are several, each has that of its answer."""

    row: Row
    colour: int
    lengths: tuple[int, ...]


@dataclass(frozen=True)
class Drawing:
    """The tally of a proposal: in a half-circle, or `lines`.

    `revision` is that of the ballots counted, `voters` their number: a count of whole ballots may be a little late.
    """

    half: bool
    revision: int
    voters: int
    lines: tuple[DrawnRow, ...] = ()

    def colour_of(self, shade: int) -> int:
        """The colour (0 to 9) of a shade."""
        return SHADES[shade]

    def split(self, shades: tuple[tuple[int, str], ...]) -> list[int]:
        """The colours of every other answer, whose parts a line splits: neighbours are told apart without colour."""
        return [self.colour_of(shade) for shade, _ in shades[1::2]]


@dataclass(frozen=True)
class Counted:
    """A count of whole ballots: of which revision, when (of time.monotonic), and what it took, in seconds."""

    tally: Tally
    revision: int
    at: float
    took: float

    def is_enough(self, revision: int) -> bool:
        """Whether it may be shown for this revision: it is of that one, or too recent to be made again."""
        return self.revision >= revision or (self.took > CHEAP and time.monotonic() - self.at < SHARE * self.took)


def drawing(proposal: Proposal, options: list[Option]) -> Drawing:
    """What the tally looks like; once the outcome is written the options stand in the order it gives them."""
    method = METHODS[proposal.method]
    # Arcs are drawn with shapes that stand on the page already: an option that comes later has none there.
    if method.single_mark and len(options) <= MOST_ARCS and not proposal.growing:
        return Drawing(True, proposal.revision, proposal.voters_count)
    tally, revision = _present(proposal, options)
    settings = settings_of(proposal)
    rows = list(enumerate(method.rows(tally, _labels(options), settings)))
    if proposal.outcome and tally.voters:
        place = {name: number for number, names in enumerate(method.rank(tally)) for name in names}
        rows.sort(key=lambda numbered: place[numbered[1].name])
    return Drawing(False, revision, tally.voters, tuple(_line(place, row) for place, row in rows))


def _line(place: int, row: Row) -> DrawnRow:
    """`place` is that of the option, from 0."""
    sums = accumulate((length for _, length in row.parts), initial=0)
    # What is rounded is how far each part reaches, so that together they fill the line.
    reached = [round(100 * reach / max(row.whole, 1)) for reach in sums]
    return DrawnRow(row, place % 10, tuple(end - start for start, end in pairwise(reached)))


def workings(proposal: Proposal, options: list[Option], exact: bool = False) -> tuple[Table, ...]:
    """The tables with which the count can be checked; none before the first vote. As `tally_of`."""
    if not proposal.voters_count:
        return ()
    tally, settings = tally_of(proposal, options, exact), settings_of(proposal)
    tables = METHODS[proposal.method].tables(tally, _labels(options), settings)
    return (*tables, shares(proposal, options))


def tally_of(proposal: Proposal, options: list[Option], exact: bool = False) -> Tally:
    """The present tally. Where a method counts whole ballots, and they still come, it may be some seconds old, unless
    it must be `exact`; it is never so once the vote is over."""
    return _present(proposal, options, exact)[0]


def _present(proposal: Proposal, options: list[Option], exact: bool = False) -> tuple[Tally, int]:
    """The tally, and the revision that it is of."""
    method = METHODS[proposal.method]
    if method.from_ballots:
        counted = _counted(proposal, options, exact)
        return counted.tally, counted.revision
    given = {option.name: option.received() for option in options}
    return method.add_up(given, proposal.voters_count), proposal.revision


def published_settings(proposal: Proposal) -> list[tuple[str, str]]:
    """The settings of a proposal in words: (label, value); none for a number left at 0, which asks for nothing."""
    chosen = settings_of(proposal)
    settings = [(setting.label, _said(setting, chosen)) for setting in METHODS[proposal.method].rules(chosen)]
    return [(label, value) for label, value in settings if value != "0"]


_kept: OrderedDict[str, Counted] = OrderedDict()
_counting = threading.Lock()


def _counted(proposal: Proposal, options: list[Option], exact: bool = False) -> Counted:
    """The count of this revision or a later one; while ballots come, perhaps of the one before, never two at a time.

    Keys are never used twice, and each change of a ballot makes a revision.
    """
    exact = exact or not proposal.is_open()
    cached = _kept.get(proposal.key)
    if cached and cached.tally.counts.keys() != {option.name for option in options}:
        # An option has come since.
        cached = None
    if cached and (cached.revision >= proposal.revision if exact else cached.is_enough(proposal.revision)):
        return cached
    if not _counting.acquire(blocking=exact or cached is None):
        return cached or _count(proposal)
    try:
        _kept[proposal.key] = counted = _count(proposal)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    finally:
        _counting.release()
    return counted


def _count(proposal: Proposal) -> Counted:
    begun = time.thread_time()
    method, labels = METHODS[proposal.method], _labels(options_of(proposal))
    # The ballots may be of a later revision than the row at hand: nothing is told before it has been counted.
    tally = method.count(profile(proposal), labels, settings_of(proposal), ended=proposal.is_over())
    return Counted(tally, proposal.revision, time.monotonic(), time.thread_time() - begun)


def _labels(options: list[Option]) -> dict[str, str]:
    return {option.name: option.label for option in options}


def _said(setting: Setting, chosen: Settings) -> str:
    value = chosen.get(setting.name, setting.default)
    return dict(setting.choices).get(str(value), str(value))


def ways_of_voting() -> list[tuple[Method, list[Setting]]]:
    """Every way of voting with the settings that no other has."""
    return [
        (method, [each for each in method.settings if each not in shared_settings()]) for method in METHODS.values()
    ]


def shared_settings() -> list[Setting]:
    """The settings that several ways of voting have, once each."""
    every = [setting for method in METHODS.values() for setting in method.settings]
    return [setting for setting in dict.fromkeys(every) if every.count(setting) > 1]
