"""The house in figures: its rooms, how many floors they make, and the arrows of imports between them.

`python -m tests.guards.rooms [CHECKOUT ...]` tells them for each checkout, side by side. A room is what stands
directly below forum/, a folder or a file, seen as one, and app.py. Routes, which nobody imports and which may ask any
feature, are counted among the arrows, and apart where they lead upwards; floors and circles are of all but them.
"""

import ast
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Arrow(NamedTuple):
    """One room imports another; through its routes alone, or also through what others may import."""

    source: str
    target: str
    by_routes_alone: bool


class House(NamedTuple):
    """The rooms by name, each with the files and lines in it, and the arrows between them."""

    rooms: dict[str, list[Path]]
    arrows: list[Arrow]

    def below(self) -> dict[str, set[str]]:
        """Of each room, those imported by what others may import of it."""
        found: dict[str, set[str]] = {room: set() for room in self.rooms}
        for arrow in self.arrows:
            if not arrow.by_routes_alone:
                found[arrow.source].add(arrow.target)
        return found

    def floors(self) -> dict[str, int]:
        """How high each room stands: 1 where it imports no other, else one above the highest it imports."""
        below = self.below()

        @cache
        def floor(room: str) -> int:
            return 1 + max((floor(other) for other in below[room]), default=0)

        return {room: floor(room) for room in self.rooms}

    def upward(self) -> list[Arrow]:
        """Arrows of routes that would close a circle, were they drawn by what others may import."""
        below = self.below()
        return [arrow for arrow in self.arrows if arrow.source in reached(below[arrow.target], below)]


def in_circles(below: dict[str, set[str]]) -> list[str]:
    """Whatever can be come to from itself; there should be nothing."""
    return sorted(one for one in below if one in reached(below[one], below))


def reached(first: set[str], below: dict[str, set[str]]) -> set[str]:
    """All that can be come to from these, they among them."""
    seen: set[str] = set()
    waiting = list(first)
    while waiting:
        if (here := waiting.pop()) not in seen:
            seen.add(here)
            waiting += below[here]
    return seen


def files_below(root: Path = ROOT) -> dict[str, set[str]]:
    """Of each module below forum/, the modules that it imports; a name imported from a folder is of its front."""
    paths = {module(path, root): path for path in (root / "forum").rglob("*.py")}
    return {
        name: {
            next(one for one in (imported, imported.rpartition(".")[0], "forum") if one in paths)
            for imported in imports(path)
            if imported.startswith("forum.")
        }
        for name, path in paths.items()
    }


def module(path: Path, root: Path) -> str:
    """The name a file is imported by."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def house(root: Path = ROOT) -> House:
    """The house of this checkout."""
    rooms: dict[str, list[Path]] = {"app": [root / "app.py"]}
    for path in sorted((root / "forum").rglob("*.py")):
        place = path.relative_to(root / "forum").with_suffix("").parts
        if place != ("__init__",):
            rooms.setdefault(place[0], []).append(path)
    ways = {
        (room, other, "routes" in path.relative_to(root).with_suffix("").parts)
        for room, paths in rooms.items()
        for path in paths
        for name in imports(path)
        if (other := room_of(name)) in rooms and other != room
    }
    pairs = {(source, target) for source, target, _ in ways}
    arrows = [Arrow(*pair, by_routes_alone=(*pair, False) not in ways) for pair in sorted(pairs)]
    return House(rooms, arrows)


def imports(path: Path) -> set[str]:
    """Every module imported by a file, from-imports with the name imported."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def room_of(name: str) -> str:
    """The room that a module imported stands in; the library's own name for any other."""
    first, _, rest = name.partition(".")
    return rest.partition(".")[0] if first == "forum" and rest else first


def figures(house: House) -> dict[str, int]:
    """What the house is told by."""
    floors = house.floors()
    return {
        "rooms": len(house.rooms),
        "floors": max(floors.values()),
        "arrows": len(house.arrows),
        "made by routes alone": sum(arrow.by_routes_alone for arrow in house.arrows),
        "upwards, by routes": len(house.upward()),
        "files": sum(len(paths) for paths in house.rooms.values()),
        "lines": sum(len(path.read_text("utf-8").splitlines()) for paths in house.rooms.values() for path in paths),
    }


def main(checkouts: list[str]) -> None:
    """Print the figures of each checkout, and its rooms from the roof to the ground."""
    houses = {name: house(Path(name)) for name in checkouts or [str(ROOT)]}
    told = {name: figures(one) for name, one in houses.items()}
    for figure in next(iter(told.values())):
        print(f"{figure:26}" + "".join(f"{figures[figure]:>9}" for figures in told.values()))
    for name, one in houses.items():
        floors = one.floors()
        print(f"\n{name}")
        for floor in range(max(floors.values()), 0, -1):
            print(f"{floor:3}  " + ", ".join(sorted(room for room in floors if floors[room] == floor)))


if __name__ == "__main__":
    main(sys.argv[1:])
