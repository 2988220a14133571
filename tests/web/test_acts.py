"""After an act of one press the whole page answers, of which htmx takes the main part."""

import pytest

# As htmx 4 asks where it takes the main part out of a whole page.
MAIN = {"HX-Request-Type": "full"}


def press(visitor, path, page, fields=None):
    asked_from = {"HX-Current-URL": f"http://localhost{page}"}
    return visitor.post(path, fields or {}, htmx=True, headers=MAIN | asked_from)


@pytest.mark.parametrize(
    ("path", "fields", "page", "back"),
    [
        ("/g/insoumis-087/adhesion", {}, "/g/insoumis-087", "/g/insoumis-087"),
        ("/g/insoumis-087/adhesion", {"retour": "/groupes?q=87"}, "/groupes?q=87&lieu=", "/groupes?q=87"),
        ("/moi/notifications", {}, "/moi/notifications", "/moi/notifications"),
    ],
)
def test_an_act_leads_back_to_the_page_that_it_was_done_on(bob, path, fields, page, back):
    answer = press(bob, path, page, fields)
    assert (answer.status_code, answer.location) == (303, back)
    whole = bob.get(back, htmx=True, headers=MAIN)
    assert whole.text.startswith("<!doctype html>")


def test_an_act_that_ends_elsewhere_leaves_the_page(alice, bob):
    answer = press(alice, "/g/veilleuses/depart", "/g/veilleuses")
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/")
    answer = press(bob, "/g/insoumis-087/adhesion", "/groupes")
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/g/insoumis-087")


def test_whoever_leaves_a_secret_group_is_led_home_without_javascript_too(alice):
    answer = alice.post("/g/veilleuses/depart")
    assert (answer.status_code, answer.location) == (303, "/")


def test_a_refusal_gives_its_reason(alice):
    answer = press(alice, "/g/toutes/depart", "/g/toutes")
    assert answer.status_code == 404
    assert 'id="reason"' in answer.text
