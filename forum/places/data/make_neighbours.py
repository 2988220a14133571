"""Write neighbours.csv: the départements that share a border, from the outlines of france.svg.

Outlines were simplified together: a common border has the same points in both. Run it again if the map changes:
python forum/places/data/make_neighbours.py
"""

import csv
import re
from pathlib import Path

HERE = Path(__file__).parent
OUTLINE = re.compile(r'<path id="dep-(\w{3})(?:-z)?" d="(.*?)"')
STEP = re.compile(r"([MmLlHhVvZz])|(-?\d+)")
# Overseas and abroad are drawn apart, each on its own scale: their points mean nothing to one another.
APART = re.compile(r"9[78]\d|099")


def main() -> None:
    """Write the file beside this one."""
    outlines: dict[str, list[set[tuple[int, int]]]] = {}
    for code, path in OUTLINE.findall((HERE / "france.svg").read_text(encoding="utf-8")):
        if not APART.fullmatch(code):
            outlines.setdefault(code, []).append(points(path))
    with (HERE / "neighbours.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("code", "neighbours"))
        for code in sorted(outlines):
            out.writerow(
                (code, "|".join(other for other in sorted(outlines) if touch(outlines[code], outlines[other])))
            )


def touch(one: list[set[tuple[int, int]]], other: list[set[tuple[int, int]]]) -> bool:
    """Whether two départements, each drawn once or twice, share two points: a border, not a corner."""
    return one is not other and any(len(here & there) >= 2 for here in one for there in other)


def points(path: str) -> set[tuple[int, int]]:
    """All the points of an SVG path of straight lines, absolute or relative."""
    found, at, start, command = set(), (0, 0), (0, 0), ""
    numbers: list[int] = []
    for letter, number in STEP.findall(path):
        if letter:
            command, numbers = letter, []
            at = start if letter in "Zz" else at
            continue
        numbers.append(int(number))
        if len(numbers) < (1 if command in "HhVv" else 2):
            continue
        at, numbers = moved(at, command, numbers), []
        found.add(at)
        if command in "Mm":
            start, command = at, "l" if command == "m" else "L"
    return found


def moved(at: tuple[int, int], command: str, numbers: list[int]) -> tuple[int, int]:
    """Where a step leads from a point."""
    x, y = at if command.islower() else (0, 0)
    if command in "Hh":
        return x + numbers[0], at[1]
    return (at[0], y + numbers[0]) if command in "Vv" else (x + numbers[0], y + numbers[1])


if __name__ == "__main__":
    main()
