"""A choice has its colour by its name, where its method gives it one, or by its place."""

import pytest

from forum.proposals.methods import METHODS


@pytest.mark.parametrize(
    ("method", "name", "place", "colour"),
    [
        ("consent", "agree", 3, "agree"),
        ("consent", "block", 0, "block"),
        ("choice", "42", 0, "0"),
        ("choice", "42", 12, "2"),
        ("choice", "block", 1, "1"),
    ],
)
def test_a_choice_has_its_colour_by_its_name_or_its_place(method, name, place, colour):
    assert METHODS[method].colour(name, place) == colour
