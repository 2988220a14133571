"""The page of a discussion, kept but for what is one reader's own: each is shown what they would be without memory."""

import re
from hashlib import sha256

import brotli
import pytest
from markupsafe import Markup, escape

from forum.accounts.models import Account
from forum.database.clock import now
from forum.discussions import actions
from forum.discussions.models import Discussion
from forum.discussions.routes import discussion as route
from forum.groups import actions as groups
from forum.groups.models import Group, Suspension
from forum.notifications.models import Notice
from forum.proposals import actions as proposals
from forum.web.cache import placeholders
from forum.web.cache.placeholders import PageCache, SharedPage
from forum.web.pages import show
from tests import world

READERS = ("Alice", "Bob", "Charlie", "Modeste")


@pytest.fixture
def talk(site):
    alice, bob, home = world.member("Alice"), world.member("Bob"), world.group("insoumis-087")
    groups.join(bob, home)
    found = actions.open(alice, home, "Le pain", "Qui apporte le pain ? #eau", ["eau"])
    actions.comment(bob, found, "Moi le seigle.")
    return found


def page_of(visitor, talk, **headers) -> str:
    """The page, without the key of its form, which is never twice the same, and the white space after a name."""
    answer = visitor.get(f"/d/{talk.key}", headers=headers)
    page = brotli.decompress(answer.data).decode() if answer.content_encoding == "br" else answer.text
    return re.sub(r'(name="once" value=)"\w+"', r"\1", page).replace("  ", "").replace(" </span></a>", "</span></a>")


def shown_alone(template: str, own, fragments, **facts):
    """The page rendered as any other."""
    return show(template, "answer", **facts)


def retitle(talk, **values) -> None:
    Discussion.update(**values).where(Discussion.id == talk.id).execute()


def rule(**values) -> None:
    Group.update(**values).where(Group.handle == "insoumis-087").execute()


def suspend(name: str) -> None:
    until = now().replace(year=2099)
    Suspension.create(group=world.group("insoumis-087"), member=world.member(name), until=until)


def tell(name: str, times: int) -> None:
    first, account = Notice.select().count(), world.member(name)
    for line in range(first, first + times):
        Notice.create(account=account, line=line, sentence="Du nouveau.", address="/moi")


def rename(name: str, new: str) -> None:
    Account.update(username=new).where(Account.username == name).execute()


WRITES = (
    lambda talk: None,
    lambda talk: actions.comment(world.member("Alice"), talk, "Et moi le sel."),
    lambda talk: retitle(talk, title="Le pain et le sel", edited_at=now()),
    lambda talk: rule(tint="ocean"),
    lambda talk: rule(members_propose=False),
    lambda talk: tell("Bob", 1),
    lambda talk: tell("Bob", 1),
    lambda talk: (tell("Bob", 1), tell("Alice", 99)),
    lambda talk: proposals.propose(
        world.member("Alice"), talk.group, proposals.Draft("Du seigle partout", "Oui ?"), discussion=talk
    ),
    lambda talk: actions.pin(world.member("Alice"), talk),
    lambda talk: suspend("Bob"),
    lambda talk: actions.close(world.member("Alice"), talk, "C’est dit."),
    lambda talk: rename("Modeste", "Modeste & <i>"),
    lambda talk: retitle(talk, state="waiting"),
)


def test_after_each_write_each_reader_is_shown_the_page_as_it_would_be_rendered_for_them_alone(site, talk, monkeypatch):
    monkeypatch.setattr(placeholders, "OFTEN", 1)
    visitors = [site.visitor(name) for name in READERS]
    for write in WRITES:
        write(talk)
        for visitor in visitors:
            # What stands as new to them has then been read.
            page_of(visitor, talk)
        warm = [page_of(visitor, talk) for visitor in visitors]
        with monkeypatch.context() as other:
            other.setattr(route, "show_shared", shown_alone)
            other.setattr(route, "plain", lambda facts: facts)
            assert warm == [page_of(visitor, talk) for visitor in visitors]
        # Twice: compressed around the words when asked for the first time, and filled in after that.
        for _ in range(2):
            assert warm == [page_of(visitor, talk, **{"Accept-Encoding": "br"}) for visitor in visitors]


def test_a_reader_finds_their_own_name_and_token_in_a_page_that_another_had_made(site, talk):
    for name in ("Alice", "Bob"):
        groups.join(world.member("Modeste"), world.group("insoumis-087"))
        page_of(site.visitor(name), talk)
    modeste, bob = site.visitor("Modeste"), site.visitor("Bob")
    first, second = page_of(modeste, talk), page_of(bob, talk)
    assert "mon compte, Modeste" in first
    assert "mon compte, Bob" in second
    assert "Modeste" not in second
    for page, visitor, other in ((first, modeste, bob), (second, bob, modeste)):
        (token,) = set(re.findall(r'name="csrf_token" value="([^"]+)"', page))
        said = {"body": "D’accord.", "csrf_token": token}
        assert visitor.post(f"/d/{talk.key}/commentaires", said, token=False).status_code == 303
        assert other.post(f"/d/{talk.key}/commentaires", said, token=False).status_code == 403
        assert f'data-reader="{visitor.get("/moi").headers["Parvis-Reader"]}"' in page


def test_readers_who_are_shown_the_same_share_one_page(site, talk):
    kept = site.app.extensions["shared_pages"].outlines.kept
    for name in ("Charlie", "Modeste"):
        groups.join(world.member(name), world.group("insoumis-087"))
    # They have read all there is: nothing is new to them.
    for name in ("Charlie", "Charlie", "Modeste", "Modeste"):
        page_of(site.visitor(name), talk)
    assert len(kept) == 1
    page_of(site.visitor("Modeste"), talk, **{"Sec-Fetch-Site": "same-origin"})
    assert len(kept) == 2


def test_how_many_notices_wait_is_told_to_each(site, talk):
    for name, number, said in (("Bob", 3, ">3</b>"), ("Modeste", 2, ">2</b>"), ("Charlie", 0, "Notifications<")):
        tell(name, number)
        assert said in page_of(site.visitor(name), talk)
    tell("Modeste", 98)
    assert ">99+</b>" in page_of(site.visitor("Modeste"), talk)
    # None, and several.
    assert len({variant.waiting for _, variant, *_ in site.app.extensions["shared_pages"].outlines.kept}) == 2


def test_each_page_has_a_form_of_its_own(site, talk):
    bob = site.visitor("Bob")
    keys = {re.search(r'name="once" value="(\w+)"', bob.get(f"/d/{talk.key}").text)[1] for _ in range(3)}
    assert len(keys) == 3


def test_a_hue_is_let_through_by_the_policy_of_each_answer(site, talk):
    rule(tint="ocean")
    policies = {
        site.visitor(name).get(f"/d/{talk.key}").headers["Content-Security-Policy"]
        for name in ("Bob", "Bob", "Modeste", "Modeste")
    }
    assert len(policies) == 1
    assert policies.pop().count("sha256-") == 2


def test_a_page_asked_for_often_is_compressed_once_and_weighs_less(site, talk):
    for number in range(12):
        words = " ".join(sha256(f"{number} {rank}".encode()).hexdigest()[: 3 + rank % 7] for rank in range(60))
        actions.comment(world.member("Alice"), talk, words)
    bob = site.visitor("Bob")
    answers = [bob.get(f"/d/{talk.key}", headers={"Accept-Encoding": "br"}) for _ in range(placeholders.OFTEN + 3)]
    first, last = answers[1], answers[-1]
    assert {answer.content_encoding for answer in answers} == {"br"}
    assert int(last.headers["Content-Length"]) == len(last.data) < len(first.data)
    assert len(brotli.decompress(last.data)) == len(brotli.decompress(first.data))
    assert bob.get(f"/d/{talk.key}", headers={"Accept-Encoding": "gzip"}).content_encoding == "gzip"


def test_a_mark_cannot_be_written_and_words_are_put_in_whole():
    ours, other = PageCache(1_000), PageCache(1_000)
    assert ours.sign != other.sign
    name, said = ours.placeholder("name"), ours.placeholder("said")
    made = f"<b>{name}</b>{other.placeholder('token')}{name}{said}."
    page = ours.page("facts", lambda: (Markup(made), now().replace(year=2099)), {"said": Markup("Oui")})
    assert page.names == ["name", "name"]
    name = str(escape("A & B")).encode()
    assert page.filled([name, name]).decode() == f"<b>A &amp; B</b>{other.placeholder('token')}A &amp; BOui."


def test_a_page_whose_words_stand_too_close_is_compressed_as_any_other(monkeypatch):
    monkeypatch.setattr(placeholders, "OFTEN", 1)
    # Two words without two bytes between them.
    assert SharedPage("a|x|b|y|", "|").in_brotli([b"1", b"2"]) is None
    assert SharedPage("a|x|bc", "|").in_brotli([b""]) is None
    assert SharedPage("a|x|bc", "|").in_brotli([b"1"]) is not None
