"""A group gives its pages a hue: its animators choose it, everybody sees it, the security policy lets it through."""

import base64
import hashlib
import re

from forum.discussions import actions as discussions
from forum.groups.models import Group
from tests.guards.test_routes import CASES, ask, furnish
from tests.proposals.ballots import put
from tests.world import group, member

PATH = "/g/insoumis-087"
FORM = {"name": "Haute-Vienne", "description": "", "tags": ""}


def styles(answer) -> list[str]:
    return re.findall("<style>(.*?)</style>", answer.text, re.S)


def test_animators_choose_a_hue_and_all_its_pages_bear_it(alice, guest):
    assert 'name="tint" value="" checked' in alice.get(f"{PATH}/reglages").text
    before = guest.get(PATH)
    assert len(styles(before)) == 1
    assert before.headers["Content-Security-Policy"].count("sha256-") == 1
    for _ in range(2):
        assert alice.post(f"{PATH}/reglages", FORM | {"tint": "sapin"}).status_code == 303
    assert 'name="tint" value="sapin" checked' in alice.get(f"{PATH}/reglages").text
    talk = discussions.open(member("Alice"), group("insoumis-087"), "Les trains", "Du matin.")
    for path in (PATH, talk.address, f"/p/{put().key}"):
        answer = guest.get(path)
        whole, tint = styles(answer)
        assert "#1d6340" in tint, path
        for style in (whole, tint):
            digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in answer.headers["Content-Security-Policy"]
    assert len(styles(guest.get("/"))) == 1
    assert len(styles(guest.get("/g/insoumis-023"))) == 1


def test_other_words_of_the_group_are_changed_without_its_hue(alice):
    alice.post(f"{PATH}/reglages", FORM | {"tint": "prune"})
    alice.post(f"{PATH}/reglages", FORM | {"description": "De Bellac à Eymoutiers."})
    assert group("insoumis-087").tint == "prune"
    alice.post(f"{PATH}/reglages", FORM | {"tint": ""})
    assert group("insoumis-087").tint == ""


def test_no_other_hue_and_nobody_else(alice, bob, guest):
    answer = alice.post(f"{PATH}/reglages", FORM | {"name": "Limousin", "tint": "red}*{display:none"})
    assert answer.status_code == 422
    assert "Choisissez une des couleurs" in answer.text
    assert 'value="Limousin"' in answer.text
    assert bob.post(f"{PATH}/reglages", FORM | {"tint": "sapin"}).status_code == 403
    guest.post(f"{PATH}/reglages", FORM | {"tint": "sapin"})
    assert group("insoumis-087").tint == ""


def test_every_page_of_a_group_bears_its_hue_and_the_policy_lets_it_through(site):
    """Whatever its route below the group's address, a discussion's, a comment's, a proposal's, an initiative's."""
    keys = furnish("insoumis-087")
    Group.update(tint="sapin").where(Group.handle == "insoumis-087").execute()
    of_group = [case for case in CASES if case.path.startswith(("/g/", "/d/", "/c/", "/p/", "/i/"))]
    pages = {case.endpoint: ask(site.visitor("Alice"), case, keys) for case in of_group}
    shown = {
        name: page for name, page in pages.items() if page.status_code in (200, 422) and 'class="top"' in page.text
    }
    assert len(shown) > 40
    assert [name for name, page in shown.items() if not hued(page)] == []


def hued(page) -> bool:
    return page.text.count("--accent:#1d6340") == 1 and page.headers["Content-Security-Policy"].count("sha256-") == 2
