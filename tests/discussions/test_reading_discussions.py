"""Reading a discussion: who may, at which address, and at what cost."""

import pytest

from forum.accounts.models import GUEST
from forum.database.clock import now
from forum.database.connection import database
from forum.discussions import actions, queries
from forum.discussions.addresses import slug
from forum.discussions.models import Comment, Discussion
from forum.groups import actions as groups
from forum.groups.models import Group
from forum.proposals import actions as proposals
from forum.text.markdown import RENDERER
from tests import world


@pytest.fixture
def discussion(site):
    return opened("insoumis-087")


@pytest.fixture
def closed_group(site):
    groups.create(
        world.member("Alice"), groups.GroupSettings("Relecture", visibility="ferme", joining="demande"), "relecture"
    )


def opened(handle, title="L’eau de Bellac, à qui ?", body="Le #réseau fuit."):
    return actions.open(world.member("Alice"), world.group(handle), title, body)


def filled(discussion, number, parent=None):
    """Comments written straight into the table: hundreds through the action would be most of the suite's time."""
    rows = [
        {
            "discussion": discussion,
            "author": world.member("Alice"),
            "parent": parent,
            "body": f"message {place}",
            "body_html": f"<p>message {place}</p>",
            "renderer": RENDERER,
        }
        for place in range(number)
    ]
    for row in rows:
        Comment.create(**row)
    Discussion.update(comments_count=Discussion.comments_count + number).where(Discussion.id == discussion.id).execute()


def test_anybody_reads_an_open_group_with_its_authors_and_gets_no_cookie(guest, discussion):
    actions.comment(world.member("Alice"), discussion, "Une **réponse**.")
    page = guest.get(discussion.address)
    assert page.status_code == 200
    assert 'Le <a href="/t/r%C3%A9seau">#réseau</a> fuit.' in page.text
    assert "Une <strong>réponse</strong>." in page.text
    assert page.text.count("<b>Alice</b>") == 2
    assert "Set-Cookie" not in page.headers


def test_a_guest_who_may_not_write_at_once_finds_no_form_but_the_way_in(guest, discussion):
    Group.update(newcomers_read_days=2).execute()
    page = guest.get(discussion.address).text
    assert "<form" not in page
    assert "csrf_token" not in page
    assert f'href="/inscription?next={discussion.address}&amp;groupe=insoumis-087"' in page
    assert "Rejoindre pour répondre" in page


def test_a_person_from_elsewhere_may_join_from_the_page(bob, discussion):
    Group.update(newcomers_read_days=2).execute()
    page = bob.get(discussion.address).text
    assert 'action="/g/insoumis-087/adhesion"' in page
    assert "/commentaires" not in page
    assert "Répondre" not in page


def test_nothing_tells_who_belongs_without_having_written(guest, bob, discussion):
    charlie = world.member("Charlie")
    groups.join(charlie, world.group("insoumis-087"))
    for visitor in (guest, bob):
        for path in (discussion.address, f"/d/{discussion.key}.json"):
            assert "Charlie" not in visitor.get(path).text


@pytest.mark.parametrize("path", ["/d/{}", "/d/{}.json", "/d/{}/versions", "/d/{}/modifier", "/d/{}?reponse=x"])
@pytest.mark.parametrize("handle", ["veilleuses", "relecture"])
def test_what_others_may_not_read_does_not_exist_for_them(guest, bob, alice, closed_group, path, handle):
    key = opened(handle).key
    for visitor in (guest, bob):
        for htmx in (False, True):
            assert visitor.get(path.format(key), htmx=htmx).status_code == 404
    assert alice.get(path.format(key)).status_code == 200


def test_comments_of_a_closed_group_have_no_address_for_others(guest, bob, closed_group):
    said = actions.comment(world.member("Alice"), opened("relecture"), "Entre nous.")
    for visitor in (guest, bob):
        for path in ("", "/modifier", "/versions"):
            assert visitor.get(f"/c/{said.key}{path}").status_code == 404


def test_an_absent_discussion_is_404(guest, discussion):
    for path in ("/d/aaaaaaaa", "/d/aaaaaaaa.json", "/c/aaaaaaaa", "/d/x-y", f"/d/{discussion.key}?page=2", "/d/%00"):
        assert guest.get(path).status_code == 404


@pytest.mark.parametrize("end", ["-autre-titre", "-", "-l-eau"])
def test_a_wrong_slug_leads_to_the_right_one(guest, discussion, end):
    answer = guest.get(f"/d/{discussion.key}{end}?page=1")
    assert (answer.status_code, answer.location) == (301, f"{discussion.address}?page=1")
    assert guest.get(f"/d/{discussion.key}").status_code == 200


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("L’eau de Bellac, à qui ?", "l-eau-de-bellac-a-qui"),
        ("Œuvrer ensemble", "oeuvrer-ensemble"),
        ("ǼTHER et 𝐌aths", "aether-et-maths"),
        ("!!!", ""),
        ("مرحبا", ""),
        ("mot " * 40, "mot-mot-mot-mot-mot-mot-mot-mot-mot-mot-mot-mot-mot-mot-mot"),
        ("x" * 100, "x" * 60),
    ],
)
def test_titles_become_addresses(title, words):
    assert slug(title) == words


def test_json_says_what_the_page_says(guest, discussion):
    first = actions.comment(world.member("Alice"), discussion, "Un.")
    second = actions.comment(world.member("Alice"), discussion, "Deux.", parent=first.key)
    data = guest.get(f"/d/{discussion.key}.json").json
    assert {name: data[name] for name in ("key", "title", "group", "author", "tags", "proposals", "next")} == {
        "key": discussion.key,
        "title": "L’eau de Bellac, à qui ?",
        "group": "insoumis-087",
        "author": "Alice",
        "tags": ["réseau"],
        "proposals": [],
        "next": None,
    }
    assert data["body_html"].startswith("<p>Le ")
    assert data["created_at"].endswith("Z")
    assert [(row["key"], row["parent"], row["author"]) for row in data["comments"]] == [
        (first.key, None, "Alice"),
        (second.key, first.key, "Alice"),
    ]


def test_the_votes_born_in_a_discussion_stand_on_its_page(guest, discussion):
    draft = proposals.Draft("Réparer d’abord les fuites", "D’accord ?")
    proposal = proposals.propose(world.member("Alice"), discussion.group, draft, discussion)
    page = guest.get(discussion.address).text
    assert f'href="/p/{proposal.key}"' in page
    assert "Réparer d’abord les fuites" in page
    assert guest.get(f"/d/{discussion.key}.json").json["proposals"] == [proposal.key]


def test_json_is_paged(guest, discussion):
    filled(discussion, 70)
    path, seen = f"/d/{discussion.key}.json", []
    while path:
        data = guest.get(path).json
        seen += [row["key"] for row in data["comments"]]
        path = data["next"]
    assert len(seen) == len(set(seen)) == 70


def test_answers_stand_under_what_they_answer_and_pages_hold_thirty(guest, discussion):
    first = actions.comment(world.member("Alice"), discussion, "En tête.")
    second = actions.comment(world.member("Alice"), discussion, "Ensuite.")
    filled(discussion, 35, parent=first)
    page = guest.get(discussion.address).text
    assert page.count('role="article') == 30
    assert "Ensuite." not in page
    assert f'href="/d/{discussion.key}?page=2"' in page
    later = guest.get(f"{discussion.address}?page=2").text
    assert later.count('role="article') == 7
    assert "Suite des réponses à" in later
    assert later.index("message 34") < later.index("Ensuite.")
    assert guest.get(f"/c/{second.key}").location == f"/d/{discussion.key}?page=2#c-{second.key}"
    assert guest.get(f"/c/{first.key}").location == f"/d/{discussion.key}#c-{first.key}"


def test_a_page_costs_the_same_with_forty_comments_and_with_two_hundred(alice, guest, discussion):
    filled(discussion, 40)
    alice.get(discussion.address)
    few = [counted(alice, discussion), counted(guest, discussion)]
    filled(discussion, 160)
    assert [counted(alice, discussion), counted(guest, discussion)] == few
    assert max(few) <= 11


def counted(visitor, discussion):
    seen = []
    database.obj.query_hooks.append(seen.append)
    try:
        assert visitor.get(discussion.address).status_code == 200
    finally:
        database.obj.query_hooks.clear()
    return len(seen)


def test_the_liveliest_come_first_and_each_reader_has_their_own(site, closed_group):
    first, second = opened("insoumis-087", "Première"), opened("insoumis-087", "Seconde")
    hidden, elsewhere = opened("relecture", "Cachée"), opened("veilleuses", "Secrète")
    alice, bob = world.member("Alice"), world.member("Bob")
    actions.comment(alice, first, "Encore.")
    group = world.group("insoumis-087")
    assert [row.id for row in queries.discussions_in(alice, group)] == [first.id, second.id]
    assert {row.id for row in queries.recent_for(alice)} == {first.id, second.id, hidden.id, elsewhere.id}
    assert queries.recent_for(bob) == []
    asked = [hidden.id, second.id, 0, first.id]
    assert [row.id for row in queries.discussions_with_ids(bob, asked)] == [second.id, first.id]
    assert [row.id for row in queries.discussions_with_ids(alice, asked)] == [hidden.id, second.id, first.id]


def test_a_tag_lists_only_what_its_reader_may_read(site, closed_group):
    seen, hidden = opened("insoumis-087", body="#nappe"), opened("relecture", body="#nappe")
    tag_ids = [row.tag_id for row in seen.taggings]
    assert [row.id for row in queries.tagged(world.member("Bob"), tag_ids)] == [seen.id]
    assert {row.id for row in queries.tagged(world.member("Alice"), tag_ids)} == {seen.id, hidden.id}


def test_a_guest_sees_what_moves_in_open_groups(site, closed_group):
    seen = opened("insoumis-087")
    opened("relecture")
    assert [row.id for row in queries.recent_for(GUEST)] == [seen.id]
    assert seen.created_at <= now()
