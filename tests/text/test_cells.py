"""What stands in a table is text, whatever the spreadsheet that opens it."""

import pytest

from forum.text.cells import harmless


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("  @nom", "'  @nom"),
        ("Bellac;=cmd|calc", "Bellac;'=cmd|calc"),
        ("a; -2;+3", "a;' -2;'+3"),
        ("Le Dorat ; Guéret", "Le Dorat ; Guéret"),
        ("1-2=3", "1-2=3"),
        ("", ""),
    ],
)
def test_nothing_becomes_a_formula(typed, kept):
    assert harmless(typed) == kept
