"""The charter: each rule is cited by the number it has on the page, and can be read where the citation leads."""

import re

import pytest

from forum.moderation.charter import CHARTER, OF_THE_SITE
from tests.moderation.conftest import decide, last_decision, report


def rules_of(page: str) -> list[tuple[str, str]]:
    """The anchor and the words of each rule, in the order in which the reader's browser numbers them."""
    (ordered,) = re.findall(r"<ol>(.*?)</ol>", page, re.S)
    return [(anchor, re.sub(r"<.*?>", "", words)) for anchor, words in re.findall(r'<li id="(.*?)">(.*)', ordered)]


def test_each_rule_stands_under_its_number(guest):
    shown = rules_of(guest.get("/charte").text)
    assert shown == [(f"regle-{rule.number}", rule.title + rule.text) for rule in CHARTER]
    assert [rule.number for rule in CHARTER] == list(range(1, len(CHARTER) + 1))
    assert len({rule.code for rule in CHARTER}) == len(CHARTER)


def test_who_reports_chooses_among_the_rules_by_their_numbers(bob, written):
    page = bob.get(written.comment).text
    for rule in OF_THE_SITE:
        assert f"Règle {rule.number} de la charte" in page
    assert [rule.number for rule in CHARTER if f"Règle {rule.number} de" not in page] == [
        rule.number for rule in CHARTER if not rule.wrong
    ]


@pytest.mark.parametrize("rule", OF_THE_SITE, ids=lambda rule: rule.code)
def test_a_decision_leads_to_the_rule_that_it_cites(guest, alice, bob, written, rule):
    report(bob, written.comment, rule=rule.code)
    assert decide(alice, rule=rule.code).status_code == 303
    page = guest.get(f"/moderation/decisions/{last_decision().key}").text
    address, number = re.search(r'<a href="(/charte#.*?)">règle (\d+) de la charte</a>', page).groups()
    anchor, words = rules_of(guest.get(address.partition("#")[0]).text)[int(number) - 1]
    assert anchor == address.partition("#")[2]
    assert words.startswith(rule.title)
    assert rule.why in page


def test_what_breaks_no_rule_cannot_be_reported(bob, written):
    silent = next(rule for rule in CHARTER if not rule.wrong)
    answer = report(bob, written.comment, rule=silent.code)
    assert answer.status_code == 422
    assert "quelle règle est en cause" in answer.text
