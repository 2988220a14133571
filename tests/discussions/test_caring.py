"""What animators do with discussions: pin them, close them, split them."""

import pytest

from forum.discussions import actions, queries
from forum.discussions.models import Comment, Discussion
from forum.groups import actions as groups
from forum.groups.models import Group
from forum.notifications import delivery
from forum.notifications.models import Notice
from forum.search.actions import index_changes
from forum.tasks.journal import JournalLine
from tests.world import group, member

HANDLE = "insoumis-087"
PATH = f"/g/{HANDLE}"
BODY = "Le ruisseau déborde près du saule."


@pytest.fixture
def site(site):
    """Bob is a member of #insoumis-087, which Alice animates, Charlie is not."""
    groups.join(member("Bob"), group(HANDLE))
    return site


def opened(title: str = "Le ruisseau", name: str = "Bob", handle: str = HANDLE) -> Discussion:
    return actions.open(member(name), group(handle), title, f"{BODY} {title}")


def said(talk: Discussion, body: str, name: str = "Bob", parent: str = "") -> Comment:
    return actions.comment(member(name), talk, body, parent)


def told(name: str) -> list[str]:
    while delivery.run_once():
        pass
    return [
        row.sentence.replace("\u202f", " ").replace("\u00a0", " ")
        for row in Notice.select().where(Notice.account == member(name)).order_by(Notice.id)
    ]


def lines(verb: str) -> int:
    return JournalLine.select().where(JournalLine.verb == verb).count()


def closed_group(handle: str, animator: str = "Alice") -> Group:
    return groups.create(member(animator), groups.GroupSettings(handle, visibility="ferme", joining="demande"), handle)


def test_a_pinned_discussion_stands_first_on_the_page_and_nowhere_else(alice, guest):
    old, young = opened("La mare"), opened("Le saule")
    feeds = [[row["key"] for row in guest.get(f"{PATH}.json").json["discussions"]], guest.get(f"{PATH}.atom").text]
    for _ in range(2):
        assert alice.post(f"/d/{old.key}/epingle", {"pinned": "1"}).status_code == 303
    page = guest.get(PATH).text
    assert page.index("La mare") < page.index("Le saule")
    assert page.count("Épinglée") == page.count(old.address) == 1
    assert [[row["key"] for row in guest.get(f"{PATH}.json").json["discussions"]], guest.get(f"{PATH}.atom").text] == (
        feeds
    )
    for _ in range(2):
        assert alice.post(f"/d/{old.key}/epingle", {"pinned": "0"}).status_code == 303
    page = guest.get(PATH).text
    assert page.index("Le saule") < page.index("La mare")
    assert "Épinglée" not in page
    assert (lines("discussion.pinned"), lines("discussion.unpinned")) == (1, 1)
    assert young.address in page


def test_three_at_most_are_pinned(alice):
    talks = [opened(f"Sujet {number}") for number in range(4)]
    for talk in talks[:3]:
        alice.post(f"/d/{talk.key}/epingle", {"pinned": "1"})
    refused = alice.post(f"/d/{talks[3].key}/epingle", {"pinned": "1"})
    assert refused.status_code == 403
    assert "Trois discussions sont déjà épinglées" in refused.text
    assert alice.post(f"/d/{talks[0].key}/epingle", {"pinned": "1"}).status_code == 303


def test_only_who_animates_the_group_cares_for_its_discussions(site, bob, charlie, guest):
    talk = opened()
    first = said(talk, "Un")
    said(talk, "Deux")
    forms = {
        "epingle": {"pinned": "1"},
        "cloture": {"reason": "Assez"},
        "reouverture": {},
        "deplacement": {"into": "insoumis-023"},
        "separation": {"title": "Une suite", "threads": first.key},
    }
    before = Discussion.get_by_id(talk.id).__data__
    for visitor in (bob, charlie, guest):
        assert "Gérer" not in visitor.get(talk.address).text
        for path, form in forms.items():
            assert visitor.post(f"/d/{talk.key}/{path}", form).status_code == 403, path
    assert Discussion.get_by_id(talk.id).__data__ == before
    assert "Gérer" in site.visitor("Alice").get(talk.address).text
    secret = opened("Le guet", "Alice", "veilleuses")
    for path, form in forms.items():
        assert bob.post(f"/d/{secret.key}/{path}", form).status_code == 404, path


def test_a_closed_discussion_is_read_and_no_longer_written_in(site, alice, bob, guest):
    talk = opened()
    mine = said(talk, "Un premier mot")
    for reason in ("Tout est dit", "Autre chose"):
        assert alice.post(f"/d/{talk.key}/cloture", {"reason": reason}).status_code == 303
    for visitor in (alice, bob, guest):
        page = visitor.get(talk.address).text
        assert "Cette discussion est close depuis" in page
        assert ": Tout est dit" in page
        assert "Un premier mot" in page
        assert 'name="body"' not in page
        assert "Autre chose" not in page
    for visitor in (alice, bob, guest):
        refused = visitor.post(f"/d/{talk.key}/commentaires", {"body": "Ce que je tapais"})
        assert refused.status_code == 403
        assert "Tout est dit" in refused.text
        assert "Ce que je tapais" in refused.text
    waited = bob.post(f"/d/{talk.key}/commentaires", {"body": "Attendu"}, htmx=True)
    assert (waited.status_code, "close depuis" in waited.text) == (403, True)
    for path in (f"/d/{talk.key}/modifier", f"/c/{mine.key}/modifier"):
        assert bob.get(path).status_code == 403
        assert bob.post(path, {"title": "Autre", "body": "Un autre texte"}).status_code == 403
    assert told("Bob") == ["Votre discussion « Le ruisseau » est close : Tout est dit"]
    assert "Une discussion est close." in guest.get(f"{PATH}/journal").text
    for _ in range(2):
        assert alice.post(f"/d/{talk.key}/reouverture").status_code == 303
    assert bob.post(f"/d/{talk.key}/commentaires", {"body": "De nouveau"}).status_code == 303
    assert (lines("discussion.closed"), lines("discussion.reopened")) == (1, 1)
    assert alice.post(f"/d/{talk.key}/cloture", {"reason": "x" * 301}).status_code == 422


def test_split_threads_keep_their_addresses_their_answers_and_who_read_them(site, alice, bob, guest):
    talk = opened("Le *ruisseau* [fou] @Charlie #crue")
    stays, goes = said(talk, "Celui qui reste"), said(talk, "Celui qui part")
    answer = said(talk, "Une réponse qui part", "Alice", goes.key)
    bob.get(talk.address)
    later = said(talk, "Plus tard", "Alice", goes.key)
    form = {"title": "La suite du ruisseau", "threads": goes.key, "once": "abcdef"}
    assert "Celui qui part" in alice.get(f"/d/{talk.key}/separation").text
    answers = [alice.post(f"/d/{talk.key}/separation", form) for _ in range(2)]
    new = Discussion.get(Discussion.title == "La suite du ruisseau")
    assert [one.location for one in answers] == [new.address] * 2
    for comment in (goes, answer, later):
        assert guest.get(f"/c/{comment.key}").location.startswith(f"/d/{new.key}")
    assert guest.get(f"/c/{stays.key}").location.startswith(f"/d/{talk.key}")
    page = guest.get(new.address).text
    assert f'href="/d/{talk.key}"' in page
    assert "Le *ruisseau* [fou] @Charlie #crue</a>" in page
    assert (Discussion.get_by_id(talk.id).comments_count, new.comments_count) == (1, 3)
    assert "Celui qui part" not in guest.get(talk.address).text
    assert queries.reading_of(member("Bob"), new).first == later.id
    assert queries.reading_of(member("Bob"), talk).count == 0
    assert [one for one in told("Bob") if "continuent dans" in one] == [
        f"Vos messages de « {talk.title} » continuent dans « La suite du ruisseau »."
    ]
    assert told("Charlie") == [one for one in told("Charlie") if "La suite" not in one]
    index_changes()
    assert [row["key"] for row in guest.get("/recherche.json?q=part").json["results"]] == [new.key]
    assert lines("discussion.split") == 1


def test_a_split_leaves_a_thread_behind_and_says_what_is_missing(alice):
    talk, other = opened(), opened("La mare")
    keys = [said(talk, "Un").key, said(talk, "Deux").key]
    elsewhere, inner = said(other, "Ailleurs").key, said(talk, "Dedans", parent=keys[0]).key
    path = f"/d/{talk.key}/separation"
    for threads, sentence in ((keys, "au moins reste"), ([], "Choisissez"), ([elsewhere, inner], "Choisissez")):
        answer = alice.post(path, {"title": "Une suite", "threads": threads})
        assert (answer.status_code, sentence in answer.text) == (422, True)
        assert 'value="Une suite"' in answer.text
        assert answer.text.count(" checked") == len(threads) - 2 * (elsewhere in threads)
    assert alice.post(path, {"title": "", "threads": keys[:1]}).status_code == 422
    assert Discussion.select().count() == 2


def test_nobody_cares_for_what_waits_nor_in_an_archived_group(alice):
    talk = opened()
    Discussion.update(state="waiting").where(Discussion.id == talk.id).execute()
    assert alice.post(f"/d/{talk.key}/epingle", {"pinned": "1"}).status_code == 403
    Discussion.update(state="published").where(Discussion.id == talk.id).execute()
    groups.archive(member("Alice"), group(HANDLE))
    assert alice.post(f"/d/{talk.key}/cloture").status_code == 403
