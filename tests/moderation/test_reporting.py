"""Reporting: who may, once, and who never learns who did."""

from forum.discussions import actions as discussions
from forum.groups.models import Group
from forum.moderation.models import Case, Report
from forum.proposals.models import Proposal
from tests.moderation.conftest import WORD, decide, last_case, report
from tests.world import group, member


def test_a_member_reports_a_text_with_a_rule_and_a_word(bob, written):
    page = bob.get(f"/d/{written.talk.key}").text
    assert f'href="{written.comment}"' in page
    for path in written.texts:
        form = bob.get(path).text
        assert WORD in form
        assert "règle 1 de la charte" in form.lower()
        answer = report(bob, path, note="C’est dur à lire.")
        assert (answer.status_code, answer.location) == (303, f"{path}/merci")
        assert bob.get(answer.location).status_code == 200
    kinds = [case.kind for case in Case.select().order_by(Case.id)]
    assert kinds == ["discussion", "comment", "reason", "proposal", "initiative"]
    assert {case.desk for case in Case.select()} == {"group"}


def test_twice_is_harmless_and_two_people_are_counted(site, bob, alice, written):
    for _ in range(2):
        assert report(bob, written.comment).status_code == 303
    assert (Case.select().count(), Report.select().count()) == (1, 1)
    charlie = site.visitor("Charlie")
    assert report(charlie, written.comment, rule="law").status_code == 303
    assert (Case.select().count(), Report.select().count()) == (1, 2)
    queue = alice.get("/g/insoumis-087/signalements").text
    assert "2 signalements" in queue
    assert "contraire à la loi" in queue


def test_the_same_words_are_not_judged_again_for_the_same_person(bob, alice, site, written):
    report(bob, written.comment)
    decide(alice, text="keep")
    report(bob, written.comment)
    assert Case.select().count() == 1
    discussions.edit_comment(member("Ronce"), written.said, "Bien pire encore.")
    report(bob, written.comment)
    assert Case.select().count() == 2
    report(site.visitor("Charlie"), written.comment)
    assert Case.select().count() == 2


def test_the_text_stays_as_it_was_when_reported(bob, alice, site, written):
    report(bob, written.comment)
    discussions.edit_comment(member("Ronce"), written.said, "Des mots tout doux.")
    report(site.visitor("Charlie"), written.comment)
    page = alice.get(f"/moderation/{last_case().key}").text
    assert f"Toujours du {WORD}" in page
    assert "modifié depuis" in page
    assert page.count("Des mots tout doux") == 2


def test_a_wrong_report_is_told_and_kept(bob, written):
    for fields in ({"rule": ""}, {"rule": "group"}, {"rule": "law", "note": "x" * 1_001}):
        answer = report(bob, written.comment, **{"note": "Des précisions gardées.", **fields})
        assert answer.status_code == 422
        assert fields.get("note", "Des précisions gardées.") in answer.text
    assert not Report.select().exists()


def test_the_note_of_a_report_counts_one_sign_at_the_end_of_a_line(bob, written):
    assert report(bob, written.comment, note="a\r\n" * 500).status_code == 303
    assert Report.get().note == ("a\n" * 500).strip()


def test_a_guest_reports_an_open_text_and_nothing_is_kept_of_them(guest, site, alice, written):
    page = guest.get(written.comment)
    assert "viendra d’un visiteur" in page.text
    assert "Set-Cookie" not in page.headers
    for _ in range(2):
        answer = report(guest, written.comment, note="Lu en passant.")
        assert (answer.status_code, answer.location) == (303, f"{written.comment}/merci")
    assert "Vous saurez" not in guest.get(answer.location).text
    assert Report.get().reporter_id is None
    queue = alice.get(f"/moderation/{last_case().key}").text
    assert "par un visiteur sans compte" in queue
    assert "Lu en passant." in queue
    assert report(site.visitor("Bob"), written.comment).status_code == 303
    assert decide(alice).status_code == 303
    # Said already, decided already.
    assert report(guest, written.comment).status_code == 403
    assert Report.select().count() == 2


def test_a_guest_reports_no_pseudonym_and_nothing_of_a_group_that_is_not_open(guest, alice, written):
    assert guest.get("/signaler/pseudonyme/Ronce").location == "/connexion?next=/signaler/pseudonyme/Ronce"
    assert report(guest, "/signaler/pseudonyme/Ronce").status_code == 403
    Group.update(visibility="ferme").where(Group.handle == "insoumis-087").execute()
    for path in written.texts:
        assert guest.get(path).status_code == report(guest, path).status_code == 404
    assert not Case.select().exists()


def test_nobody_reports_themselves(site, written):
    assert report(site.visitor("Ronce"), written.comment).status_code == 403
    assert not Report.select().exists()


def test_what_one_may_not_read_one_cannot_report(bob, charlie, site, written):
    Group.update(visibility="ferme", joining="demande").where(Group.handle == "insoumis-087").execute()
    for path in written.texts:
        assert charlie.get(path).status_code == report(charlie, path).status_code == 404
    assert report(bob, written.comment).status_code == 303
    for path in ("/signaler/message/zzzzzzzz", "/signaler/groupe/veilleuses", "/signaler/rien/x", "/signaler/raison/x"):
        assert charlie.get(path).status_code == 404
    # Whoever votes without a reason is not named, not even by an address that answers.
    assert bob.get(f"/signaler/raison/{written.asked.key}.Alice").status_code == 404


def test_reasons_that_wait_for_the_end_of_the_vote_are_not_read_by_way_of_a_report(bob, written):
    Proposal.update(results="closed").execute()
    assert bob.get(written.reason).status_code == 404
    assert report(bob, written.reason).status_code == 404


def test_who_reported_is_shown_to_nobody(site, bob, alice, written):
    report(bob, written.comment, note="Une phrase bien à moi.")
    case = alice.get(f"/moderation/{last_case().key}").text
    assert "Une phrase bien à moi" in case
    assert "Bob" not in case
    decide(alice, measure="warn")
    ronce = site.visitor("Ronce")
    decision = Case.get().decisions.first()
    for path in (f"/moderation/decisions/{decision.key}", "/g/insoumis-087/journal", "/moi/donnees"):
        seen = ronce.get(path).text
        assert "Bob" not in seen
        assert "bien à moi" not in seen
    assert ronce.get(f"/moderation/{last_case().key}").status_code == 404
    assert "bien à moi" in bob.get("/moi/donnees").text


def test_groups_pseudonyms_and_texts_by_animators_go_to_the_site(site, bob, alice, written):
    mine = discussions.comment(member("Alice"), written.talk, "Un mot de trop.")
    paths = ["/signaler/groupe/insoumis-087", "/signaler/pseudonyme/ronce", f"/signaler/message/{mine.key}"]
    for path in paths:
        assert report(bob, path).status_code == 303
    assert report(bob, written.comment, site="1").status_code == 303
    assert [case.desk for case in Case.select()] == ["site"] * 4
    assert "Rien n’attend" in site.visitor("Silex").get("/g/insoumis-087/signalements").text
    assert site.visitor("Modeste").get("/moderation").text.count('class="name"') == 4
    for case in Case.select():
        assert alice.get(f"/moderation/{case.key}").status_code == 404


def test_the_report_of_the_only_animator_goes_to_the_site(site, alice, written):
    alice.post("/g/insoumis/adhesion")
    talk = discussions.open(member("Alice"), group("insoumis"), "Un sujet", "Parlons-en ici.")
    site.visitor("Ronce").post("/g/insoumis/adhesion")
    said = discussions.comment(member("Ronce"), talk, "Rien de bon.")
    report(alice, f"/signaler/message/{said.key}")
    assert last_case().desk == "site"


def test_reports_are_limited(limited):
    groups = ("insoumis", "insoumis-087", "insoumis-023")
    bob = limited.visitor("Bob")
    answers = [report(bob, f"/signaler/groupe/{groups[number % 3]}") for number in range(6)]
    assert [answer.status_code for answer in answers] == [303] * 5 + [429]
    assert "moins d’un jour" in answers[-1].text


def test_visitors_of_one_address_are_limited_more(limited):
    answers = [report(limited.visitor(), "/signaler/groupe/insoumis") for _ in range(11)]
    assert [answer.status_code for answer in answers] == [303] * 10 + [429]
    assert Report.select().count() == 1
