"""A tally that moved, told by its figures alone: both sides have the text before, and its words stay the same."""

import re

_FIGURES = re.compile(r"([0-9]+)")


def moved(before: str, after: str) -> str | None:
    """The figures that changed: "3:41,7:20" says that the fourth run of digits of the text is now 41, the eighth 20.

    None when more than figures changed: then only the whole text will do.
    """
    old, new = _FIGURES.split(before), _FIGURES.split(after)
    if old[::2] != new[::2]:
        return None
    pairs = enumerate(zip(old[1::2], new[1::2], strict=True))
    return ",".join(f"{place}:{now}" for place, (then, now) in pairs if then != now)
