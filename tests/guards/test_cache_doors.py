"""What is kept of pages has three doors; behind them nobody else knows of it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = "forum.web.cache"
DOORS = {f"{CACHE}.guest_pages.expire_at", f"{CACHE}.fragments.fragment", f"{CACHE}.shared_pages.show_shared"}
# Which installs it.
HALL = {f"{CACHE}.guest_pages", f"{CACHE}.shared_pages"}


def taken(source: str) -> Iterator[str]:
    """What a file imports of the kept pages, whole names."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(CACHE):
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith(CACHE))


def test_a_page_is_kept_by_one_line_and_no_other_file_knows_how():
    files = [path for path in (ROOT / "forum").rglob("*.py") if not path.is_relative_to(ROOT / "forum/web/cache")]
    known = {str(path.relative_to(ROOT)): set(taken(path.read_text("utf-8"))) for path in files}
    assert {path: names - DOORS for path, names in known.items() if names - DOORS} == {}
    assert set(taken((ROOT / "app.py").read_text("utf-8"))) == HALL


def test_the_guard_itself_sees_whoever_takes_more():
    assert set(taken("from forum.web.cache.placeholders import PageCache")) == {f"{CACHE}.placeholders.PageCache"}
    assert set(taken("from forum.web.cache import fragments")) == {f"{CACHE}.fragments"}
    assert set(taken("import forum.web.cache.precompressed")) == {f"{CACHE}.precompressed"}
