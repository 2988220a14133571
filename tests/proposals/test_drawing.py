"""The tally as it is drawn: readable without colour, whoever voted, for every way of voting."""

import itertools
import re

from tests.proposals.ballots import put

FILMS = "\n".join(f"Film {number}" for number in range(1, 7))


def drawn(visitor, key: str) -> str:
    page = visitor.get(f"/p/{key}").text
    return page[page.index('<svg width="0"') : page.index("</section>")]


def test_the_arcs_of_neighbours_differ_by_more_than_their_colour(alice):
    for method, options in (("consent", ""), ("choice", FILMS)):
        html = drawn(alice, put(method=method, options=options, title=method).key)
        arcs = re.findall(r'<g id="a-[^>]*>(.*?)</g>', html)
        widths = [re.findall(r'pathLength="1000"[^>]* stroke-width="(\d+)"', arc) for arc in arcs]
        assert len(widths) >= 4
        assert all(one != other for one, other in itertools.pairwise(widths))


def test_every_other_answer_of_a_scale_is_split_so_that_grey_tells_them_apart(alice):
    days = "2099-12-05 20:00\n2099-12-06"
    for method, options, answers in (("dates", days, 3), ("majority_judgment", "Bellac\nGuéret", 7)):
        html = drawn(alice, put(method=method, options=options, title=method).key)
        legend = re.findall(r'<use href="#(b\d)"/></svg>', html[html.index('class="legend"') :])
        split = [len(re.findall("<rect", re.search(rf'id="{name}".*?</symbol>', html)[0])) == 2 for name in legend]
        assert split == [place % 2 == 1 for place in range(answers)]


def test_a_tally_is_drawn_before_anybody_voted_and_says_so(bob):
    html = drawn(bob, put().key)
    assert "nan" not in html
    assert re.search(r'class="big">0</text>.*voix sur 1 membre<', html)
    assert html.count(" <b>0</b></li>") == 4
    assert "style=" not in html
    assert "url(" not in html
