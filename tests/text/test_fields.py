"""What a field refuses, and the sentence it answers with."""

import pytest

from forum.text import fields


@pytest.mark.parametrize(
    "value",
    ["Covoiturage", "  L’eau, à Bellac ?  ", "été", "👩🏽‍🌾 oui", "مرحبا", "insoumis·e·s", "#1", "«\u202fici\u202f»"],
)
def test_an_ordinary_line_is_taken(value):
    assert fields.line_problem(value, 60) is None


@pytest.mark.parametrize(
    ("value", "part"),
    [
        ("", "Écrivez quelque chose"),
        ("   ", "Écrivez quelque chose"),
        ("\u200b\u2800\u3164", "Écrivez quelque chose"),
        ("\u00a0\u202f", "Écrivez quelque chose"),
        ("a\nb", "une seule ligne"),
        ("a\tb", "une seule ligne"),
        ("a\u2028b", "une seule ligne"),
        ("a\x00b", "illisible"),
        ("a\x1bb", "illisible"),
        ("a\x85b", "illisible"),
        ("a\ud800b", "illisible"),
        ("nom\u202egpj.exe", "sens de lecture"),
        ("\u2066caché\u2069", "sens de lecture"),
        ("x" * 61, "61 signes, pour 60 au plus"),
    ],
)
def test_a_line_that_cannot_be_shown_is_refused_with_its_reason(value, part):
    assert part in fields.line_problem(value, 60)


def test_a_short_line_says_how_many_signs_it_needs():
    assert "au moins 3 signes" in fields.line_problem("ab", 60, least=3)


def test_an_optional_field_may_be_empty():
    assert fields.line_problem("", 60, least=0) is None
    assert fields.body_problem("  ", 60, least=0) is None


def test_a_body_may_have_lines():
    assert fields.body_problem("un\n\n\tdeux\r\n", 60) is None


def test_a_body_too_long_is_told_both_figures():
    assert fields.body_problem("x" * 100_000, 20_000) == (
        "C’est trop long : 100\u202f000 signes, pour 20\u202f000 au plus."
    )


@pytest.mark.parametrize("value", ["\x00", "a\ud83d", "a\u202eb", " \n\t "])
def test_a_body_refuses_what_a_line_refuses(value):
    assert fields.body_problem(value, 60)
