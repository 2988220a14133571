"""Each part that htmx gets stands in its page, to the letter: a page without JavaScript shows the same thing."""

import ast
import re
from pathlib import Path

import pytest

from tests.guards.test_routes import furnish

ROOT = Path(__file__).resolve().parents[2]


def blocks_shown() -> set[str]:
    """Every block named in a call of show() in the routes: `show(template, "block", …)` or `fragment="block"`."""
    found = set()
    rooms = ROOT / "forum"
    for path in [*rooms.glob("*/routes.py"), *rooms.glob("*/routes/*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "show":
                named = node.args[1:2] + [word.value for word in node.keywords if word.arg == "fragment"]
                found |= {str(one.value) for one in named if isinstance(one, ast.Constant)}
    return found


# By block: what is asked as htmx does (a path, and a form for a POST), and the page in which the same must stand.
CASES = {
    "results": [
        ("/groupes?lieu=087", None, "/groupes?lieu=087"),
        ("/recherche?q=sujet", None, "/recherche?q=sujet"),
    ],
    "texts": [],
    "ballot": [("/p/{p}/vote", {"choice": "agree"}, "/p/{p}")],
    "map": [("/lieux?carte=1", None, "/lieux?carte=1")],
    "answer": [],
    "suggestions": [],
}
# Shown alone only when the whole form is refused (422), never part of a page, or with another part beside them:
# checked in their feature's tests.
CHECKED_ELSEWHERE = {"answer", "suggestions", "texts"}

PARTIALS = [
    ("/p/{p}/resultat", None, "/p/{p}"),
    ("/p/{p}/resultat?forme=barre", None, "/g/{g}"),
]


def test_every_block_shown_alone_has_a_case():
    assert blocks_shown() == set(CASES)
    assert {block for block, cases in CASES.items() if not cases} == CHECKED_ELSEWHERE


@pytest.mark.parametrize(
    ("path", "form", "page"),
    [case for cases in CASES.values() for case in cases] + PARTIALS,
)
def test_the_part_stands_in_the_page(alice, path, form, page):
    keys = furnish("insoumis-087")
    path, page = path.format(**keys), page.format(**keys)
    part = alice.get(path, htmx=True) if form is None else alice.post(path, form, htmx=True)
    assert part.status_code == 200
    assert "<html" not in part.text
    whole = alice.get(page)
    assert part.text.strip()
    assert steady(part.text) in steady(whole.text)
    if form is None:
        assert "HX-Request" in part.headers["Vary"]


def steady(html: str) -> str:
    """Without what differs from one answer to the next (signed tokens), and without idle space."""
    return re.sub(r"\s+", " ", re.sub(r'name="csrf_token" value="[^"]*"', "", html)).strip()


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_boosted_links_and_restored_history_get_the_whole_page(guest, header):
    answer = guest.get("/groupes?q=insoumis", htmx=True, headers={header: "true"})
    assert "<html" in answer.text
