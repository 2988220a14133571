"""Shares of the votes cast and of those who could vote, beside the count."""

import re

import pytest

from forum.proposals import actions
from forum.proposals.queries.shares import percent
from tests.proposals.ballots import newcomers, put


@pytest.mark.parametrize(
    ("part", "whole", "read"),
    [
        (0, 0, "–"),
        (0, 3, "0 %"),
        (1, 3, "33,3 %"),
        (2, 3, "66,7 %"),
        (5, 8, "62,5 %"),
        (1, 1, "100 %"),
        (1, 2000, "0,1 %"),
    ],
)
def test_a_share_reads_in_french(part, whole, read):
    assert percent(part, whole) == read.replace(" ", "\u00a0")


def test_both_shares_stand_in_the_workings(site, guest):
    proposal, people = put(), newcomers(4)
    for person, choice in zip(people, ("agree", "agree", "disagree"), strict=False):
        actions.vote(person, proposal, {"choice": choice})
    page = guest.get(f"/p/{proposal.key}").text
    cells = re.sub(r"<[^>]*>", "|", page).replace("||", "|")
    assert "D’accord|2|66,7\u00a0%|40\u00a0%|" in cells
    assert "Participation|3|100\u00a0%|60\u00a0%|" in cells
    assert "5 personnes pouvaient voter." in page
