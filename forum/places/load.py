"""Places into the database, from the files of data/ (origin and licences in data/SOURCES.md)."""

import csv
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from forum.database.connection import database, is_postgresql
from forum.database.tables import Base
from forum.database.transactions import transaction
from forum.places.models import (
    TABLES,
    Constituency,
    ConstituencyCommune,
    Departement,
    PlacesEdition,
    PostalCode,
    Territory,
    TerritoryName,
)
from forum.places.reading import normalise
from forum.places.reading.gazetteer import COUNTRY, TOWN
from forum.places.reading.normalise import bare, full_key, short
from forum.places.reading.ordinary import is_known

# What a table takes: texts and whole numbers, by column.
Columns = dict[str, Any]
DATA = Path(__file__).parent / "data"
CITIES = ("75056", "69123", "13055")
# The one commune of these départements is the département: it has no card of its own.
WHOLE = {"75056": "075", "97701": "977", "97801": "978"}
SAME_AS_DEPARTEMENT = ("R01", "R02", "R03", "R04", "R06", "G-etranger")
NATION = "G-france"
# What a country or a town abroad weighs against communes when a beginning is typed.
COUNTRY_WEIGHT, TOWN_WEIGHT = 60_000, 30_000
SHORTENED_FROM = 5_000
# A town is called by what stands before "sur", "en"…; a commune of that very name counts seven times as much.
HEAD = re.compile(r"(.{3,}?) (?:sur|sous|en|les|le|la|aux|du|de|des|d) ")
HEAD_FROM, TIMES_NEXT, TIMES_SAME_NAME = 20_000, 3, 7


def load() -> int:
    """Fill the tables of places, in one transaction, unless they hold this edition already; how many there are."""
    edition = _edition()
    if PlacesEdition.select().where(PlacesEdition.digest == edition).exists():
        return Territory.select().count()
    with transaction():
        for table in reversed(TABLES):
            table.delete().execute()
        places = list(_territories())
        ids = range(1, len(places) + 1)
        _insert(Territory, ({"id": number} | row for number, (row, _) in zip(ids, places, strict=True)))
        _insert(TerritoryName, _names(places, ids))
        _insert_details({row["code"]: number for number, (row, _) in zip(ids, places, strict=True)})
        PlacesEdition.create(digest=edition)
    return len(places)


def _edition() -> str:
    """What the tables would hold: the files and the code that reads them."""
    digest = sha256()
    for path in (*sorted(DATA.glob("*.csv")), *sorted(DATA.glob("*.txt")), Path(__file__), Path(normalise.__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _insert(table: type[Base], rows: Iterable[Columns]) -> None:
    """Each database's own way to take many rows: with peewee's builder the whole load takes five times longer."""
    rows = iter(rows)
    first = next(rows)
    columns = ", ".join(f'"{table._meta.combined[name].column_name}"' for name in first)
    target = f'"{table._meta.table_name}" ({columns})'
    values = (tuple(row.values()) for row in chain((first,), rows))
    cursor = database.cursor()
    if is_postgresql():
        with cursor.copy(f"copy {target} from stdin") as copy:
            for row in values:
                copy.write_row(row)
        # Until it has counted them, the planner reads whole tables.
        cursor.execute(f'analyze "{table._meta.table_name}"')
    else:
        cursor.executemany(f"insert into {target} values ({', '.join('?' * len(first))})", values)  # noqa: S608


def _rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a file, with the apostrophe that members read."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(line.replace("'", "’") for line in lines)


def _listed(text: str) -> list[str]:
    return [part for part in text.split("|") if part]


def _territories() -> Iterator[tuple[Columns, dict[str, str]]]:
    """Each territory's row, and the names that lead to it with their role."""
    yield from _regions()
    yield from _departements()
    yield from _constituencies()
    yield from _communes()
    yield from _abroad()


def _territory(code: str, kind: str, name: str, departements: str = "", **more: object) -> Columns:
    row = {"population": 0, "constituencies": "", "within": ""} | more
    return {"code": code, "kind": kind, "name": name, "departements": departements, **row}


def _named(name: str, aliases: str = "", former: str = "") -> dict[str, str]:
    roles = {full_key(old): "former" for old in _listed(former)} | {
        full_key(alias): "alias" for alias in _listed(aliases)
    }
    return roles | {full_key(name): "name"}


def _regions() -> Iterator[tuple[Columns, dict[str, str]]]:
    population = {row["code"]: int(row["population"]) for row in _rows("departements.csv")}
    for row in _rows("regions.csv"):
        if row["code"] in SAME_AS_DEPARTEMENT:
            continue
        kind = "nation" if row["code"] == NATION else "region"
        people = sum(population[code] for code in _listed(row["departements"]))
        yield (
            _territory(row["code"], kind, row["nom"], row["departements"], population=people),
            _named(row["nom"], row["alias"]),
        )


def _departements() -> Iterator[tuple[Columns, dict[str, str]]]:
    seats: dict[str, list[str]] = {}
    for row in _rows("circonscriptions.csv"):
        seats.setdefault(row["dep"], []).append(row["code"])
    seats["978"] = seats["977"]
    for row in _rows("departements.csv"):
        more = {"population": int(row["population"]), "constituencies": "|".join(seats[row["code"]])}
        territory = _territory(row["code"], "departement", row["nom"], row["code"], within=row["region_nom"], **more)
        yield territory, _named(row["nom"], row["alias"])


def _constituencies() -> Iterator[tuple[Columns, dict[str, str]]]:
    names = {row["code"]: row["nom"] for row in _rows("departements.csv")}
    for row in _rows("circonscriptions.csv"):
        place = _territory(row["code"], "circonscription", row["nom"], row["dep"], constituencies=row["code"])
        yield place | {"within": names[row["dep"]]}, {}


def _communes() -> Iterator[tuple[Columns, dict[str, str]]]:
    names = {row["code"]: row["nom"] for row in _rows("departements.csv")}
    usual = {row["insee"]: row["alias"] for row in _rows("usual.csv")}
    for row in _rows("communes.csv"):
        if row["insee"] in WHOLE:
            continue
        more = {"population": int(row["population"]), "constituencies": row["circos"], "within": names[row["dep"]]}
        yield (
            _territory(row["insee"], "commune", row["nom"], row["dep"], **more),
            _named(row["nom"], usual.get(row["insee"], ""), row["anciens_noms"]),
        )


def _abroad() -> Iterator[tuple[Columns, dict[str, str]]]:
    """Countries and towns. A town with the name of its country is that country."""
    countries = {row["nom"] for row in _rows("etranger.csv") if row["type"] == "pays"}
    for row in _rows("etranger.csv"):
        if row["type"] == "ville" and row["nom"] in countries:
            continue
        within = COUNTRY if row["type"] == "pays" else TOWN
        place = _territory(row["circo"], "abroad", row["nom"], "099", constituencies=row["circo"], within=within)
        yield place, _named(row["nom"], row["alias"])


def _names(places: list[tuple[Columns, dict[str, str]]], ids: Iterable[int]) -> Iterator[Columns]:
    heads = _heads(places)
    for (place, names), number in zip(places, ids, strict=True):
        weight = _weight(place)
        keys = _keys(place, names)
        if place["code"] in heads and place["kind"] == "commune":
            keys = {heads[place["code"]]: (heads[place["code"]], "head")} | keys
        for key, (full, role) in keys.items():
            yield {"key": key.encode(), "full": full, "role": role, "territory": number, "weight": weight}


def _heads(places: list[tuple[Columns, dict[str, str]]]) -> dict[str, str]:
    """The one word or two by which people call a town: Ivry for Ivry-sur-Seine, by the code of the town.

    Only where it is three times more populous than the next so called, and twenty times than one of that very name.
    """
    best = {head: sorted(towns, reverse=True) for head, towns in _called(places).items() if not is_known(head)}
    return {
        code: head
        for head, [(people, code), *others] in best.items()
        if code and people >= max(HEAD_FROM, TIMES_NEXT * max((weight for weight, _ in others), default=0))
    }


def _called(places: list[tuple[Columns, dict[str, str]]]) -> dict[str, list[tuple[int, str]]]:
    """By each beginning, the people and the code of the communes so called; no code for one of that very name."""
    called: dict[str, list[tuple[int, str]]] = {}
    for place, _ in places:
        if place["kind"] == "commune":
            key, people = bare(full_key(place["name"])), place["population"]
            head = HEAD.match(key)
            entry = (people, place["code"]) if head else (people * TIMES_SAME_NAME, "")
            called.setdefault(head[1] if head else key, []).append(entry)
            if not head and " " in key:
                called.setdefault(key.partition(" ")[0], []).append((people, ""))
    return called


def _weight(place: Columns) -> int:
    if place["kind"] != "abroad":
        return place["population"]
    return TOWN_WEIGHT if place["within"] == TOWN else COUNTRY_WEIGHT


def _keys(place: Columns, names: dict[str, str]) -> dict[str, tuple[str, str]]:
    """The keys of a territory; a shortened one only where people would use it, and never instead of a whole one."""
    keys = {}
    if place["kind"] != "commune" or place["population"] >= SHORTENED_FROM:
        keys = {short(full): (full, "short") for full in names if short(full)}
    return keys | {bare(full): (full, role) for full, role in names.items()}


def _insert_details(ids: dict[str, int]) -> None:
    _insert(Departement, _departement_details())
    _insert(Constituency, _constituency_details())
    _insert(ConstituencyCommune, _votes(ids))
    _insert(PostalCode, _postal_codes(ids))


def _departement_details() -> Iterator[Columns]:
    neighbours = {row["code"]: row["neighbours"] for row in _rows("neighbours.csv")}
    for row in _rows("departements.csv"):
        details = {"of_name": row["de_nom"], "zone": row["zone"], "region": row["region"], "capital": row["chef_lieu"]}
        yield {"code": row["code"], "neighbours": neighbours.get(row["code"], ""), **details}


def _constituency_details() -> Iterator[Columns]:
    for row in _rows("circonscriptions.csv"):
        texts = {"description": row["description"], "boundaries": row["delimitation_legale"]}
        yield {"code": row["code"], "departement": row["dep"], "number": int(row["numero"]), **texts}


def _votes(ids: dict[str, int]) -> Iterator[Columns]:
    for row in _rows("communes.csv"):
        for code in _listed(row["circos"]) if row["insee"] not in WHOLE else ():
            yield {"constituency": code, "territory": ids[row["insee"]]}


def _postal_codes(ids: dict[str, int]) -> Iterator[Columns]:
    """Arrondissements instead of their city, whose postal codes are theirs."""
    for row in _rows("communes.csv"):
        territory = ids[WHOLE.get(row["insee"], row["insee"])]
        for code in _listed(row["codes_postaux"]) if row["insee"] not in CITIES else ():
            yield {"code": code, "territory": territory}
