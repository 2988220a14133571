"""Postal codes with what stands beside them, as the post office writes them: which département is read in each.

`python -m bench.postal` reads every commune with each of its codes ("87000 LIMOGES", "42100 ST ETIENNE"), then each
code with words that name a locality of no list: none of these lines may lead to another département, or nowhere.
"""

import csv
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator

from forum.config import ROOT
from forum.database import migrate
from forum.database.connection import connect, database
from forum.places import load, queries
from forum.text.typed import folded

COMMUNES = ROOT / "forum/places/data/communes.csv"
LOCALITIES = (
    *("LE MOULIN", "ST JEAN PLAGE", "LES QUATRE ROUTES", "L ESTAQUE", "PORT MARLY", "ZI NORD", "LA DEFENSE CEDEX"),
    *("HAMEAU DE PARIS", "NICE", "VIENNE", "LA REUNION", "VERS ST DENIS"),
)
WAYS = (("SAINTE", "STE"), ("SAINT", "ST"))


def lines() -> Iterator[tuple[str, set[str], str]]:
    """Each line with the départements that it may mean, and the code of the commune it names ('' for none)."""
    rows = list(csv.DictReader(COMMUNES.open(encoding="utf-8")))
    by_code: dict[str, set[str]] = {}
    for row in rows:
        for code in row["codes_postaux"].split("|"):
            by_code.setdefault(code, set()).add(row["dep"])
    for row in rows:
        for code in filter(None, row["codes_postaux"].split("|")):
            yield f"{code} {written(row['nom'])}", by_code[code], row["insee"]
    for number, code in enumerate(sorted(filter(None, by_code))):
        yield f"{code} {LOCALITIES[number % len(LOCALITIES)]}", by_code[code], ""


def written(name: str) -> str:
    """A name as the post office writes it: capitals, no accents, no hyphens, SAINT as ST."""
    words = re.sub(r"[^A-Z0-9]+", " ", folded(name).upper()).split()
    return " ".join(dict(WAYS).get(word, word) for word in words)


def judged(line: str, departements: set[str], insee: str) -> str:
    """exact, departement, wrong or nothing."""
    places = queries.read(line).places
    if not places:
        return "nothing"
    if insee and places[0].code == insee:
        return "exact"
    return "departement" if departements & set(places[0].departements) else "wrong"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        connect(f"sqlite:///{folder}/postal.db")
        with database.connection_context():
            migrate.up()
            load.load()
            counts: Counter[tuple[str, str]] = Counter()
            wrong, started = [], time.process_time()
            for line, departements, insee in lines():
                outcome = judged(line, departements, insee)
                counts["commune" if insee else "locality", outcome] += 1
                wrong += [line] if outcome in ("wrong", "nothing") else []
    for (sort, outcome), number in sorted(counts.items()):
        print(f"{sort:10} {outcome:12} {number}")
    print(f"{sum(counts.values())} lines, {time.process_time() - started:.0f} s of processor")
    sys.exit(f"{len(wrong)} lines wrong, among them: {', '.join(wrong[:20])}" if wrong else 0)


if __name__ == "__main__":
    main()
