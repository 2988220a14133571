"""Finding a date: yes, if need be, no, for each (as Framadate asks it)."""

import re
from datetime import datetime

from forum.proposals.methods.grades import Graded, GradedTally
from forum.proposals.methods.method import MAX_OPTIONS
from forum.proposals.methods.results import leading
from forum.proposals.methods.shapes import Options, Outcome, Places, Problems, Settings, Tally
from forum.text.dates import full, hour, names
from forum.text.numbers import figure

NO, MAYBE, YES = 0, 1, 2
# 2026-11-29, 29/11/2026; then perhaps an hour: 20:00, 20h, 20 h 30, after a space or the T of ISO 8601.
_DAY = r"(?:(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})|(?P<day2>\d{1,2})/(?P<month2>\d{1,2})/(?P<year2>\d{4}))"
_HOUR = r"(?:\s*(?:T|\s|à)\s*(?P<hour>\d{1,2})\s*[:h]\s*(?P<minute>\d{2})?(?::00)?)?"
_LINE = re.compile(_DAY + _HOUR, re.ASCII | re.IGNORECASE)


class Dates(Graded):
    """The date with the most yes wins; between dates with as many yes, the one with the most "if need be".

    An option's name is its date in ISO 8601, its label the date in French. A date left blank is a no.
    """

    name = "dates"
    label = "Trouver une date"
    summary = (
        "Pour chaque date : oui, si nécessaire ou non. La date qui a le plus de oui l’emporte ; à égalité, "
        "celle qui a le plus de « si nécessaire »."
    )
    scale = ("non", "si nécessaire", "oui")
    growing = True
    dated = True
    options_hint = "Une date s’écrit 2027-03-21 ou 21/03/2027 20:00."
    nothing = "Répondez pour au moins une date."
    unsaid = "Sans réponse, une date compte pour un non."

    def read_options(self, typed: str) -> tuple[Options, Problems]:
        """The dates typed one a line, as 2026-11-29, 2026-11-29 20:00 or 29/11/2026 20h, the earliest first."""
        lines = [line.strip() for line in typed.splitlines() if line.strip()]
        read = [_moment(line) for line in lines]
        problem = _problem(lines, read)
        moments = dict(sorted(filter(None, read)))
        return (moments, {"options": problem} if problem else {})

    def typed_options(self, options: Options) -> str:
        return "\n".join(name.replace("T", " ") for name in options)

    def rank(self, tally: Tally) -> Places:
        assert isinstance(tally, GradedTally)
        received = {name: (given[YES], given[MAYBE]) for name, given in tally.grades.items()}
        levels = sorted(set(received.values()), reverse=True)
        return tuple(tuple(name for name in received if received[name] == level) for level in levels)

    def outcome(self, tally: Tally, options: Options, settings: Settings, eligible: int) -> Outcome:
        assert isinstance(tally, GradedTally)
        return leading(self, tally, options, settings, eligible, self.figures(tally))

    def figure(self, tally: GradedTally, name: str) -> str:
        """ "4 oui", "4 oui (+ 2)": so many more could come if need be."""
        maybe = tally.grades[name][MAYBE]
        return f"{figure(tally.grades[name][YES])}\u00a0oui" + (f"\u00a0(+\u00a0{figure(maybe)})" if maybe else "")


def _moment(line: str) -> tuple[str, str] | None:
    """The name and the label of the date typed, None when it is none."""
    found = _LINE.fullmatch(line)
    if not found:
        return None
    part = {name.rstrip("2"): int(value) for name, value in found.groupdict().items() if value}
    try:
        moment = datetime(part["year"], part["month"], part["day"], part.get("hour", 0), part.get("minute", 0))
    except ValueError:
        return None
    label = f"{names()[1][moment.weekday()]} {full(moment.date())}"
    if "hour" in part:
        return moment.isoformat(timespec="minutes"), f"{label} à {hour(moment)}"
    return moment.date().isoformat(), label


def _problem(lines: list[str], read: list[tuple[str, str] | None]) -> str:
    if None in read:
        return f"« {lines[read.index(None)][:40]} » : écrivez une date par ligne, comme 2027-03-21 ou 21/03/2027 20:00."
    if len(lines) < 2:
        return "Écrivez au moins deux dates, une par ligne."
    if len(lines) > MAX_OPTIONS:
        return f"Trente dates au plus : il y en a {len(lines)}."
    return "Deux dates sont identiques." if len(set(read)) < len(read) else ""
