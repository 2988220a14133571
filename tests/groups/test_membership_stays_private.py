"""The members of an open group are known to its members only: one test a way of finding out.

Bob joins insoumis-087 and says nothing. Charlie, signed in, and a guest try to learn it.
"""

import pytest

from forum.database.connection import database
from forum.discussions import actions as discussions
from forum.groups import actions
from forum.groups.models import Group
from forum.notifications import delivery
from forum.notifications.models import Notice
from forum.proposals import actions as proposals, queries as proposal_queries
from forum.search.actions import reindex
from forum.tasks.journal import JournalLine
from tests.guards.test_routes import CASES, LONG, furnish
from tests.initiatives import planned
from tests.world import group, member

PUBLIC = (
    "/",
    "/groupes",
    "/groupes?q=87",
    "/groupes.json?q=87",
    "/recherche?q=insoumis",
    "/recherche.json?q=insoumis&type=groupe",
    "/lieux/087",
    "/g/insoumis-087",
    "/g/insoumis-087?page=2",
    "/g/insoumis-087.json",
    "/g/insoumis-087.atom",
    "/g/insoumis-087.ics",
    "/g/insoumis-087/initiatives",
    "/g/insoumis-087/journal",
    "/g/insoumis-087/membres",
    "/g/insoumis-087/demandes",
    "/g/insoumis-087/invitations",
    "/g/insoumis-087/reglages",
    "/agenda",
)


def enter(name: str = "Bob") -> None:
    actions.join(member(name), group("insoumis-087"))


def seen(visitor, path: str, **options) -> tuple:
    """Everything an answer tells: its status, its headers but the clock's, its body without signed tokens."""
    answer = visitor.get(path, **options)
    headers = {name: value for name, value in answer.headers if name not in ("Date", "Set-Cookie")}
    text = answer.text.split('name="csrf_token"')
    return answer.status_code, headers.get("ETag"), headers, [text[0], *(part.partition(">")[2] for part in text[1:])]


def strip_lengths(told: tuple) -> tuple:
    """Signed tokens vary in length: of a signed-in person's page the body is compared, not its length."""
    status, etag, headers, body = told
    return status, etag, {name: value for name, value in headers.items() if name != "Content-Length"}, body


def test_no_answer_differs_once_somebody_has_joined(charlie, guest):
    """Pages, fragments, JSON and feeds, their status, ETag and every header: before and after, to the letter."""
    before = {path: (seen(guest, path), strip_lengths(seen(charlie, path))) for path in PUBLIC}
    parts = {path: strip_lengths(seen(charlie, path, htmx=True)) for path in ("/groupes?q=87", "/recherche?q=87")}
    enter()
    for path, told in before.items():
        assert (seen(guest, path), strip_lengths(seen(charlie, path))) == told, path
    for path, told in parts.items():
        assert strip_lengths(seen(charlie, path, htmx=True)) == told, path


def test_a_head_request_and_a_kept_copy_tell_no_more(guest):
    def headers() -> dict:
        answer = guest.browser.head("/g/insoumis-087")
        return {name: value for name, value in answer.headers if name != "Date"}

    before, copy = headers(), guest.get("/g/insoumis-087").headers["ETag"]
    enter()
    assert headers() == before
    assert guest.get("/g/insoumis-087", headers={"If-None-Match": copy}).status_code == 304


def test_no_address_of_the_site_names_a_member_who_was_silent(site, charlie, guest):
    keys = furnish("insoumis-087")
    enter()
    proposals.vote(member("Bob"), proposal_queries.proposal_for(member("Bob"), keys["p"]), {"choice": "agree"})
    reindex()
    for case in CASES:
        if case.form is None:
            for visitor in (guest, charlie):
                path = case.path.format(**keys)
                if "Bob" not in path:
                    assert "Bob" not in visitor.get(path).text, path


def test_the_number_of_members_is_not_told_below_five(site, alice, charlie, guest):
    told = set()
    for _ in range(2):
        for visitor in (guest, charlie):
            assert "Moins de 5 membres" in visitor.get("/g/insoumis-087").text
            row = visitor.get("/g/insoumis-087.json").json
            told.add((row["members_count"], row["members_count_exact"]))
        enter()
    assert told == {(4, False)}
    assert alice.get("/g/insoumis-087.json").json["members_count"] == 2
    Group.update(members_count=5).where(Group.handle == "insoumis-087").execute()
    assert guest.get("/g/insoumis-087.json").json["members_count"] == 5


def test_nor_by_the_order_of_small_groups(guest):
    for name in ("Amarante", "Bourrache"):
        actions.create(member("Alice"), actions.GroupSettings(name, tags=("jardin",)), name.lower())
    reindex()
    before = [guest.get(path).text for path in ("/groupes", "/groupes.json", "/t/jardin")]
    actions.join(member("Bob"), group("bourrache"))
    reindex()
    assert [guest.get(path).text for path in ("/groupes", "/groupes.json", "/t/jardin")] == before


@pytest.mark.parametrize("path", ["membres", "membres?page=2", "membres/Bob/retrait", "membres/Silex/retrait"])
def test_the_list_and_its_pages_answer_alike_whoever_is_in_it(charlie, guest, path):
    before = [strip_lengths(seen(visitor, f"/g/insoumis-087/{path}")) for visitor in (charlie, guest)]
    assert before[0][0] == 403
    enter()
    assert [strip_lengths(seen(visitor, f"/g/insoumis-087/{path}")) for visitor in (charlie, guest)] == before


def test_removing_somebody_answers_alike_whoever_is_in(charlie):
    """404 and 403 must not differ for a member, for another person, and for nobody."""
    enter()
    reason = {"reason": "Une raison assez longue"}
    answers = [charlie.post(f"/g/insoumis-087/membres/{name}/retrait", reason) for name in ("Bob", "Modeste", "Silex")]
    assert {answer.status_code for answer in answers} == {403}
    assert len({len(answer.text) for answer in answers}) <= 2


def test_a_request_s_key_answers_alike_known_or_not(site, charlie):
    Group.update(joining="demande").where(Group.handle == "insoumis-087").execute()
    actions.ask_to_join(member("Bob"), group("insoumis-087"), "Un mot")
    key = group("insoumis-087").requests.get().key
    for path in (f"demandes/{key}", "demandes/inconnue"):
        assert charlie.post(f"/g/insoumis-087/{path}", {"choice": "accept"}).status_code == 403
    assert "Un mot" not in charlie.get(f"/g/insoumis-087/demandes?fait={key}").text


def test_no_box_offers_the_names_of_members(charlie, guest):
    enter()
    for visitor in (charlie, guest):
        for path in ("/t?q=bob", "/t?q=@bob", "/groupes?q=bob", "/recherche?q=bob", "/recherche.json?q=@bob"):
            assert "Bob</" not in visitor.get(path, htmx=True).text, path
            assert '"Bob"' not in visitor.get(path).text, path


def test_a_mention_reads_alike_whoever_it_names(guest):
    texts = {}
    for name, joins in (("Bob", True), ("Charlie", False)):
        if joins:
            enter(name)
        talk = discussions.open(member("Alice"), group("insoumis-087"), f"Salut {name}", f"Bonjour @{name}, merci.")
        texts[name] = talk.body_html.replace(name, "")
    assert texts["Bob"] == texts["Charlie"]


def test_who_votes_without_a_word_and_who_comes_are_not_named(charlie, guest):
    enter()
    asked = proposals.propose(member("Alice"), group("insoumis-087"), proposals.Draft("Une proposition", LONG))
    proposals.vote(member("Bob"), asked, {"choice": "agree"})
    meeting = planned()
    for visitor in (charlie, guest):
        assert visitor.get(f"/p/{asked.key}/voix").status_code == 403
        for path in (f"/p/{asked.key}", f"/p/{asked.key}.json", f"/p/{asked.key}.csv", f"/p/{asked.key}/imprimer"):
            assert "Bob" not in visitor.get(path).text, path
        for path in (f"/i/{meeting.key}", f"/i/{meeting.key}.json", f"/i/{meeting.key}.ics"):
            assert "Bob" not in visitor.get(path).text, path


def test_the_filter_by_author_answers_alike_in_and_out_of_the_group(charlie, guest):
    paths = [f"/recherche{form}?auteur=Bob&groupe=insoumis-087" for form in ("", ".json")]
    paths += ["/recherche?auteur=Bob", "/recherche.json?auteur=Bob&q=texte"]
    before = [strip_lengths(seen(visitor, path)) for visitor in (charlie, guest) for path in paths]
    enter()
    assert [strip_lengths(seen(visitor, path)) for visitor in (charlie, guest) for path in paths] == before


def test_loading_more_gives_no_more(charlie):
    keys = furnish("insoumis-087")
    enter()
    for path in (f"/d/{keys['d']}/suite?page=1", f"/p/{keys['p']}?page=2", "/g/insoumis-087?page=2"):
        assert "Bob" not in charlie.get(path, htmx=True).text, path


def test_nobody_outside_is_told_that_somebody_joined_left_or_was_removed(site, alice):
    enter()
    actions.leave(member("Bob"), group("insoumis-087"))
    enter()
    alice.post("/g/insoumis-087/membres/Bob/retrait", {"reason": "Une raison assez longue"})
    while delivery.run_once():
        pass
    assert {row.account_id for row in Notice.select()} <= {member("Alice").id, member("Bob").id}


def test_the_record_of_a_group_holds_no_name_and_no_number_of_who_was_removed(alice):
    enter()
    alice.post("/g/insoumis-087/membres/Bob/retrait", {"reason": "Une raison assez longue"})
    lines = JournalLine.select().where(JournalLine.verb.startswith("membership"))
    for line in lines:
        assert "Bob" not in line.facts
        assert (line.actor_id, line.subject_kind) == (member("Alice").id, "group")


def test_another_s_export_says_nothing_of_it(charlie):
    before = charlie.get("/moi/donnees").json
    enter()
    after = charlie.get("/moi/donnees").json
    assert after == before
    assert "Bob" not in str(after)


def test_what_is_hidden_costs_no_more_questions_than_what_does_not_exist(site, charlie, guest):
    """Counting statements, which a clock could measure from outside."""

    def statements(visitor, path: str) -> int:
        counted: list = []
        hook = lambda *args, **_: counted.append(args)  # noqa: E731
        visitor.get(path)
        database.obj.query_hooks.append(hook)
        try:
            visitor.get(path)
        finally:
            database.obj.query_hooks.remove(hook)
        return len(counted)

    for visitor in (charlie, guest):
        assert statements(visitor, "/g/veilleuses") == statements(visitor, "/g/inexistantes")
        assert statements(visitor, "/g/veilleuses/membres") == statements(visitor, "/g/inexistantes/membres")
        assert statements(visitor, "/g/Veilleuse") == statements(visitor, "/g/Inexistante")
    before = statements(charlie, "/g/insoumis-087/membres"), statements(charlie, "/g/insoumis-087")
    enter()
    assert (statements(charlie, "/g/insoumis-087/membres"), statements(charlie, "/g/insoumis-087")) == before


def test_a_secret_group_answers_as_one_that_does_not_exist(charlie, guest):
    for visitor in (charlie, guest):
        for path in ("", "/membres", "/journal", ".json", ".atom", ".ics"):
            hidden, absent = visitor.get(f"/g/veilleuses{path}"), visitor.get(f"/g/inexistante{path}")
            assert hidden.status_code == absent.status_code == 404
            assert _bare(hidden.text, "veilleuses") == _bare(absent.text, "inexistante"), path
    form = guest.get("/inscription?groupe=veilleuses").text
    assert _bare(form, "veilleuses") == _bare(guest.get("/inscription?groupe=inexistante").text, "inexistante")


def _bare(text: str, handle: str) -> str:
    parts = text.replace(handle, "").split('name="csrf_token"')
    return parts[0] + "".join(part.partition(">")[2] for part in parts[1:])
