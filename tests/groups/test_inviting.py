"""Inviting: an address to pass on, a poster, letters; and coming in by one."""

import re
from datetime import timedelta

import pytest

from forum.accounts.models import Account
from forum.database import clock
from forum.database.clock import now
from forum.groups import actions
from forum.groups.models import Group, Invitation, Membership
from forum.tasks import mail
from tests.tasks.mail.post import letters
from tests.world import PASSWORD, group, member

SECRET = "/g/veilleuses/invitations"


@pytest.fixture(autouse=True)
def outbox(tmp_path, monkeypatch):
    monkeypatch.setattr(mail, "OUTBOX", tmp_path / "outbox")


def link(visitor, handle: str = "veilleuses", **terms: str) -> str:
    """The path of a new invitation."""
    made = visitor.post(f"/g/{handle}/invitations", {"days": "7", "uses": "0", **terms})
    assert made.status_code == 303
    return made.location.removesuffix("/affiche")


def belongs(name: str, handle: str = "veilleuses") -> bool:
    return Membership.select().where(Membership.group == group(handle), Membership.member == member(name)).exists()


def test_who_follows_a_link_without_account_is_a_member_right_after_the_short_form(site, alice, guest):
    path = link(alice)
    page = guest.get(path)
    assert "Veilleuses" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in page.headers
    form = re.search(r'href="(/inscription\?[^"]*)"', page.text)[1]
    assert guest.post(path).location == form
    short = guest.get(form).text
    assert "Rejoindre Veilleuses" in short
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', short))
    wrong = guest.post("/inscription", {**fields, "username": "Bruyère", "password": "court"})
    assert f'name="invitation" value="{fields["invitation"]}"' in wrong.text
    done = guest.post("/inscription", {**fields, "username": "Bruyère", "password": PASSWORD})
    assert done.location == "/g/veilleuses"
    assert belongs("Bruyère")
    assert guest.get("/g/veilleuses").status_code == 200
    assert group("veilleuses").members_count == 2


def test_with_an_account_one_tap_is_enough_and_a_second_changes_nothing(alice, bob, guest):
    path = link(alice, uses="10")
    assert "Rejoindre" in bob.get(path).text
    for _ in range(2):
        assert bob.post(path).location == "/g/veilleuses"
    assert belongs("Bob")
    assert Invitation.get().uses == 9
    assert "déjà membre" in bob.get(path).text
    token = path.rpartition("/")[2]
    assert guest.get(f"/connexion?invitation={token}").text.count("Veilleuses") == 1
    signed = guest.post("/connexion", {"username": "Charlie", "password": PASSWORD, "invitation": token})
    assert signed.location == "/g/veilleuses"
    assert belongs("Charlie")


def test_a_link_used_up_withdrawn_changed_or_out_of_date_is_as_if_it_never_was(alice, bob, charlie, guest):
    used, changed, withdrawn, late = (link(alice, uses=uses) for uses in ("1", "0", "0", "0"))
    keys = [row.key for row in Invitation.select().order_by(Invitation.id)]
    bob.post(used)
    fresh = alice.post(f"{SECRET}/{keys[1]}/renouveler").location
    for _ in range(2):
        assert alice.post(f"{SECRET}/{keys[2]}/retirer").status_code == 303
    Invitation.update(expires_at=now()).where(Invitation.key == keys[3]).execute()
    never = guest.get("/invitation/jamais")
    for path in (used, changed, withdrawn, late):
        for visitor in (guest, charlie):
            assert visitor.get(path).status_code == visitor.post(path).status_code == 404
        assert guest.get(path).text.replace(path.rpartition("/")[2], "jamais") == never.text
        assert alice.get(f"{path}/affiche").status_code == 404
    assert alice.get(fresh).status_code == 200
    assert not belongs("Charlie")
    actions.forget_expired_invitations.call_local()
    assert keys[3] not in [row.key for row in Invitation.select()]


def test_who_signs_up_with_a_dead_link_has_an_account_and_no_more(guest, alice):
    path = link(alice)
    alice.post(f"{SECRET}/{Invitation.get().key}/retirer")
    token = path.rpartition("/")[2]
    form = {"username": "Bruyère", "password": PASSWORD, "invitation": token}
    assert guest.post("/inscription", form).location == "/"
    assert not belongs("Bruyère")


def test_only_the_print_of_a_token_is_kept(alice):
    token = link(alice).rpartition("/")[2]
    assert token not in str(Invitation.get().__data__)
    assert token not in alice.get(SECRET).text
    assert len(token) == 20


def test_the_page_of_an_invitation_tells_the_name_and_description_and_no_more(alice, guest, site):
    alice.post("/g/veilleuses/reglages", {"name": "Veilleuses", "description": "On veille.", "tags": "nuit"})
    alice.post("/g/veilleuses/discussions/nouvelle", {"title": "Un sujet", "body": "Un texte assez long."})
    page = guest.get(link(alice)).text
    assert "On veille." in page
    for word in ("Un sujet", "Alice", "membre ", "nuit", "#veilleuses"):
        assert word not in page.partition("<main")[2].partition("</main")[0].replace("du groupe", "")


def test_members_invite_unless_their_group_says_otherwise(alice, bob, charlie, guest):
    actions.join(member("Bob"), group("insoumis-087"))
    page = "/g/insoumis-087/invitations"
    assert bob.get(page).status_code == 200
    assert page in bob.get("/g/insoumis-087").text
    assert page not in charlie.get("/g/insoumis-087").text
    assert charlie.get(page).status_code == 403
    path = link(bob, "insoumis-087")
    assert charlie.get(f"{path}/affiche").status_code == 403
    Group.update(members_invite=False).where(Group.handle == "insoumis-087").execute()
    assert bob.get(page).status_code == bob.post(page, {"days": "7", "uses": "0"}).status_code == 403
    assert bob.post(f"{page}/courriels", {"emails": "a@example.org"}).status_code == 403
    assert page not in bob.get("/g/insoumis-087").text
    assert alice.get(page).status_code == 200
    assert guest.get(SECRET).status_code == bob.get(SECRET).status_code == 404


def test_a_member_sees_their_own_invitations_and_an_animator_all_but_the_addresses(alice, bob):
    actions.join(member("Bob"), group("insoumis-087"))
    page = "/g/insoumis-087/invitations"
    bob.post(f"{page}/courriels", {"emails": "genet@example.org"})
    link(alice, "insoumis-087")
    mine, all_of_them = bob.get(page).text, alice.get(page).text
    assert "genet@example.org" in mine
    assert "genet@example.org" not in all_of_them
    assert "de Bob" in all_of_them
    assert mine.count("/retirer") == 1
    assert all_of_them.count("/retirer") == 2
    alices = Invitation.get(Invitation.inviter == member("Alice"))
    assert bob.post(f"{page}/{alices.key}/retirer").status_code == 403
    assert bob.post(f"{page}/{alices.key}/renouveler").status_code == 403
    bobs = Invitation.get(Invitation.inviter == member("Bob"))
    assert alice.post(f"{page}/{bobs.key}/retirer").status_code == 303


def test_letters_invite_several_people_once_each(alice, guest, site):
    sent = alice.post(f"{SECRET}/courriels", {"emails": "a@example.org, B@example.org\na@example.org"})
    assert sent.location == f"{SECRET}?envoyees=2"
    # A second tap writes to nobody again.
    assert alice.post(f"{SECRET}/courriels", {"emails": "b@example.org"}).location == f"{SECRET}?envoyees=0"
    first, second = sorted(letters(), key=lambda letter: letter["To"].lower())
    assert (first["To"], second["To"]) == ("a@example.org", "B@example.org")
    assert first["Subject"] == "Alice vous invite · Parvis"
    text = first.get_content()
    assert "Veilleuses" not in text + first["Subject"]
    path = re.search(r"/invitation/\w+", text)[0]
    for name, status in (("Bruyère", 303), ("Ajonc", 303)):
        form = {"username": name, "password": PASSWORD, "invitation": path.rpartition("/")[2]}
        assert site.visitor().post("/inscription", form).status_code == status
    assert (belongs("Bruyère"), belongs("Ajonc")) == (True, False)
    assert [row.email for row in Invitation.select()] == ["b@example.org"]


def test_a_letter_is_sent_again_with_a_new_address_and_the_old_one_is_void(alice, guest):
    alice.post("/g/insoumis-087/invitations/courriels", {"emails": "a@example.org"})
    key = Invitation.get().key
    assert alice.post(f"/g/insoumis-087/invitations/{key}/renouveler").location.endswith("?envoyees=1")
    texts = [letter.get_content() for letter in letters()]
    assert all("Haute-Vienne" in text for text in texts)
    found = [re.search(r"/invitation/\w+", text)[0] for text in texts]
    assert sorted(guest.get(path).status_code for path in found) == [200, 404]


def test_wrong_addresses_are_said_and_kept(alice):
    for typed, sentence in (
        ("a@example.org nulle.part", "nulle.part"),
        ("", "Écrivez au moins une adresse."),
        (" ".join(f"a{number}@example.org" for number in range(21)), "20 adresses au plus"),
    ):
        answer = alice.post(f"{SECRET}/courriels", {"emails": typed})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert typed in answer.text
    assert letters() == []
    refused = alice.post(SECRET, {"days": "3", "uses": "-1"})
    assert refused.status_code == 422
    assert "Choisissez une durée." in refused.text


def test_what_is_wrong_is_told_one_by_one_and_costs_nothing(limited, monkeypatch):
    alice, page = limited.visitor("Alice"), "/g/insoumis/invitations/courriels"
    pasted = "Jeanne <jeanne@example.org>; paul@; Genêt\nmailto:lise@example.org."
    for _ in range(15):
        answer = alice.post(page, {"emails": pasted})
        assert answer.status_code == 422
        assert "«\u202fpaul@\u202f» n’est pas une adresse complète." in answer.text
        assert "«\u202fGenêt\u202f» n’est pas une adresse complète." in answer.text
    assert alice.post(page, {"emails": pasted.replace("paul@; Genêt", "")}).location == f"{page[:-10]}?envoyees=2"


def test_nobody_floods_nor_is_flooded(limited):
    # No newcomer, who would be slowed down before.
    Account.update(created_at=now() - timedelta(days=2)).execute()
    alice, page = limited.visitor("Alice"), "/g/insoumis/invitations/courriels"
    found = [alice.post(page, {"emails": "a@example.org"}).status_code for _ in range(4)]
    assert found == [303, 303, 303, 429]
    many = [alice.post(page, {"emails": " ".join(f"b{row}.{n}@example.org" for n in range(20))}) for row in range(4)]
    assert [answer.status_code for answer in many] == [303, 303, 303, 429]


def test_the_same_form_sent_twice_is_one_invitation(alice, guest):
    first, second = (link(alice, once="abcdefgh") for _ in range(2))
    assert Invitation.select().count() == 1
    assert [guest.get(path).status_code for path in (first, second)] == [404, 200]


def test_the_poster_bears_the_name_the_address_and_the_code(alice):
    path = link(alice, "insoumis-087")
    page = alice.get(f"{path}/affiche").text
    assert 'value="http://127.0.0.1:8000/invitation/' in page
    drawing = page[page.index('<svg viewBox="0 0 148') :]
    assert ">Haute-Vienne</text>" in drawing
    assert "127.0.0.1:8000/g/insoumis-087</text>" in drawing
    assert "style=" not in drawing
    assert "/g/veilleuses</text>" not in alice.get(f"{link(alice)}/affiche").text


def test_the_code_is_the_address(site):
    import segno

    from forum.groups import posters

    drawn = posters.code("http://127.0.0.1:8000/invitation/abcdefghjkmnpqrstuvw")
    rows = [[0] * drawn.side for _ in range(drawn.side)]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", drawn.path):
        rows[int(y)][int(x) : int(x) + int(length)] = [1] * int(length)
    assert rows == [
        list(row) for row in segno.make("http://127.0.0.1:8000/invitation/abcdefghjkmnpqrstuvw", error="m").matrix
    ]


def test_invitations_are_among_my_data_and_end_with_my_account(alice, guest):
    path = link(alice)
    alice.post("/g/insoumis/invitations/courriels", {"emails": "a@example.org"})
    kept = alice.get("/moi/donnees").json["invitations"]
    assert kept == [{"group": "veilleuses", "email": None}, {"group": "insoumis", "email": "a@example.org"}]
    alice.post("/moi/suppression", {"password": PASSWORD})
    assert guest.get(path).status_code == 404
    assert not Invitation.select().exists()


def test_an_archived_group_takes_nobody_in(alice, bob):
    path = link(alice)
    Group.update(archived_at=now()).where(Group.handle == "veilleuses").execute()
    assert bob.post(path).status_code == 403
    assert not belongs("Bob")


def test_two_people_on_the_last_place_of_a_link(alice, site):
    path = link(alice, uses="1")
    token = path.rpartition("/")[2]
    Account.create(username="Galet", username_key="galet", password_hash="!")
    with clock.at(now() + timedelta(seconds=1)):
        actions.accept_invitation(member("Galet"), token)
    assert site.visitor("Bob").post(path).status_code == 404
    assert group("veilleuses").members_count == 2


def test_nobody_comes_into_a_deleted_group_nor_reads_its_name(alice, bob, guest):
    path = link(alice)
    alice.post("/g/veilleuses/suppression", {"handle": "veilleuses"})
    for visitor in (guest, bob, alice):
        assert visitor.get(path).status_code == visitor.post(path).status_code == 404
    assert "Veilleuses" not in guest.get(f"/inscription?invitation={path.rpartition('/')[2]}").text
    assert not belongs("Bob")


def test_the_invitations_of_who_is_removed_lead_nowhere(alice, bob, charlie):
    bob.post(link(alice))
    path = link(bob)
    alice.post("/g/veilleuses/membres/Bob/retrait", {"reason": "A tout raconté dehors."})
    assert charlie.get(path).status_code == charlie.post(path).status_code == 404
    assert not belongs("Charlie")
