"""No longer reading somebody: for oneself alone, and without their knowing."""

from forum.accounts.models import Block
from forum.database.connection import database
from forum.discussions import actions as discussions
from forum.notifications import delivery
from forum.notifications.models import Notice
from forum.tasks.journal import JournalLine
from tests.world import member

FOLDED = "Vous avez choisi de ne plus lire"


def block(visitor, name: str = "Ronce"):
    return visitor.post("/moi/bloques", {"username": name})


def test_their_comments_fold_for_me_alone(site, bob, guest, written):
    path = f"/d/{written.talk.key}"
    lines = JournalLine.select().count()
    for _ in range(2):
        assert block(bob, "ronce").status_code == 303
    assert Block.select().count() == 1
    assert JournalLine.select().count() == lines
    for page in (path, f"/p/{written.asked.key}"):
        assert FOLDED in bob.get(page).text
        for other in (guest, site.visitor("Ronce"), site.visitor("Alice")):
            assert FOLDED not in other.get(page).text
    assert "Ronce" in bob.get("/moi/bloques").text
    for other in ("Ronce", "Alice"):
        assert "Lire à nouveau" not in site.visitor(other).get("/moi/bloques").text
    assert "Bob" not in site.visitor("Ronce").get("/moi/donnees").text
    for _ in range(2):
        assert bob.post("/moi/bloques", {"retirer": "Ronce"}).status_code == 303
    assert FOLDED not in bob.get(path).text


def test_what_they_answer_me_is_not_told_to_me(bob, site, written):
    mine = discussions.comment(member("Bob"), written.talk, "Un message à moi.")
    delivery.run_once()
    Notice.delete().execute()
    block(bob)
    discussions.comment(member("Ronce"), written.talk, "Pour toi, @Bob.", mine.key)
    discussions.comment(member("Alice"), written.talk, "Pour toi aussi, @Bob.", mine.key)
    delivery.run_once()
    told = [row.sentence for row in Notice.select().where(Notice.account == member("Bob").id)]
    assert told
    assert not any("Ronce" in sentence for sentence in told)


def test_nobody_is_blocked_that_does_not_exist_or_is_oneself(bob, guest, written):
    for name in ("Personne-ici", "", "Bob", "a\0b"):
        answer = block(bob, name)
        assert answer.status_code == 422
    assert block(guest).status_code == 403
    assert guest.get("/moi/bloques").status_code == 303
    assert not Block.select().exists()


def test_who_blocks_nobody_pays_one_question(bob, guest, written):
    def asked(visitor) -> list[str]:
        counted: list = []
        hook = lambda sql, *_, **__: counted.append(str(sql))  # noqa: E731
        database.obj.query_hooks.append(hook)
        visitor.get(f"/d/{written.talk.key}")
        database.obj.query_hooks.remove(hook)
        return [sql for sql in counted if '"block"' in sql]

    assert len(asked(bob)) == 1
    assert asked(guest) == []
