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
        arcs = re.findall(r'<g class="k-[^>]*>(.*?)</g>', html)
        widths = [re.findall(r'pathLength="1000"[^>]* stroke-width="(\d+)"', arc) for arc in arcs]
        assert len(widths) >= 4
        assert all(one != other for one, other in itertools.pairwise(widths))


def test_every_other_answer_of_a_scale_is_split_so_that_grey_tells_them_apart(alice):
    days = "2099-12-05 20:00\n2099-12-06"
    for method, options, answers in (("dates", days, 3), ("majority_judgment", "Bellac\nGuéret", 7)):
        html = drawn(alice, put(method=method, options=options, title=method).key)
        legend = re.findall(r'<use href="#b(\d)"/></svg>', html[html.index('class="legend"') :])
        split = [len(re.findall("<rect", re.search(rf'id="b{name}".*?</symbol>', html)[0])) == 2 for name in legend]
        parts = re.findall(r'<g class="k-(\d)"[^>]*>(.*?)</g>', html[html.index('id="g"') :])
        assert [name for name, _ in parts] == legend[::-1]
        assert split == ['stroke-width="2"' in part for _, part in parts[::-1]]
        assert split == [place % 2 == 1 for place in range(answers)]


def test_each_figure_of_a_majority_judgment_stands_under_the_letter_of_its_grade(alice, bob):
    proposal = put(method="majority_judgment", options="Bellac\nGuéret")
    alice.post(f"/p/{proposal.key}/vote", {"option-1": "5", "option-2": "0"})
    html = drawn(alice, proposal.key)
    letters = re.findall(r'<text x="([\d.]+)%"[^>]*>(\w+)</text>', html)
    assert [letter for _, letter in letters] == ["E", "TB", "B", "AB", "P", "I", "R"]
    assert [float(place) for place, _ in letters] == sorted(float(place) for place, _ in letters)
    figures = [re.findall(r"<li>(\d+)", row) for row in re.findall(r"<ul>(<li>\d.*?)</ul></li>", html)]
    assert figures == [["0", "1", "0", "0", "0", "0", "0"], ["0", "0", "0", "0", "0", "0", "1"]]
    assert re.findall(r'#g" stroke-dasharray="([^"]*)"', html) == [
        "0 200 100 200 0 200 0 200 0 200 0 200",
        "0 200 0 200 0 200 0 200 0 200 0 200",
    ]
    assert re.findall(r"<b>(\w+)</b> ([^<]+)</li>", html)[:2] == [("E", "Excellent"), ("TB", "Très bien")]


def test_a_tally_is_drawn_before_anybody_voted_and_says_so(bob):
    html = drawn(bob, put().key)
    assert "nan" not in html
    assert re.search(r'class="big">0</text>.*voix sur 1 membre<', html)
    assert html.count(" <b>0</b></li>") == 4
    assert "style=" not in html
    assert "url(" not in html
