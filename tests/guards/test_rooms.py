"""Each file of a feature stands in a room, or beside them for a reason that the feature gives; a room has one door."""

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.guards.rooms import imports
from tests.guards.test_imports import FEATURES, ROOMS

ROOT = Path(__file__).resolve().parents[2]
FORUM = ROOT / "forum"
# Rooms that may be folders, entered by their front, __init__.py, which hands out what others may call.
ENTERED = set(ROOMS) - {"routes", "commands"}
FILES = sorted(path for folder in ("forum", "tests", "bench") for path in (ROOT / folder).rglob("*.py"))


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


class Front(NamedTuple):
    """A room that is a folder, its module, and the names that its front hands out."""

    folder: Path
    module: str
    names: frozenset[str]

    def is_passed_by(self, path: Path, name: str) -> bool:
        """Whether importing this name from this file leads into the room by another way. Tests of a feature look into
        its rooms."""
        at_home = self.folder in path.parents or ROOT / "tests" / self.folder.parent.name in path.parents
        if at_home or not name.startswith(f"{self.module}."):
            return False
        inner, _, deeper = name.removeprefix(f"{self.module}.").partition(".")
        return bool(deeper) or (inner not in self.names and self._holds(inner))

    def _holds(self, inner: str) -> bool:
        return (self.folder / f"{inner}.py").exists() or (self.folder / inner).is_dir()


def fronts() -> list[Front]:
    """Those of every feature."""
    folders = [path for feature in FEATURES for path in (FORUM / feature).iterdir() if path.name in ENTERED]
    return [front_of(folder) for folder in folders if folder.is_dir()]


def front_of(folder: Path) -> Front:
    tree = ast.parse((folder / "__init__.py").read_text("utf-8"))
    handed_out = [alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    return Front(folder, ".".join(folder.relative_to(ROOT).parts), frozenset(handed_out))


def test_nobody_goes_round_a_front():
    rooms = fronts()
    names = {
        path: {name for name in imports(path) if any(room.is_passed_by(path, name) for room in rooms)} for path in FILES
    }
    assert {str(path.relative_to(ROOT)): sorted(round_it) for path, round_it in names.items() if round_it} == {}


def test_the_guards_themselves_see_what_is_wrong():
    assert beside("Groups.\n\nBeside the rooms stand:\nhandles   addresses: pure\nhues      data\n") == {
        "handles": "addresses: pure",
        "hues": "data",
    }
    assert beside("Groups.\n\nhandles   addresses") == {}
    room = front_of(FORUM / "groups/queries")
    assert room.is_passed_by(FORUM / "search/routes.py", "forum.groups.queries.doors")
    assert room.is_passed_by(FORUM / "groups/actions/founding.py", "forum.groups.queries.doors.requests_in")
    assert room.is_passed_by(ROOT / "tests/search/test_searching.py", "forum.groups.queries.doors")
    assert not room.is_passed_by(ROOT / "tests/groups/test_requests.py", "forum.groups.queries.doors")
    assert not room.is_passed_by(FORUM / "groups/queries/near.py", "forum.groups.queries.doors")
    assert not room.is_passed_by(FORUM / "search/routes.py", "forum.groups.queries.entry_options")
