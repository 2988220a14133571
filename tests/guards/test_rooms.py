"""Each file of a feature stands in a room, or beside them for a reason that the feature gives in its docstring."""

import ast
import re
from pathlib import Path

import pytest

from tests.guards.test_imports import FEATURES, ROOMS

FORUM = Path(__file__).resolve().parents[2] / "forum"


def beside(docstring: str) -> dict[str, str]:
    """What a feature says stands beside its rooms: a line each, a name and, some spaces on, why."""
    _, _, listed = docstring.partition("Beside the rooms stand")
    return dict(re.findall(r"^(\w+) {2,}(\S.*)$", listed, re.MULTILINE))


def parts_of(folder: Path) -> set[str]:
    """The files and folders of Python directly in a feature."""
    folders = {path.name for path in folder.iterdir() if (path / "__init__.py").exists()}
    return folders | {path.stem for path in folder.glob("*.py")} - {"__init__"}


@pytest.mark.parametrize("feature", FEATURES)
def test_each_file_stands_in_a_room_or_is_named_beside_them_with_its_reason(feature):
    named = beside(ast.get_docstring(ast.parse((FORUM / feature / "__init__.py").read_text("utf-8"))) or "")
    assert parts_of(FORUM / feature) - set(ROOMS) == set(named)


def test_the_guard_itself_reads_a_list():
    assert beside("Groups.\n\nBeside the rooms stand:\nhandles   addresses: pure\nhues      data\n") == {
        "handles": "addresses: pure",
        "hues": "data",
    }
    assert beside("Groups.\n\nhandles   addresses") == {}
