"""Against floods: slower while an account is new, one text once, and no address kept."""

from datetime import timedelta

from forum import limits
from forum.accounts.models import Account
from forum.database.clock import now
from forum.discussions.models import Comment, Discussion
from forum.groups import actions as groups
from forum.limits import RateCount
from tests.moderation.conftest import person
from tests.world import group, member

LONG = "Venez toutes et tous à la grande réunion de jeudi soir, apportez vos chaises."
HANDLES = ("insoumis", "insoumis-087", "insoumis-023", "veilleuses", "insoumis-nouveau")


def age(**past: float) -> None:
    Account.update(created_at=now() - timedelta(**past)).execute()


def open_one(visitor, handle: str, number: int = 0, body: str = ""):
    fields = {"title": f"Sujet {number}", "body": body or f"Un texte à moi, le numéro {number}."}
    return visitor.post(f"/g/{handle}/discussions/nouvelle", fields)


def test_an_account_goes_faster_as_it_ages(limited):
    alice = limited.visitor("Alice")
    for hours, allowed in ((0, 5), (2, 20)):
        age(hours=hours)
        RateCount.delete().execute()
        answers = [open_one(alice, "insoumis-087", number + hours * 100) for number in range(allowed + 1)]
        assert [answer.status_code for answer in answers] == [303] * allowed + [429]
        assert "moins d’un jour" in answers[-1].text
        assert int(answers[-1].headers["Retry-After"]) > 0
    age(days=2)
    assert open_one(alice, "insoumis-087", 999).status_code == 303


def test_what_was_typed_is_kept(limited):
    alice = limited.visitor("Alice")
    for number in range(5):
        open_one(alice, "insoumis-087", number)
    assert LONG in open_one(alice, "insoumis-087", 6, LONG).text


def test_new_accounts_of_one_address_share_what_they_may_do(limited, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "open-address", (3, 3600))
    newcomers = [limited.visitor(person(name, "insoumis-087").username) for name in ("Prêle", "Fougère", "Mousse")]
    answers = [open_one(newcomers[number % 3], "insoumis-087", number).status_code for number in range(4)]
    assert answers == [303, 303, 303, 429]
    Account.update(created_at=now() - timedelta(days=2)).where(Account.username == "Mousse").execute()
    assert open_one(limited.visitor("Mousse"), "insoumis-087", 9).status_code == 303


def test_one_text_goes_to_three_groups_and_no_further(limited):
    groups.create(member("Alice"), groups.GroupSettings("Nouveau"), "insoumis-nouveau")
    groups.join(member("Alice"), group("insoumis-023"))
    age(days=30)
    alice = limited.visitor("Alice")
    answers = [open_one(alice, handle, 1, LONG) for handle in HANDLES]
    assert [answer.status_code for answer in answers] == [303, 303, 303, 422, 422]
    assert "Une annonce, une fois" in answers[3].text
    assert LONG in answers[3].text
    # In other capitals and spaces it is the same text; in other words, another.
    again = f"  {LONG.upper()} "
    path = f"/d/{Discussion.select().order_by(Discussion.id).first().key}/commentaires"
    assert open_one(alice, HANDLES[4], 2, again).status_code == 422
    assert open_one(alice, HANDLES[4], 3, LONG + " Et du thé.").status_code == 303
    # Twice in the same place is a slow line, not a flood; and short words belong to everybody.
    assert alice.post(path, {"body": LONG}).status_code == 303
    assert [open_one(alice, handle, 7, "D’accord !").status_code for handle in HANDLES[:1]] == [303]


def test_one_text_by_many_new_accounts_is_stopped_not_that_of_older_ones(limited):
    newcomers = ["Prêle", "Fougère", "Mousse", "Lichen"]
    for name in newcomers:
        person(name, "insoumis-087")
    answers = [open_one(limited.visitor(name), "insoumis-087", 1, LONG) for name in newcomers]
    assert [answer.status_code for answer in answers] == [303, 303, 303, 422]
    assert "tout neufs" in answers[3].text
    age(days=2)
    assert open_one(limited.visitor("Lichen"), "insoumis-087", 1, LONG).status_code == 303


def test_comments_and_proposals_count_too(limited):
    alice = limited.visitor("Alice")
    for handle in HANDLES[:2]:
        assert open_one(alice, handle, 1, LONG).status_code == 303
    groups.join(member("Alice"), group("insoumis-023"))
    fields = {"title": "À voter", "body": LONG, "method": "consent"}
    assert alice.post("/g/veilleuses/propositions/nouvelle", fields).status_code == 303
    answer = alice.post("/g/insoumis-023/propositions/nouvelle", fields)
    assert answer.status_code == 422
    assert LONG in answer.text
    assert not Comment.select().exists()


def test_no_address_and_no_text_is_kept_and_the_keys_change(limited):
    alice = limited.visitor("Alice")
    open_one(alice, "insoumis-087", 1, LONG)
    kept = " ".join(row.bucket for row in RateCount.select())
    for what in ("127.0.0.1", "Venez", "Alice"):
        assert what not in kept
    with limited.app.app_context():
        assert limits._bucket("open", "7", 1) != limits._bucket("open", "7", 2)
    limits.forget_counts(limits.time.time() + 3 * 86_400)
    assert not RateCount.select().exists()
