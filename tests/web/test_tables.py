"""Tables to download: sealed bytes at one address, what a spreadsheet opens at another."""

import csv
import io

import pytest

from forum.proposals import actions
from forum.web import tables
from tests.proposals.ballots import put
from tests.world import member


@pytest.mark.parametrize(
    "rows", [[["Pain", "Où ?"], ["un; deux", "l’eau"]], [['Elle dit "non"', "deux\nlignes"]], [["", "=1+1"]]]
)
def test_a_spreadsheet_is_given_the_same_cells(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    given = tables.for_spreadsheet(text.getvalue())
    assert given.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(given[1:], newline=""), delimiter=";")) == rows


def test_each_table_has_two_addresses_and_the_first_keeps_its_bytes(alice, site):
    proposal = put()
    actions.vote(member("Alice"), proposal, {"choice": "agree", "reason": "Parce que c’est l’été"})
    actions.close(proposal)
    for path in (f"/p/{proposal.key}.csv", f"/p/{proposal.key}/voix.csv", "/synonymes.csv"):
        plain, sheet = alice.get(path), alice.get(f"{path}?tableur=1")
        assert (plain.status_code, sheet.status_code) == (200, 200)
        assert not plain.data.startswith(b"\xef\xbb\xbf")
        assert sheet.data.startswith(b"\xef\xbb\xbf")
        assert tables.for_spreadsheet(plain.get_data(as_text=True)) == sheet.get_data(as_text=True)
        assert "tableur.csv" in sheet.headers["Content-Disposition"]
