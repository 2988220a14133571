"""htmx is known in forum/web alone: elsewhere one asks wants_fragment(), which says what boosted links want."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = [path for path in sorted((ROOT / "forum").rglob("*.py")) if path.relative_to(ROOT).parts[1] != "web"]
# A header, the same in an environ, what the extension makes of them, and the extensions themselves.
KNOWS = re.compile(r"\bHX-|\bhx-request|HTTP_HX|\.htmx\b|\bhtmx_flask\b|\bjinja2_fragments\b")


def test_nothing_of_htmx_is_read_or_written_elsewhere():
    assert {str(path.relative_to(ROOT)) for path in FILES if KNOWS.search(path.read_text("utf-8"))} == set()


def test_the_guard_itself_sees_whoever_knows():
    known = ('request.headers.get("HX-Boosted")', "if request.htmx:", '"HTTP_HX_REQUEST": "true"', "import htmx_flask")
    assert all(KNOWS.search(line) for line in known)
    assert not KNOWS.search("if wants_fragment():  # htmx asks for a part")
