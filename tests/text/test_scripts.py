"""Names in letters that pass for others: refused where they are given, and any one script is welcome."""

import pytest

from forum.accounts import pseudonyms
from forum.tags.actions import names_problem
from forum.text import mentions, scripts

GOOD = [
    "Genêt",
    "Jeanne-d.Arc_93",
    "L’Estaque",
    "சென்னை",
    "हिन्दी",
    "Ολυμπία",
    "Надежда",
    "حرية",
    "東京さくらカフェ",
    "서울大",
    "Nguyễn",
    "Nguye\u0302\u0303n",
    "Élan 東京",
    "Col·lectiu",
    "שָׁלוֹם",
]
MIXED = ["аlice", "modératеur", "Раris", "pаrvis", "Αlice", "सtone", "кот-cаt"]
DRAWN = ["𝐒irius", "𝓐lice", "Ａｌｉｃｅ", "ⓐlice", "ᴬlice", "ﬁn", "Z" + "\u0301" * 6 + "algo"]


@pytest.mark.parametrize("name", GOOD)
def test_any_one_script_is_welcome(name):
    assert scripts.problem(name) is None


@pytest.mark.parametrize("name", MIXED)
def test_a_word_in_letters_of_two_scripts_is_refused(name):
    assert "mêle plusieurs alphabets" in (scripts.problem(name) or "")
    assert pseudonyms.problem(name)
    assert "mêle plusieurs alphabets" in (names_problem([name], 5) or "")


@pytest.mark.parametrize("name", DRAWN)
def test_letters_that_picture_others_are_refused(name):
    assert "lettres décoratives" in (scripts.problem(name) or "")
    assert pseudonyms.problem(name)


@pytest.mark.parametrize("name", ["சென்னை", "हिन्दी", "Надежда", "حرية", "さくら", "Nguyễn"])
def test_somebody_signs_up_and_is_called_in_their_own_script(guest, name):
    assert pseudonyms.problem(name) is None
    form = {"username": name, "password": "une phrase assez longue"}
    answer = guest.post("/inscription", form)
    assert answer.status_code == 303, answer.text[:2000]
    assert mentions.found(f"Merci @{name}, à samedi.") == [name]


def test_a_group_has_no_name_of_two_scripts(alice):
    form = {"name": "Insoumis de Раris", "handle": "insoumis-essai", "description": "Un groupe."}
    answer = alice.post("/groupes/nouveau", form)
    assert answer.status_code == 422
    assert "mêle plusieurs alphabets" in answer.text
    assert "Insoumis de Раris" in answer.text
