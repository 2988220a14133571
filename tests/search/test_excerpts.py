"""The passage shown under a result."""

import pytest

from forum.search.engines import analyser
from forum.search.engines.protocol import Word
from forum.search.queries.excerpts import MOST, excerpt


@pytest.mark.parametrize(
    ("source", "typed", "marked"),
    [
        ("Le réseau d’**eau** est public.", "eau", ["eau"]),
        ("Les militant(e)s, les « militantes » et les militants.", "militant", ["militant(e)s", "militants"]),
        ("[Une haie](https://example.org/bocage)", "bocage", []),
        ("Rien de cela.", "haie", []),
        ("", "haie", []),
        ("Des haies !", "haies", ["haies"]),
    ],
)
def test_the_words_asked_for_are_told_apart(source, typed, marked):
    words = [Word(forms) for forms in analyser.words(typed)]
    pieces = excerpt(source, words)
    assert [piece for piece, asked in pieces if asked] == marked


def test_an_unfinished_word_marks_what_begins_so():
    pieces = excerpt("La transparence des comptes", [Word(("trans",), unfinished=True)])
    assert pieces == [("La ", False), ("transparence", True), (" des comptes", False)]


def test_the_passage_surrounds_the_first_word_found():
    source = "Du thym. " * 60 + "Ici une haie vive. " + "Du romarin. " * 60
    shown = "".join(piece for piece, _ in excerpt(source, [Word(("haie",))]))
    assert "Ici une haie vive." in shown
    assert shown.startswith("… ")
    assert shown.endswith("…")
    assert len(shown) <= MOST + 4


def test_a_word_of_the_title_alone_shows_the_beginning():
    shown = "".join(piece for piece, _ in excerpt("Du thym. " * 60, [Word(("haie",))]))
    assert shown.startswith("Du thym.")
