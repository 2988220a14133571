"""What must run without htmx is written in the language of 2018: an older phone reads it without an error."""

import re

import pytest

from forum.web import assets

OURS = [path for path in sorted(assets.STATIC.glob("*.js")) if path.name != "parvis.js"]
# Syntax of later editions of the language (ECMA-262): 2019 to 2022.
LATER = {
    "optional chaining": r"\?\.(?!\d)",
    "nullish coalescing": r"\?\?",
    "catch without a name": r"\bcatch\s*\{",
    "logical assignment": r"(?:\|\||&&)=",
    "private members": r"[\s.]#\w",
    "numeric separators": r"\b\d+_\d",
    "big integers": r"\b\d+n\b",
    "static blocks": r"\bstatic\s*\{",
    "later functions": r"\.(?:flat|flatMap|fromEntries|replaceAll|at|matchAll|allSettled)\(",
}


def code(path) -> str:
    """A script without its comments and texts."""
    bare = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
    return re.sub(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', '""', bare)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_a_script_needs_no_later_language(path):
    assert [name for name, sign in LATER.items() if re.search(sign, code(path))] == []


def test_the_guard_sees_what_is_later(tmp_path):
    script = tmp_path / "new.js"
    script.write_text("let a = b?.c ?? 1_000; try { a ||= 2n; } catch { [].flat(); } /* ?? */ '??'")
    found = [name for name, sign in LATER.items() if re.search(sign, code(script))]
    assert len(found) == 7
