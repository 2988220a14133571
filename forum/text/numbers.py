"""Figures as French writes them: thousands apart, and no line that ends between a figure and what it counts."""

from forum.text.french import NARROW, WIDE


def figure(number: int) -> str:
    """ "39", "5 000", "1 234 567": groups of three set apart by a narrow no-break space (Imprimerie nationale)."""
    return f"{number:,}".replace(",", NARROW)


def counted(number: int, word: str) -> str:
    """ "1 membre", "5 000 membres": the figure and its noun on one line; none and one are singular in French."""
    return f"{figure(number)}{WIDE}{word}{'s' if number > 1 and not word.endswith(('s', 'x', 'z')) else ''}"
