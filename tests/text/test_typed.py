"""What each conversion makes of what was typed, odd signs included."""

import pytest

from forum.text import typed

LINES = [
    ("", "", ""),
    ("   ", "", ""),
    ("\r\n\r\n", "", ""),
    ("\u00a0\u2003 \t", "", ""),
    ("un", "un", "un"),
    ("  un  ", "un", "un"),
    ("un\r\ndeux", "un\ndeux", "un deux"),
    ("un\rdeux", "un\ndeux", "un deux"),
    ("un\ndeux", "un\ndeux", "un deux"),
    ("un\r\n\r\ndeux\r\n", "un\n\ndeux", "un deux"),
    ("un\n\rdeux", "un\n\ndeux", "un deux"),
    ("un\r\r\ndeux", "un\n\ndeux", "un deux"),
    ("  un\r\n  deux  ", "un\n  deux", "un deux"),
    ("un   deux", "un   deux", "un deux"),
    ("un\tdeux", "un\tdeux", "un deux"),
    ("un\u00a0deux", "un\u00a0deux", "un deux"),
    ("« un »", "« un »", "« un »"),
    ("«\u202fun\u202f»", "«\u202fun\u202f»", "« un »"),
    ("un\u2028deux", "un\u2028deux", "un deux"),
    ("\u2028un\u2029", "un", "un"),
    ("un\u200bdeux", "un\u200bdeux", "un\u200bdeux"),
    ("\ufeffun", "\ufeffun", "\ufeffun"),
    ("un\0deux", "un\0deux", "un\0deux"),
    ("\0", "\0", "\0"),
    ("a\ud83d", "a\ud83d", "a\ud83d"),
    ("👩🏽‍🌾\r\n", "👩🏽‍🌾", "👩🏽‍🌾"),
    ("مرحبا\r\nبكم", "مرحبا\nبكم", "مرحبا بكم"),
    ("x" * 100_000 + "\r\n", "x" * 100_000, "x" * 100_000),
]


@pytest.mark.parametrize(("sent", "several", "one"), LINES)
def test_a_text_keeps_its_lines_or_becomes_one(sent, several, one):
    assert (typed.many_lines(sent), typed.one_line(sent)) == (several, one)


@pytest.mark.parametrize("sent", [sent for sent, _, _ in LINES])
def test_a_text_made_of_lines_stays_as_it_is(sent):
    once = typed.many_lines(sent)
    assert typed.many_lines(once) == once
    assert "\r" not in typed.line_feeds(sent)
    assert len(typed.line_feeds(sent)) >= len(once)
