"""Signing in and out, here and everywhere."""

import pytest

from forum.accounts import actions
from tests.world import PASSWORD, member


def sign_in(visitor, username="Alice", password=PASSWORD, **more):
    return visitor.post("/connexion", {"username": username, "password": password, **more})


def signed_in(visitor) -> bool:
    return visitor.get("/moi").status_code == 200


def test_a_member_signs_in_under_any_case_and_accent(guest):
    answer = sign_in(guest, "àLICE", next="/g/insoumis-087")
    assert (answer.status_code, answer.location) == (303, "/g/insoumis-087")
    assert signed_in(guest)


@pytest.mark.parametrize(
    ("username", "password"),
    [("Alice", "pas la bonne"), ("Personne", PASSWORD), ("", ""), ("Alice", ""), ("\x00", "x")],
)
def test_a_wrong_pair_is_refused_without_saying_which_half_is_wrong(guest, username, password):
    answer = sign_in(guest, username, password)
    assert answer.status_code == 422
    assert "Pseudonyme ou mot de passe inconnu" in answer.text
    assert not signed_in(guest)


def test_cookies_are_for_this_site_and_unread_by_scripts(guest):
    cookies = sign_in(guest, remember="1").headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {"session", "remember_token"}
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)


def test_a_member_signs_out_on_this_device_only(alice, site):
    other = site.visitor("Alice")
    assert alice.post("/deconnexion").status_code == 303
    assert not signed_in(alice)
    assert signed_in(other)


def test_signing_out_everywhere_ends_every_session_and_remembered_sign_in(site):
    lost, kept = site.visitor(), site.visitor("Alice")
    sign_in(lost, remember="1")
    lost.browser.delete_cookie("session")
    assert signed_in(lost), "the remembered sign-in holds without the session"
    kept.post("/deconnexion", {"partout": "1"})
    assert not signed_in(lost)
    assert not signed_in(kept)


def test_a_new_password_signs_out_the_other_devices(site, alice):
    other = site.visitor("Alice")
    answer = alice.post("/moi/reglages/mot-de-passe", {"current": PASSWORD, "password": "une autre phrase"})
    assert answer.status_code == 303
    assert signed_in(alice)
    assert not signed_in(other)
    assert sign_in(site.visitor(), password=PASSWORD).status_code == 422
    assert sign_in(site.visitor(), password="une autre phrase").status_code == 303


def test_a_password_is_not_changed_without_the_present_one(alice):
    answer = alice.post("/moi/reglages/mot-de-passe", {"current": "deviné", "password": "une autre phrase"})
    assert answer.status_code == 422
    assert "Ce n’est pas votre mot de passe." in answer.text
    assert actions.sign_in("Alice", PASSWORD)


def test_a_forged_form_changes_nothing(alice):
    assert alice.post("/deconnexion", token=False).status_code == 403
    assert alice.post("/deconnexion", headers={"Origin": "https://example.org"}).status_code == 403
    assert alice.post("/deconnexion", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert signed_in(alice)


def test_the_pages_of_a_member_are_closed_to_a_guest(guest):
    for path in ("/moi", "/moi/reglages"):
        answer = guest.get(path)
        assert (answer.status_code, answer.location) == (303, f"/connexion?next={path}")


def test_the_shared_demonstration_account_cannot_be_changed(site, alice):
    account = member("Alice")
    account.demo = True
    account.save()
    answer = alice.post("/moi/reglages/mot-de-passe", {"current": PASSWORD, "password": "une autre phrase"})
    assert answer.status_code == 403
    assert alice.post("/moi/reglages/courriel", {"email": "a@example.org"}).status_code == 403
    assert sign_in(site.visitor(), password=PASSWORD).status_code == 303


def test_guessing_is_slowed_down_and_says_for_how_long(limited):
    visitor = limited.visitor()
    for _ in range(10):
        assert sign_in(visitor, password="au hasard").status_code == 422
    answer = sign_in(visitor)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert "Réessayez dans" in answer.text
    assert sign_in(limited.visitor(), "Bob").status_code == 303, "another person is not held up"


@pytest.mark.parametrize("said", [{"Origin": "null"}, {"Referer": "https://example.org/a"}, {"Origin": "https://a.fr"}])
def test_nobody_is_signed_in_from_another_site(guest, said):
    sent = {"username": "Alice", "password": PASSWORD}
    assert guest.post("/connexion", sent, headers=said).status_code == 403
    assert guest.post("/connexion", sent, headers={"Referer": "http://localhost/connexion"}).status_code == 303
