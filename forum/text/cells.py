"""Texts in the cells of a table that a spreadsheet will open."""

import re

# At the beginning of a cell; and after a semicolon, which parts cells in French spreadsheets.
_FORMULA = re.compile(r"(?:^|(?<=;))(?=\s*[=+\-@\t\r])")


def harmless(value: str) -> str:
    """The text, with an apostrophe before whatever a spreadsheet would take for a formula (OWASP, CSV injection)."""
    return _FORMULA.sub("'", value)
