"""What people paste when they invite."""

import pytest

from forum.text import address_book

JEANNE, PAUL = "jeanne@example.org", "paul@example.org"


@pytest.mark.parametrize(
    ("pasted", "addresses"),
    [
        ("jeanne@example.org", [JEANNE]),
        ("jeanne@example.org paul@example.org", [JEANNE, PAUL]),
        ("jeanne@example.org, paul@example.org", [JEANNE, PAUL]),
        ("Jeanne Dupont <jeanne@example.org>; Paul <paul@example.org>", [JEANNE, PAUL]),
        ("Jeanne Dupont <jeanne@example.org>;", [JEANNE]),
        ('"Dupont, Jeanne" <jeanne@example.org>, Paul <paul@example.org>', [JEANNE, PAUL]),
        ("Dupont, Jeanne <jeanne@example.org>", [JEANNE]),
        ("<jeanne@example.org>", [JEANNE]),
        ("M. J. Dupont <jeanne@example.org>", [JEANNE]),
        ("mailto:jeanne@example.org", [JEANNE]),
        ("[Jeanne](mailto:jeanne@example.org)", [JEANNE]),
        ("jeanne@example.org.", [JEANNE]),
        ("jeanne@example.org (Jeanne)", [JEANNE]),
        ("\u200bjeanne@example.org\ufeff", [JEANNE]),
        ("jeanne@example.org\r\n\r\npaul@example.org\r\n", [JEANNE, PAUL]),
        ("jeanne@example.org\nJEANNE@example.org", [JEANNE]),
        ("Courriel\njeanne@example.org\npaul@example.org", [JEANNE, PAUL]),
        ("Nom\tAdresse\nJeanne\tjeanne@example.org\nPaul\tpaul@example.org", [JEANNE, PAUL]),
        ("jeanne+lavoir@sous.example.org", ["jeanne+lavoir@sous.example.org"]),
        ("jérôme@exemple.fr", ["jérôme@exemple.fr"]),
        ("", []),
    ],
)
def test_what_an_address_book_gives_is_understood(pasted, addresses):
    assert address_book.read(pasted) == (addresses, [])


@pytest.mark.parametrize(
    ("pasted", "addresses", "wrong"),
    [
        ("Jeanne", [], ["Jeanne"]),
        ("jeanne@example", [], ["jeanne@example"]),
        ("jeanne@example.org; paul@", [JEANNE], ["paul@"]),
        ("jeanne@example.org; Paul", [JEANNE], ["Paul"]),
        ("jeanne@example.org paul.example.org", [JEANNE], ["paul.example.org"]),
        ("jeanne@example.org\nPaul\npaul@example.org", [JEANNE, PAUL], ["Paul"]),
        ("@example.org, jeanne@@example.org", [], ["@example.org", "jeanne@@example.org"]),
    ],
)
def test_what_is_wrong_is_told_apart(pasted, addresses, wrong):
    assert address_book.read(pasted) == (addresses, wrong)
