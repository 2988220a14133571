"""A tally that moved is told by its figures, from which the page makes the same text."""

import re

from hypothesis import given, strategies as st

from forum.live.patches import moved

figures = st.lists(st.integers(0, 10**6), min_size=4, max_size=4)


def made(before: str, told: str) -> str:
    """What the page makes of it (static/live.js)."""
    now = dict(pair.split(":") for pair in told.split(","))
    places = iter(range(10_000))
    return re.sub("[0-9]+", lambda run: now.get(str(next(places)), run[0]), before)


@given(figures, figures)
def test_the_page_comes_to_the_same_text(then, now):
    text = '<div id="a{}b"><use x="{} 1{}"/>d’accord sur {}, à 20 h</div>'
    before, after = text.format(*then), text.format(*now)
    told = moved(before, after)
    assert told is not None
    assert made(before, told) == after if told else before == after


def test_only_what_moved_is_told():
    assert moved('<b x="0 12 7">3</b> sur 40', '<b x="0 13 7">4</b> sur 40') == "1:13,3:4"
    assert moved("3 voix", "3 voix") == ""


def test_other_words_want_the_whole_text():
    assert moved("1 membre", "2 membres") is None
    assert moved("", "1 voix") is None
    assert moved('<li x="1"/>', '<li x="1"/><li x="2"/>') is None
    assert moved("٣ voix 1", "٣ voix 2") == "0:2", "digits are those that JavaScript's [0-9] finds"
