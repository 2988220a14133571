"""Was it really chance? Anybody may ask."""

import pytest

ASKED = "pool=150&kind=30&drawn=20&seen=8"


def test_anybody_is_told_how_often_chance_does_as_much(guest):
    page = guest.get(f"/hasard?{ASKED}")
    assert page.status_code == 200
    assert "arrive environ 1 fois sur 44." in page.text.replace("\u202f", " ").replace("\xa0", " ")
    assert "Ce calcul ne dit pas si quelqu’un a triché" in page.text
    assert page.text.count("<rect x=") - guest.get("/hasard").text.count("<rect x=") == 4
    assert "Set-Cookie" not in page.headers


def test_the_form_is_there_before_anything_is_asked(guest):
    page = guest.get("/hasard").text
    assert 'action="/hasard"' in page
    assert 'id="reponse"' not in page


def test_machines_are_told_the_same(guest):
    answer = guest.get(f"/hasard.json?{ASKED}").json
    assert answer["at_least"] == pytest.approx(0.0227050640)
    assert answer["expected"] == 4
    assert answer["at_least"] + answer["at_most"] > 1


def test_what_is_rarer_than_usual_is_told_in_its_direction(guest):
    assert "1 fois sur 18." in guest.get("/hasard?pool=150&kind=30&drawn=20&seen=1").text.replace("\xa0", " ")
    assert "en moyenne" in guest.get("/hasard?pool=150&kind=30&drawn=20&seen=4").text


def test_the_largest_question_is_answered(guest):
    page = guest.get("/hasard?pool=200000&kind=100000&drawn=2000&seen=2000").text
    assert "moins d’une fois sur mille milliards" in page


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("pool=x&kind=30&drawn=20&seen=8", "Écrivez un nombre entier"),
        ("pool=-5&kind=30&drawn=20&seen=8", "Écrivez un nombre entier"),
        ("pool=200001&kind=30&drawn=20&seen=8", "Écrivez un nombre entier"),
        ("pool=150&kind=30&drawn=2001&seen=8", "Écrivez un nombre entier"),
        ("pool=" + "9" * 5_000 + "&kind=30&drawn=20&seen=8", "Écrivez un nombre entier"),
        ("pool=٣٠&kind=30&drawn=20&seen=8", "Écrivez un nombre entier"),
        ("pool=0&kind=0&drawn=1&seen=0", "au moins une personne"),
        ("pool=10&kind=11&drawn=1&seen=0", "plus que de personnes"),
        ("pool=10&kind=5&drawn=11&seen=5", "pas plus qu’il n’y en a"),
        ("pool=10&kind=5&drawn=2&seen=3", "en donne de 0 à 2"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(guest, asked, sentence):
    page = guest.get(f"/hasard?{asked}")
    assert page.status_code == 422
    assert sentence in page.text
    assert 'name="drawn" type="text" value="' in page.text
    assert guest.get(f"/hasard.json?{asked}").status_code == 422
