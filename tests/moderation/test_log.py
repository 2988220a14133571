"""The public log: each decision dated, with its reason and rule, and nobody in it."""

import re

from forum.groups import actions as groups
from forum.groups.models import Group
from forum.tasks.journal import JournalLine
from tests.moderation.conftest import REASON, WORD, decide, hide, last_case, last_decision, report
from tests.world import group, member

PAGES = ("/g/insoumis-087/journal", "/g/insoumis-087/journal.json")


def test_each_decision_is_there_with_its_reason_its_rule_and_what_became_of_it(site, guest, written):
    decision = hide(site, written.comment)
    for path in PAGES:
        page = guest.get(path).text
        assert "Un message masqué." in page
        assert REASON in page
        assert "règle 1 de la charte" in page
        assert "l’animation du groupe" in page
    assert 'href="/charte#regle-1"' in guest.get(PAGES[0]).text
    assert 'id="regle-1"' in guest.get("/charte").text
    ronce = site.visitor("Ronce")
    ronce.post(f"/moderation/decisions/{decision.key}/objection", {"words": "Je parlais du métal."})
    assert "Objection reçue" in guest.get(PAGES[0]).text
    fields = {"answer": "Vous avez raison, pardon.", "upheld": "0"}
    site.visitor("Silex").post(f"/moderation/decisions/{decision.key}/jugement", fields)
    page = guest.get(PAGES[0]).text
    assert "Objection retenue, la décision est levée" in page
    assert "Vous avez raison" not in page
    assert "Je parlais" not in page


def test_nothing_in_it_leads_to_anybody(site, guest, bob, written):
    for path in written.texts:
        hide(site, path)
    report(bob, "/signaler/pseudonyme/Ronce")
    decide(site.visitor("Modeste"), measure="site", days="1")
    decision = last_decision()
    keys = (written.talk.key, written.said.key, written.asked.key, last_case().key, decision.key)
    for path in (*PAGES, "/moderation/journal", "/moderation/journal.json"):
        # Who holds an office is public, and stands above what was decided.
        page = guest.get(path).text.rpartition("Ce qui s’est décidé")[2]
        for tell_tale in (*keys, "Ronce", "Bob", "Alice", "Modeste", WORD, "/moderation/decisions"):
            assert tell_tale not in page, (path, tell_tale)
        # The day alone: an hour would say which text was hidden then.
        assert not re.search(r"\d\d:\d\d|\d h\b", page), path


def test_only_members_read_the_record_of_a_group_that_is_not_open(site, guest, bob, charlie, written):
    hide(site, written.comment)
    Group.update(visibility="ferme", joining="demande").where(Group.handle == "insoumis-087").execute()
    for path in PAGES:
        assert guest.get(path).status_code == charlie.get(path).status_code == 403
        assert REASON in bob.get(path).text
        assert guest.get(path.replace("insoumis-087", "veilleuses")).status_code == 404


def test_the_site_has_a_record_of_what_its_moderators_decide(site, guest, bob, alice, written):
    report(bob, written.comment)
    decide(alice, text="keep", reason="C’est vif, mais permis ici.")
    assert "vif" not in guest.get("/moderation/journal").text
    report(site.visitor("Charlie"), written.reason)
    decide(site.visitor("Modeste"))
    page = guest.get("/moderation/journal").text
    assert REASON in page
    assert "#insoumis-087" in page
    assert "Ce que vous" not in page
    group_page = guest.get(PAGES[0]).text
    assert "laissé sans suite" in group_page
    assert "la modération du site" in group_page


def test_other_public_acts_stand_there_too(site, guest, alice):
    alice.post("/g/insoumis-087/reglages", {"name": "Haute-Vienne", "description": "", "tags": ""})
    page = guest.get(PAGES[0]).text
    assert "Le groupe est fondé." in page
    assert "ont changé" in page


def test_who_joins_and_leaves_is_never_in_the_record(site, guest, bob):
    before = guest.get(PAGES[0]).text
    groups.join(member("Bob"), group("insoumis-087"))
    assert JournalLine.select().where(JournalLine.verb == "group.joined").exists()
    assert guest.get(PAGES[0]).text == before


def test_a_group_writes_its_charter_and_decisions_lead_to_it(site, guest, alice, bob, written):
    fields = {"name": "Haute-Vienne", "description": "", "tags": "", "charter": "## Ici\n\nOn parle **français**."}
    assert alice.post("/g/insoumis-087/reglages", fields).status_code == 303
    assert "<strong>français</strong>" in guest.get("/g/insoumis-087/charte").text
    assert 'href="/g/insoumis-087/charte"' in guest.get("/g/insoumis-087").text
    assert "charte du groupe" in bob.get(written.comment).text
    assert report(bob, written.comment, rule="group").status_code == 303
    assert decide(alice, rule="group").status_code == 303
    assert 'href="/g/insoumis-087/charte"' in guest.get(f"/moderation/decisions/{last_decision().key}").text
    assert "contraire à la charte du groupe" in guest.get(f"/d/{written.talk.key}").text
    kept = alice.post("/g/insoumis-087/reglages", fields | {"charter": "x" * 10_001})
    assert kept.status_code == 422
    assert "x" * 10_001 in kept.text
    # A form from before charters existed leaves it as it is.
    alice.post("/g/insoumis-087/reglages", {"name": "Haute-Vienne", "description": "", "tags": ""})
    assert "français" in guest.get("/g/insoumis-087/charte").text


def test_what_animators_do_is_in_the_record_without_a_name(site, alice, guest):
    home, bob = group("insoumis-087"), member("Bob")
    groups.join(bob, home)
    groups.name_animator(member("Alice"), home, "Bob")
    groups.archive(member("Alice"), home)
    groups.reopen(member("Alice"), home)
    groups.step_down(bob, home)
    groups.remove_member(member("Alice"), home, bob, "Des annonces, malgré deux avertissements.")
    groups.change_access(member("Alice"), home, groups.GroupSettings(home.name, joining="demande"))
    page = guest.get(PAGES[0]).text
    for told in ("Une personne de plus anime", "est archivé", "est rouvert", "n’anime plus", "est retirée du groupe"):
        assert told in page
    assert "malgré deux avertissements" in page
    assert "tout le monde peut le lire" in page
    assert "Bob" not in page
