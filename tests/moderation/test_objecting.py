"""Objecting to a decision: once, to somebody else than the one who decided."""

from forum.accounts.models import Account
from forum.discussions.models import Comment
from forum.groups.models import Membership
from forum.moderation.models import Decision, Objection
from tests.moderation.conftest import WORD, decide, hide, person, report
from tests.world import group, member

WORDS = {"words": "Je parlais du métal, pas des gens."}
ANSWER = {"answer": "Nous avons relu la discussion entière."}


def object_to(site, decision: Decision, who: str = "Ronce"):
    return site.visitor(who).post(f"/moderation/decisions/{decision.key}/objection", WORDS)


def judge(visitor, decision: Decision, upheld: str = "0", **more):
    return visitor.post(f"/moderation/decisions/{decision.key}/jugement", ANSWER | {"upheld": upheld} | more)


def test_the_person_concerned_objects_once_and_another_animator_undoes_it(site, alice, written):
    decision = hide(site, written.comment)
    page = site.visitor("Ronce").get(f"/moderation/decisions/{decision.key}").text
    assert "Votre message est masqué" in page
    assert "Contester" in page
    for _ in range(2):
        assert object_to(site, decision).status_code == 303
    assert Objection.select().count() == 1
    silex = site.visitor("Silex")
    assert "Objections à lire" in silex.get("/g/insoumis-087/signalements").text
    assert "Objections à lire" not in alice.get("/g/insoumis-087/signalements").text
    assert judge(silex, decision).status_code == 303
    assert WORD in Comment.get().body
    assert Comment.get().hidden_at is None
    assert "Nous avons relu" in site.visitor("Ronce").get(f"/moderation/decisions/{decision.key}").text


def test_an_objection_that_fails_changes_nothing_and_is_answered(site, written):
    decision = hide(site, written.comment)
    object_to(site, decision)
    assert judge(site.visitor("Silex"), decision, "1").status_code == 303
    assert Comment.get().hidden_at
    page = site.visitor("Ronce").get(f"/moderation/decisions/{decision.key}").text
    assert "Objection rejetée" in page
    assert "Contester" not in page
    # Judged already: a second judgement, even another, changes nothing.
    assert judge(site.visitor("Silex"), decision, "0").status_code == 303
    assert Comment.get().hidden_at


def test_who_decided_reported_or_is_concerned_does_not_judge(site, alice, bob, written):
    decision = hide(site, written.comment)
    object_to(site, decision)
    Membership.update(role="animator").where(Membership.group == group("insoumis-087").id).execute()
    for visitor in (alice, bob, site.visitor("Ronce")):
        assert judge(visitor, decision).status_code == 403
    for visitor in (site.visitor(), site.visitor("Charlie"), site.visitor("Modeste")):
        assert judge(visitor, decision).status_code in (403, 404)
    assert Objection.get().judged_at is None


def test_where_one_animator_is_alone_the_site_judges(site, written):
    Membership.update(role="member").where(Membership.member == member("Silex").id).execute()
    decision = hide(site, written.comment)
    object_to(site, decision)
    modeste = site.visitor("Modeste")
    assert "Objections à lire" in modeste.get("/moderation").text
    assert judge(modeste, decision).status_code == 303
    assert Decision.get().undone_at


def test_with_nobody_else_the_objection_waits_and_says_so(site, bob, written):
    report(bob, written.comment, site="1")
    assert decide(site.visitor("Modeste")).status_code == 303
    decision = Decision.get()
    object_to(site, decision)
    assert "elle attend" in site.visitor("Ronce").get(f"/moderation/decisions/{decision.key}").text
    assert judge(site.visitor("Modeste"), decision).status_code == 403
    person("Quartz")
    Account.update(role="admin").where(Account.username == "Quartz").execute()
    assert judge(site.visitor("Quartz"), decision).status_code == 303


def test_nobody_objects_for_another_nor_without_words(site, alice, bob, written):
    decision = hide(site, written.comment)
    path = f"/moderation/decisions/{decision.key}/objection"
    for visitor in (alice, bob, site.visitor("Charlie"), site.visitor()):
        assert visitor.post(path, WORDS).status_code == 404
    for words in ("", "Non.", "x" * 2_001):
        answer = site.visitor("Ronce").post(path, {"words": words})
        assert answer.status_code == 422
        assert words in answer.text
    assert not Objection.select().exists()


def test_who_was_left_alone_has_nothing_to_contest(site, alice, bob, written):
    report(bob, written.comment)
    decide(alice, text="keep")
    answer = object_to(site, Decision.get())
    assert answer.status_code == 403
    assert "rien changé" in answer.text


def test_the_animators_of_a_hidden_group_may_object(site, charlie, written):
    report(charlie, "/signaler/groupe/insoumis-087", rule="law")
    decide(site.visitor("Modeste"), rule="law")
    decision = Decision.get()
    assert object_to(site, decision, "Ronce").status_code == 404
    assert object_to(site, decision, "Silex").status_code == 303
    person("Quartz")
    Account.update(role="admin").where(Account.username == "Quartz").execute()
    judge(site.visitor("Quartz"), decision)
    assert charlie.get("/g/insoumis-087").status_code == 200
