"""Deciding: who may, on what, once; and what the person concerned is told."""

from concurrent.futures import ThreadPoolExecutor

from forum.accounts.models import Account
from forum.database.clock import now
from forum.discussions import actions as discussions
from forum.discussions.models import Comment
from forum.groups import actions as groups
from forum.groups.models import Group, Membership, Merge
from forum.moderation import actions as moderation
from forum.moderation.models import Case, Decision
from forum.notifications import delivery
from forum.notifications.models import Notice
from forum.proposals.models import Proposal
from forum.tasks.journal import JournalLine
from tests.moderation.conftest import REASON, WORD, decide, hide, last_case, last_decision, person, report
from tests.world import PASSWORD, group, member


def told(name: str) -> list[str]:
    """The notices of this person."""
    delivery.run_once()
    return [row.sentence for row in Notice.select().where(Notice.account == member(name).id)]


def test_an_animator_hides_and_everybody_concerned_is_told(bob, alice, written):
    report(bob, written.comment)
    assert any("signalement attend" in said for said in told("Alice"))
    answer = decide(alice)
    assert (answer.status_code, answer.location) == (303, f"/moderation/{last_case().key}")
    assert "Un message masqué" in alice.get(answer.location).text
    assert any("règle 1" in said and "contester" in said for said in told("Ronce"))
    assert any("est masqué" in said for said in told("Bob"))
    assert not any("Alice" in said or "Bob" in said or WORD in said for said in told("Ronce"))


def test_pressing_twice_is_deciding_once(bob, alice, written):
    report(bob, written.comment)
    for _ in range(2):
        assert decide(alice).status_code == 303
    assert Decision.select().count() == 1
    assert JournalLine.select().where(JournalLine.verb == "moderation.decided").count() == 1


def test_of_two_who_decide_at_once_the_second_is_told_what_was_decided(site, bob, written):
    report(bob, written.comment)
    tabs = [site.visitor("Alice"), site.visitor("Silex")]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda tab: decide(tab, measure="warn" if tab is tabs[0] else "group"), tabs))
    assert [answer.status_code for answer in answers] == [303, 303]
    assert Decision.select().count() == 1
    late = [
        tab.get(answer.location).text for tab, answer in zip(tabs, answers, strict=True) if "tard" in answer.location
    ]
    assert len(late) == 1
    assert "Quelqu’un a décidé juste avant vous" in late[0]
    assert "par l’animation du groupe" in late[0]


def test_nobody_else_sees_or_decides(site, guest, bob, written):
    report(bob, written.comment)
    case = last_case()
    groups.join(member("Bob"), group("insoumis-023"))
    for visitor in (guest, bob, site.visitor("Charlie"), site.visitor("Ronce")):
        assert visitor.get(f"/moderation/{case.key}").status_code == 404
        for path in (f"/moderation/{case.key}", f"/moderation/{case.key}/transmettre"):
            assert visitor.post(path, {"text": "hide", "reason": REASON}).status_code == 404
        assert visitor.get("/g/insoumis-087/signalements").status_code in (303, 403)
        assert visitor.get("/moderation").status_code in (303, 403)
    assert not Decision.select().exists()
    assert WORD in Comment.get().body


def test_nobody_decides_on_their_own_report(site, alice, written):
    report(alice, written.comment)
    page = alice.get(f"/moderation/{last_case().key}").text
    assert "quelqu’un d’autre de décider" in page
    assert decide(alice).status_code == 403
    assert decide(site.visitor("Silex")).status_code == 303


def test_nobody_decides_about_themselves(site, bob, alice, written):
    report(bob, written.comment)
    Membership.update(role="animator").where(Membership.member == member("Ronce").id).execute()
    assert site.visitor("Ronce").get(f"/moderation/{last_case().key}").status_code == 404
    assert "Rien n’attend" in site.visitor("Ronce").get("/g/insoumis-087/signalements").text
    Account.update(role="moderator").where(Account.username == "Ronce").execute()
    report(bob, "/signaler/pseudonyme/Ronce")
    assert site.visitor("Ronce").get(f"/moderation/{last_case().key}").status_code == 404


def test_a_site_moderator_decides_in_any_open_group_but_reads_no_other(site, bob, written):
    report(bob, written.comment)
    modeste, case = site.visitor("Modeste"), last_case()
    assert modeste.get(f"/moderation/{case.key}").status_code == 200
    for visibility in ("ferme", "secret"):
        Group.update(visibility=visibility, joining="invitation").where(Group.handle == "insoumis-087").execute()
        assert modeste.get(f"/moderation/{case.key}").status_code == 404
    assert site.visitor("Alice").post(f"/moderation/{case.key}/transmettre").location == "/g/insoumis-087/signalements"
    page = modeste.get(f"/moderation/{case.key}").text
    assert f"Toujours du {WORD}" in page
    assert "insoumis-087" not in page.replace("/g/insoumis-087/", "") or "groupe privé" in page
    assert "Voir en place" not in page
    assert "Haute-Vienne" not in page
    assert decide(modeste).status_code == 303
    assert last_decision().role == "moderator"
    assert "insoumis-087" not in modeste.get("/moderation/journal").text
    assert site.visitor("Alice").get(f"/moderation/{case.key}").status_code == 404


def test_what_animators_leave_comes_before_the_site(site, bob, written):
    report(bob, written.comment)
    moderation.hand_over_forgotten_cases.call_local()
    assert last_case().desk == "group"
    Case.update(opened_at=written.said.created_at - moderation.PATIENCE).execute()
    moderation.hand_over_forgotten_cases.call_local()
    assert last_case().desk == "site"
    assert site.visitor("Modeste").get(f"/moderation/{last_case().key}").status_code == 200


def test_a_reason_that_gives_the_person_away_is_not_published(alice, bob, written):
    report(bob, written.discussion)
    for reason in (
        "Ronce exagère vraiment.",
        "RONCE, encore une fois.",
        f"Voir /d/{written.talk.key} pour comprendre.",
        "Écrire à quelqu.un@example.org ensuite.",
        "C’est le « de moins, dit en beaucoup » qui ne va pas.",
        "Trop",
        "x" * 501,
        "",
    ):
        answer = decide(alice, reason=reason)
        assert answer.status_code == 422, reason
        assert reason in answer.text
    assert decide(alice, reason="Trop de ronces, et de mots durs.").status_code == 303


def test_a_form_that_makes_no_sense_decides_nothing(alice, bob, written):
    report(bob, written.comment)
    for wrong in (
        {"text": "burn"},
        {"measure": "jail"},
        {"measure": "site"},
        {"days": "8"},
        {"rule": "group"},
        {"rule": ""},
    ):
        answer = decide(alice, **wrong)
        assert answer.status_code == 422, wrong
        assert REASON in answer.text
    assert not Decision.select().exists()


def test_who_is_suspended_from_the_group_reads_and_does_nothing_else(site, bob, written):
    report(bob, written.comment)
    decide(site.visitor("Alice"), text="keep", measure="group", days="7")
    ronce = site.visitor("Ronce")
    mine = discussions.comment(member("Bob"), written.talk, "Un autre message.")
    posts = {
        "/g/insoumis-087/discussions/nouvelle": {"title": "Un titre", "body": "Un texte."},
        f"/d/{written.talk.key}/commentaires": {"body": "Un texte."},
        f"/d/{written.talk.key}/modifier": {"title": "Un titre", "body": "Un texte."},
        f"/c/{written.said.key}/modifier": {"body": "Un texte."},
        "/g/insoumis-087/propositions/nouvelle": {"title": "Un titre", "method": "consent"},
        f"/d/{written.talk.key}/propositions/nouvelle": {"title": "Un titre", "method": "consent"},
        f"/p/{written.asked.key}/modifier": {"title": "Un titre", "method": "consent"},
        f"/p/{written.asked.key}/vote": {"choice": "2"},
        "/g/insoumis-087/reglages": {"name": "Un nom"},
    }
    Membership.update(role="animator").where(Membership.member == member("Ronce").id).execute()
    for _ in range(2):
        for path, fields in posts.items():
            answer = ronce.post(path, fields)
            assert answer.status_code == 403, path
            assert "suspendu·e de ce groupe jusqu’au" in answer.text or "voix est déjà" in answer.text, path
        # Leaving and coming back changes nothing, but that one animates no more.
        posts.pop("/g/insoumis-087/reglages", None)
        ronce.post("/g/insoumis-087/depart")
        ronce.post("/g/insoumis-087/adhesion")
    assert "suspendu·e" in ronce.get(f"/d/{written.talk.key}").text
    assert ronce.get("/g/insoumis-087/signalements").status_code == 403
    assert bob.post(f"/c/{mine.key}/modifier", {"body": "Je modifie."}).status_code == 303
    assert ronce.post("/g/insoumis-023/adhesion").status_code == 303
    site.visitor("Silex").post(
        f"/moderation/decisions/{last_decision().key}/levee", {"why": "Une semaine, c’était trop."}
    )
    assert ronce.post(f"/d/{written.talk.key}/commentaires", {"body": "Un texte."}).status_code == 303


def test_who_is_suspended_from_the_site_is_told_at_the_door_and_may_object(site, bob, guest, written):
    ronce = site.visitor("Ronce")
    report(bob, "/signaler/pseudonyme/Ronce")
    assert decide(site.visitor("Modeste"), text="keep", measure="site", days="30").status_code == 303
    assert ronce.get("/moi").status_code == 303
    answer = guest.post("/connexion", {"username": "Ronce", "password": PASSWORD})
    assert answer.status_code == 403
    assert "suspendu du site jusqu’au" in answer.text
    assert REASON in answer.text
    assert "suspendu" not in guest.post("/connexion", {"username": "Ronce", "password": "fausse"}).text
    assert guest.get("/moi").status_code == 303
    path = answer.text.partition('href="/moderation/decisions/')[2].partition('"')[0]
    key, _, shown = path.partition("?jeton=")
    assert guest.get(f"/moderation/decisions/{key}").status_code == 404
    page = guest.get(f"/moderation/decisions/{path}").text
    assert "vous êtes suspendu·e du site" in page.lower()
    words = {"words": "Je ne suis pas d’accord du tout.", "jeton": shown}
    assert guest.post(f"/moderation/decisions/{key}/objection", {**words, "jeton": shown + "x"}).status_code == 404
    assert guest.post(f"/moderation/decisions/{key}/objection", words).status_code == 303
    # Modeste decided: as long as nobody else moderates, the objection waits and says so.
    assert "elle attend" in guest.get(f"/moderation/decisions/{path}").text
    person("Quartz")
    Account.update(role="admin").where(Account.username == "Quartz").execute()
    judged = {"upheld": "0", "answer": "Vous avez raison, revenez."}
    assert site.visitor("Quartz").post(f"/moderation/decisions/{key}/jugement", judged).status_code == 303
    assert guest.post("/connexion", {"username": "Ronce", "password": PASSWORD}).status_code == 303


def test_a_suspension_without_end_says_so_and_two_end_with_the_later(site, bob, guest, written):
    report(bob, "/signaler/pseudonyme/Ronce")
    decide(site.visitor("Modeste"), text="keep", measure="site", days="0")
    report(site.visitor("Charlie"), "/signaler/pseudonyme/Ronce", rule="law")
    first = last_decision()
    assert decide(site.visitor("Modeste"), text="keep", measure="site", days="1").status_code == 303
    assert "sans limite" in guest.post("/connexion", {"username": "Ronce", "password": PASSWORD}).text
    for decision, found in ((first, 403), (last_decision(), 303)):
        why = {"why": "Relu au calme, à deux."}
        assert site.visitor("Modeste").post(f"/moderation/decisions/{decision.key}/levee", why).status_code == 303
        assert guest.post("/connexion", {"username": "Ronce", "password": PASSWORD}).status_code == found


def test_the_demonstration_s_account_is_not_suspended_from_the_site(site, bob, written):
    Account.update(demo=True).where(Account.username == "Ronce").execute()
    report(bob, "/signaler/pseudonyme/Ronce")
    answer = decide(site.visitor("Modeste"), text="keep", measure="site")
    assert answer.status_code == 422
    assert "démonstration" in answer.text


def test_animators_take_back_their_own_decisions_not_those_of_the_site(site, alice, bob, written):
    decision = hide(site, written.comment)
    why = {"why": "Relu au calme, à deux."}
    for visitor in (bob, site.visitor("Charlie"), site.visitor("Ronce"), site.visitor()):
        assert visitor.post(f"/moderation/decisions/{decision.key}/levee", why).status_code in (403, 404)
    report(site.visitor("Charlie"), written.reason)
    assert decide(site.visitor("Modeste")).status_code == 303
    answer = alice.post(f"/moderation/decisions/{last_decision().key}/levee", why)
    assert answer.status_code == 403
    for _ in range(2):
        assert alice.post(f"/moderation/decisions/{decision.key}/levee", why).status_code in (303, 403)
    assert WORD in Comment.get().body
    assert JournalLine.select().where(JournalLine.verb == "moderation.undone").count() == 1


def test_a_suspension_holds_in_the_group_that_this_one_is_poured_into(site, alice, written):
    Proposal.update(closes_at=now()).execute()
    report(site.visitor("Bob"), written.discussion)
    assert decide(alice, text="keep", measure="group").status_code == 303
    ronce, talk = site.visitor("Ronce"), f"/d/{written.talk.key}/commentaires"
    assert alice.post("/g/insoumis-087/reunion", {"into": "insoumis"}).status_code == 303
    assert ronce.post(talk, {"body": "Me voici de retour."}).status_code == 403
    assert alice.post(f"/g/insoumis/separation/{Merge.get().id}").status_code == 303
    assert ronce.post(talk, {"body": "Me voici de retour."}).status_code == 403
    alice.post("/g/insoumis-087/reunion", {"into": "insoumis"})
    decision = last_decision()
    site.visitor("Modeste").post(f"/moderation/decisions/{decision.key}/levee", {"why": "Relu au calme, à deux."})
    assert ronce.post(talk, {"body": "Me voici de retour."}).status_code == 303
