"""What the benchmarks find, and the table they end with."""

import statistics
from collections.abc import Iterable
from typing import NamedTuple


class Figure(NamedTuple):
    """One line of the table; `met` is None where there is no budget, only something to know."""

    what: str
    measured: str
    budget: str = ""
    met: bool | None = None


def within(what: str, value: float, most: float, unit: str = "", note: str = "") -> Figure:
    """A figure that must not go beyond `most`."""
    measured = f"{number(value)}{unit}{note and f' ({note})'}"
    return Figure(what, measured, f"<= {number(most)}{unit}", value <= most)


def number(value: float) -> str:
    """Digits as one reads them: 7,561 and 83 and 2.31."""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"


def p50(values: list[float]) -> float:
    return statistics.median(values)


def p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def table(figures: Iterable[Figure]) -> str:
    """The figures side by side, with `yes`, `MISSED` or nothing under `met`."""
    marks = {True: "yes", False: "MISSED", None: ""}
    rows = [("what", "measured", "budget", "met")]
    rows += [(row.what, row.measured, row.budget, marks[row.met]) for row in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])
