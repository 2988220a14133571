"""Reading a group's page: open to all, its members known to its members only."""

import pytest


@pytest.mark.parametrize(
    "spelling", ["Insoumise-87", "INSOUMIS-087", "insoumis-87", "insoumis·e·s-087", "insoumises-087"]
)
def test_a_handle_is_found_under_any_spelling(guest, spelling):
    answer = guest.get(f"/g/{spelling}")
    assert (answer.status_code, answer.location) == (301, "/g/insoumis-087")


def test_a_feed_and_json_follow_the_spelling_too(guest):
    assert guest.get("/g/Insoumise-87.json").location == "/g/insoumis-087.json"


def test_a_guest_reads_without_cookie_and_without_learning_who_belongs(guest):
    answer = guest.get("/g/insoumis-087")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "Alice" not in answer.text


@pytest.mark.parametrize("who", ["", "Bob", "Charlie"])
def test_the_list_of_members_is_for_members(site, who):
    answer = site.visitor(who).get("/g/insoumis-087/membres")
    assert answer.status_code == 403
    assert "Alice" not in answer.text
    assert "visible que par les membres" in answer.text


def test_a_member_sees_who_belongs(alice):
    assert "Alice" in alice.get("/g/insoumis-087/membres").text


def test_a_group_in_json_says_what_the_contract_names(guest):
    told = guest.get("/g/insoumis-087.json").json
    assert {"handle", "name", "place", "tags", "visibility", "joining", "members_count", "url"} <= told.keys()
    assert (told["handle"], told["place"], told["url"]) == ("insoumis-087", "087", "/g/insoumis-087")


def test_what_does_not_exist_is_not_found(guest):
    assert guest.get("/g/nulle-part").status_code == 404
    assert guest.get("/g/%00").status_code == 404
    assert guest.get("/g/" + "x" * 5000).status_code == 404
