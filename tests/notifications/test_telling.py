"""Who is told what: those it concerns, who may read it, once."""

from datetime import timedelta

from forum.accounts.models import Account, Block
from forum.database import clock
from forum.database.clock import now
from forum.database.connection import database
from forum.database.transactions import transaction
from forum.discussions import actions as discussions
from forum.groups import actions as groups
from forum.groups.models import Group, Membership
from forum.notifications import delivery
from forum.notifications.models import Notice
from forum.proposals import actions as proposals
from forum.proposals.models import Proposal
from forum.tasks import journal
from forum.tasks.journal import JournalLine, Pending
from tests.world import group, member

TEXT = "Un texte assez long pour être lu."


def deliver() -> None:
    while delivery.run_once():
        pass


def told(name: str) -> list[str]:
    """What this person reads, the newest first, without the no-break spaces."""
    rows = Notice.select().where(Notice.account == member(name).id, ~Notice.folded).order_by(Notice.id.desc())
    return [row.sentence.replace("\u202f", " ").replace("\xa0", " ") for row in rows]


def settle(*names: str, handle: str = "insoumis-087") -> Group:
    for name in names:
        groups.join(member(name), group(handle))
    return group(handle)


def test_who_wrote_is_told_of_answers_and_who_opened_of_comments(site):
    home = settle("Bob", "Charlie")
    talk = discussions.open(member("Alice"), home, "Un sujet", TEXT)
    first = discussions.comment(member("Bob"), talk, TEXT)
    discussions.comment(member("Charlie"), talk, TEXT, parent=first.key)
    deliver()
    assert told("Bob") == ["Charlie a répondu dans « Un sujet »", "Nouvelle discussion : « Un sujet »"]
    assert told("Alice") == ["2 réponses dans « Un sujet »"]
    assert told("Charlie") == ["Nouvelle discussion : « Un sujet »"]


def test_answers_are_one_notice_until_seen(site, alice):
    talk = discussions.open(member("Alice"), settle("Bob"), "Un sujet", TEXT)
    for number in range(3):
        discussions.comment(member("Bob"), talk, f"{TEXT} {number}")
        deliver()
    assert told("Alice") == ["3 réponses dans « Un sujet »"]
    assert "3 réponses" in alice.get("/moi/notifications").text.replace(" ", " ")
    alice.post("/moi/notifications")
    discussions.comment(member("Bob"), talk, TEXT)
    deliver()
    assert told("Alice") == ["Bob a écrit dans « Un sujet »", "3 réponses dans « Un sujet »"]


def test_a_line_done_twice_tells_nobody_twice(site):
    talk = discussions.open(member("Alice"), settle("Bob"), "Un sujet", TEXT)
    discussions.comment(member("Bob"), talk, TEXT)
    lines = journal.take(journal.NOTICES)
    deliver()
    with transaction():
        for line in lines:
            Pending.create(reader=journal.NOTICES, line=line.id)
    deliver()
    assert told("Alice") == ["Bob a écrit dans « Un sujet »"]
    assert journal.waiting(journal.NOTICES) == 0


def test_who_is_named_is_told_if_they_may_read_it(site):
    open_home, secret = settle("Bob"), group("veilleuses")
    discussions.open(member("Alice"), open_home, "Un sujet", f"{TEXT} Qu’en dis-tu, @CHARLIE ? Ni a@bob.fr ni `@bob`.")
    discussions.open(member("Alice"), secret, "Un secret", f"{TEXT} Et @bob, @charlie ?")
    deliver()
    assert told("Charlie") == ["Alice vous a nommé·e dans « Un sujet »"]
    assert told("Bob") == ["Nouvelle discussion : « Un sujet »"]


def test_a_mention_in_a_closed_group_tells_its_members_alone(site):
    Group.update(visibility="ferme", joining="demande").where(Group.handle == "insoumis-087").execute()
    home = group("insoumis-087")
    Membership.create(group=home, member=member("Bob"))
    discussions.open(member("Alice"), home, "Entre nous", f"{TEXT} @bob et @charlie")
    deliver()
    assert told("Bob") == ["Alice vous a nommé·e dans « Entre nous »"]
    assert told("Charlie") == []


def test_members_are_told_of_a_vote_and_voters_of_its_outcome(site):
    asked = proposals.propose(member("Alice"), settle("Bob", "Charlie"), proposals.Draft("Un marché", TEXT))
    proposals.vote(member("Bob"), asked, {"choice": "agree"})
    Proposal.update(closes_at=now()).where(Proposal.id == asked.id).execute()
    proposals.close(asked)
    deliver()
    result, call = told("Bob")
    assert result.startswith("Le vote est terminé, voici le résultat : « Un marché ». Pour vérifier : ")
    assert call == "À voter : « Un marché »"
    assert told("Charlie") == ["À voter : « Un marché »"]
    assert told("Alice") == []


def test_who_left_the_group_before_the_telling_is_told_nothing(site):
    secret = group("veilleuses")
    Membership.create(group=secret, member=member("Bob"))
    proposals.propose(member("Alice"), secret, proposals.Draft("Un vote", TEXT))
    groups.leave(member("Bob"), secret)
    deliver()
    assert told("Bob") == []


def say(to: list[int], sentence: str, address: str, personal: bool = False) -> JournalLine:
    note = journal.Note(to, sentence, address, personal)
    with transaction():
        journal.record("group.placed", actor=member("Alice"), group=group("veilleuses"), note=note)
    return JournalLine.select().order_by(JournalLine.id.desc()).get()


def test_those_named_in_a_line_are_told_and_the_journal_keeps_no_trace_of_it(site):
    Membership.create(group=group("veilleuses"), member=member("Bob"))
    ids = [member(name).id for name in ("Alice", "Bob", "Charlie")]
    line = say(ids, "On vous attend.", "/g/veilleuses")
    deliver()
    assert (told("Alice"), told("Bob"), told("Charlie")) == ([], ["On vous attend."], [])
    assert "attend" not in str(JournalLine.get_by_id(line.id).__data__)
    assert not Pending.select().where(Pending.note != "").exists()


def test_what_is_personal_is_told_outside_the_group_too(site, charlie):
    say([member("Charlie").id], "Votre demande est déclinée.", "/g/insoumis", personal=True)
    deliver()
    assert told("Charlie") == ["Votre demande est déclinée."]
    assert "Votre demande est déclinée." in charlie.get("/moi/notifications").text


def test_nobody_is_told_what_they_silenced(site, bob):
    talk = discussions.open(member("Bob"), settle("Bob"), "Un sujet", TEXT)
    bob.post("/moi/reglages/notifications", {"kinds": ["mentions"]})
    discussions.comment(member("Alice"), talk, TEXT)
    proposals.propose(member("Alice"), group("insoumis-087"), proposals.Draft("Un marché", TEXT))
    discussions.comment(member("Alice"), talk, f"{TEXT} @bob")
    deliver()
    assert told("Bob") == ["Alice vous a nommé·e dans « Un sujet »"]


def test_the_words_of_somebody_one_blocked_are_not_brought(site):
    talk = discussions.open(member("Bob"), settle("Bob", "Charlie"), "Un sujet", TEXT)
    Block.create(member=member("Bob"), blocked=member("Charlie"))
    discussions.comment(member("Charlie"), talk, f"{TEXT} @bob")
    proposals.propose(member("Charlie"), group("insoumis-087"), proposals.Draft("Un marché", TEXT))
    discussions.comment(member("Alice"), talk, TEXT)
    deliver()
    assert told("Bob") == ["Alice a écrit dans « Un sujet »", "À voter : « Un marché »"]


def test_who_is_gone_is_told_nothing(site, bob):
    proposals.propose(member("Alice"), settle("Bob"), proposals.Draft("Un marché", TEXT))
    Account.update(username_key="-2").where(Account.username == "Bob").execute()
    deliver()
    assert not Notice.select().where(Notice.account == member_id("Bob")).exists()


def member_id(name: str) -> int:
    return Account.get(Account.username == name).id


def test_a_large_group_is_told_in_few_questions(site):
    home = group("insoumis-087")
    rows = [{"username": f"Galet{n}", "username_key": f"galet{n}", "password_hash": "!"} for n in range(300)]
    Account.insert_many(rows).execute()
    people = Account.select(Account.id).where(Account.username.startswith("Galet"))
    Membership.insert_many([{"group": home.id, "member": row.id} for row in people]).execute()
    proposals.propose(member("Alice"), home, proposals.Draft("Un marché", TEXT))
    counted: list = []
    database.obj.query_hooks.append(lambda *args, **_: counted.append(args))
    deliver()
    database.obj.query_hooks.pop()
    assert Notice.select().count() == 300
    assert len(counted) < 30


def test_the_past_that_is_imported_is_news_to_nobody(site):
    with clock.at(now() - timedelta(days=30)):
        proposals.propose(member("Alice"), settle("Bob"), proposals.Draft("Un marché", TEXT))
    deliver()
    assert told("Bob") == []
