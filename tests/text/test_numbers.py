"""Figures as they are read: thousands apart, and joined to what they count."""

from forum.text.numbers import counted, figure
from tests.world import group


def test_thousands_stand_apart():
    assert [figure(number) for number in (0, 999, 5000, 1234567)] == ["0", "999", "5\u202f000", "1\u202f234\u202f567"]


def test_a_figure_and_its_noun_stay_on_one_line():
    said = [counted(0, "membre"), counted(1, "membre"), counted(39, "membre"), counted(5000, "voix")]
    assert said == ["0\u00a0membre", "1\u00a0membre", "39\u00a0membres", "5\u202f000\u00a0voix"]


def test_a_group_of_thousands_says_so_in_good_french(site, guest):
    crowd = group("insoumis-087")
    crowd.members_count = 5000
    crowd.save()
    for path in ("/g/insoumis-087", "/groupes?q=87"):
        assert "5\u202f000\u00a0membres" in guest.get(path).text
