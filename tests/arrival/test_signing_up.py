"""Signing up: a pseudonym and a password, and nothing else asked."""

import pytest

from forum.accounts.models import Account
from forum.accounts.queries import account_named
from forum.arrival import actions
from forum.groups import actions as groups
from forum.groups.models import Membership, Request
from tests.world import PASSWORD, group, member


def test_a_guest_signs_up_and_is_signed_in(guest):
    answer = guest.post("/inscription", {"username": "Mésange", "password": PASSWORD, "next": "/moi"})
    assert (answer.status_code, answer.location) == (303, "/moi")
    assert guest.get("/moi").status_code == 200
    account = account_named("mesange")
    assert account is not None
    assert account.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert account.email is None


@pytest.mark.parametrize("twin", ["alice", "ÁLICE", "Alicé"])
def test_a_pseudonym_is_taken_whatever_its_case_and_accents(guest, twin):
    answer = guest.post("/inscription", {"username": twin, "password": PASSWORD})
    assert answer.status_code == 422
    assert "déjà pris" in answer.text
    assert f'value="{twin}"' in answer.text


@pytest.mark.parametrize("drawn", ["𝐀lice", "ᴬLICE", "Ａｌｉｃｅ"])
def test_a_pseudonym_in_letters_that_picture_others_is_refused_and_kept_in_its_field(guest, drawn):
    answer = guest.post("/inscription", {"username": drawn, "password": PASSWORD})
    assert answer.status_code == 422
    assert "lettres décoratives" in answer.text
    assert f'value="{drawn}"' in answer.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Choisissez un pseudonyme."),
        ({"username": "Silex"}, "Choisissez un mot de passe."),
        ({"username": "S", "password": PASSWORD}, "de 2 à 30 signes"),
        ({"username": "x" * 100_000, "password": PASSWORD}, "de 2 à 30 signes"),
        ({"username": "ﷺ" * 5, "password": PASSWORD}, "de 2 à 30 signes"),
        ({"username": "Silex\x00", "password": PASSWORD}, "Lettres, chiffres"),
        ({"username": "<b>gras</b>", "password": PASSWORD}, "Lettres, chiffres"),
        ({"username": "Silex", "password": "court"}, "Huit signes"),
        ({"username": "Silex", "password": "motdepasse"}, "premiers que l’on essaierait"),
        ({"username": "Silexsilex", "password": "silexSILEX"}, "premiers que l’on essaierait"),
        ({"username": "Silex", "password": PASSWORD, "email": "pas une adresse"}, "ne semble pas complète"),
        ({"username": "admin", "password": PASSWORD}, "réservé"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(guest, fields, sentence):
    before = Account.select().count()
    answer = guest.post("/inscription", fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert Account.select().count() == before


def test_pressing_twice_makes_one_account(guest, site):
    fields = {"username": "Silex", "password": PASSWORD}
    assert guest.post("/inscription", fields).status_code == 303
    assert site.visitor().post("/inscription", fields).status_code == 422
    assert Account.select().where(Account.username_key == "silex").count() == 1


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"]
)
def test_next_never_leads_to_another_site(guest, elsewhere):
    answer = guest.post("/inscription", {"username": "Silex", "password": PASSWORD, "next": elsewhere})
    assert answer.location == "/"


def test_the_act_alone_makes_a_member_of_whoever_came_for_a_group(site):
    """As a command or a letter would, without any page."""
    groups.create(member("Alice"), groups.GroupSettings("Saules", visibility="ferme", joining="demande"), "saules")
    token = groups.invite(member("Alice"), group("veilleuses"))
    for name, wish in {
        "Silex": actions.Wish("insoumis-087"),
        "Granit": actions.Wish("saules"),
        "Basalte": actions.Wish(invitation=token),
        "Schiste": actions.Wish("veilleuses"),
        "Ardoise": actions.Wish(invitation="fanee"),
    }.items():
        assert actions.sign_up(name, PASSWORD, wish=wish).username == name
    assert [row.member.username for row in Membership.select().where(Membership.group == group("insoumis-087"))] == [
        "Alice",
        "Silex",
    ]
    assert [row.member.username for row in Request.select()] == ["Granit"]
    assert Membership.select().where(Membership.member == member("Basalte"), Membership.group == group("veilleuses"))
    assert not Membership.select().where(Membership.member.in_([member("Schiste").id, member("Ardoise").id])).exists()
