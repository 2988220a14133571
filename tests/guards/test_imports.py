"""Imports go down: between features, and between the rooms of one, by their doors; only HTTP knows Flask."""

import ast
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.guards import rooms
from tests.guards.rooms import imports

ROOT = Path(__file__).resolve().parents[2]
# From the highest to the lowest; each may import those after it.
FEATURES = (
    "demo",
    "home",
    "sandbox",
    "reorganisation",
    "personal_data",
    "arrival",
    "moderation",
    "notifications",
    "search",
    "live",
    "candidacies",
    "draws",
    "initiatives",
    "proposals",
    "discussions",
    "groups",
    "tags",
    "offices",
    "accounts",
    "places",
    "chains",
)
ROOMS = ("routes", "commands", "holdings", "actions", "queries", "rules", "models")
# What stands beside the rooms of its feature, and may know more of them than the tables: up to this room.
STAND_ON = {
    ("accounts", "sessions"): "queries",
    ("groups", "texts"): "rules",
    ("live", "asking"): "queries",
    ("live", "streams"): "queries",
    ("notifications", "delivery"): "queries",
}
# Where a route calls an action of a feature that is not its own: (its feature, the other) and why.
SERVES = {("live", "proposals"): "whoever looks at a vote notes that its hour has come"}
# What puts everything together stands above all.
ROOF = {"server"}
HTTP = {"flask", "flask_login", "flask_wtf", "htmx_flask", "werkzeug"}
# flask_login's rules of sessions live beside the accounts they load; the command line is click, by way of Flask.
MAY_KNOW_HTTP = {"routes", "commands", "sessions"}

FILES = sorted(
    path for path in (ROOT / "forum").rglob("*.py") if "migrations" not in path.parts and "data" not in path.parts
)


# Rooms that may be folders, entered by their front, __init__.py, which hands out what others may call.
ENTERED = set(ROOMS) - {"routes", "commands"}
EVERYWHERE = sorted(path for folder in ("forum", "tests", "bench") for path in (ROOT / folder).rglob("*.py"))


def place(parts: tuple[str, ...]) -> tuple[str, str]:
    """(feature or ground file, room) of a module's path below forum."""
    return parts[0], parts[1] if len(parts) > 1 else ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_only_what_lies_below_it(path):
    feature, room = place(path.relative_to(ROOT / "forum").with_suffix("").parts)
    for name in imports(path):
        if name.startswith("forum."):
            wrong = why_not(feature, room, *place(tuple(name.split(".")[1:])))
            assert not wrong, f"{path.relative_to(ROOT)} imports {name}: {wrong}"


def why_not(feature: str, room: str, other: str, other_room: str) -> str:
    if feature not in FEATURES:
        return ground_problem(feature, other)
    if other in ROOF:
        return "a feature does not know the processes"
    if other not in FEATURES:
        return ""
    if other_room == "routes" and (feature, room) != (other, "routes"):
        return "nobody imports routes"
    if feature == other:
        return room_problem(feature, room, other_room)
    asks_any = room == "routes" or feature == "demo"
    return (
        ""
        if asks_any or FEATURES.index(feature) < FEATURES.index(other)
        else "a lower feature does not call a higher one"
    )


def ground_problem(file: str, other: str) -> str:
    allowed = file in ROOF or file in ("__init__",) or other not in FEATURES
    return "" if allowed else "the ground floor does not know the features"


def room_problem(feature: str, room: str, other_room: str) -> str:
    return "" if height(feature, room) >= height(feature, other_room) else "rooms import downwards"


def height(feature: str, room: str) -> float:
    """How high a room stands in its feature; what stands beside the rooms, as high as the tables or as it is said."""
    if (feature, room) in STAND_ON:
        return 0.5 - ROOMS.index(STAND_ON[feature, room])
    return -ROOMS.index(room if room in ROOMS else "models")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_routes_know_http(path):
    feature, room = place(path.relative_to(ROOT / "forum").with_suffix("").parts)
    if feature in FEATURES and room not in MAY_KNOW_HTTP:
        known = {name.partition(".")[0] for name in imports(path)} & HTTP
        assert not known, f"{path.relative_to(ROOT)} knows {known}"


def test_neither_rooms_nor_files_go_round_in_circles():
    assert not rooms.in_circles(rooms.house().below())
    assert not rooms.in_circles(rooms.files_below())


def test_the_guard_itself_sees_a_circle():
    assert rooms.in_circles({"groups": {"tags"}, "tags": {"places"}, "places": {"groups"}, "home": {"groups"}}) == [
        "groups",
        "places",
        "tags",
    ]


ROUTES = [path for path in FILES if "routes" in path.with_suffix("").parts]


@pytest.mark.parametrize("path", ROUTES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_route_reads_any_feature_and_acts_through_its_own_alone(path):
    feature = path.relative_to(ROOT / "forum").parts[0]
    wrong = {name for name in imports(path) if acts_elsewhere(feature, name)}
    assert not wrong, f"{path.relative_to(ROOT)} calls {wrong}: what acts on several features is one action above them"


def acts_elsewhere(feature: str, name: str) -> bool:
    """Whether a route of this feature that imports this acts on another, or joins acts in a transaction of its own."""
    parts = name.split(".")
    if name.startswith("forum.database.transactions"):
        return True
    acts = parts[0] == "forum" and len(parts) > 2 and parts[2] == "actions"
    return acts and parts[1] != feature and (feature, parts[1]) not in SERVES


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
    folders = [path for feature in FEATURES for path in (ROOT / "forum" / feature).iterdir() if path.name in ENTERED]
    return [front_of(folder) for folder in folders if folder.is_dir()]


def front_of(folder: Path) -> Front:
    tree = ast.parse((folder / "__init__.py").read_text("utf-8"))
    handed_out = [alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    return Front(folder, ".".join(folder.relative_to(ROOT).parts), frozenset(handed_out))


def test_nobody_goes_round_a_front():
    rooms = fronts()
    names = {
        path: {name for name in imports(path) if any(room.is_passed_by(path, name) for room in rooms)}
        for path in EVERYWHERE
    }
    assert {str(path.relative_to(ROOT)): sorted(round_it) for path, round_it in names.items() if round_it} == {}


def test_the_guard_itself_sees_who_goes_round_a_front():
    room = front_of(ROOT / "forum" / "groups/queries")
    assert room.is_passed_by(ROOT / "forum" / "search/routes.py", "forum.groups.queries.doors")
    assert room.is_passed_by(ROOT / "forum" / "groups/actions/founding.py", "forum.groups.queries.doors.requests_in")
    assert room.is_passed_by(ROOT / "tests/search/test_searching.py", "forum.groups.queries.doors")
    assert not room.is_passed_by(ROOT / "tests/groups/test_requests.py", "forum.groups.queries.doors")
    assert not room.is_passed_by(ROOT / "forum" / "groups/queries/near.py", "forum.groups.queries.doors")
    assert not room.is_passed_by(ROOT / "forum" / "search/routes.py", "forum.groups.queries.entry_options")


def test_the_guard_itself_sees_a_wrong_import():
    assert acts_elsewhere("accounts", "forum.groups.actions")
    assert acts_elsewhere("groups", "forum.proposals.actions.pouring.pour")
    assert acts_elsewhere("groups", "forum.database.transactions.transaction")
    assert not acts_elsewhere("groups", "forum.groups.actions.join")
    assert why_not("groups", "actions", "discussions", "models")
    assert why_not("groups", "models", "groups", "queries")
    assert why_not("proposals", "minutes", "proposals", "queries")
    assert why_not("groups", "queries", "accounts", "routes")
    assert why_not("live", "queries", "live", "streams")
    assert why_not("proposals", "queries", "groups", "routes")
    assert why_not("text", "", "groups", "models")
    assert why_not("groups", "actions", "server", "worker")
    assert not why_not("groups", "routes", "proposals", "queries")
    assert not why_not("proposals", "actions", "groups", "queries")
