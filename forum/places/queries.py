"""Reading places: by code, by name, by what surrounds them. Places are public: no query here needs a viewer."""

from collections.abc import Iterable, Sequence
from functools import cache

from forum.db import database
from forum.places import reading
from forum.places.models import Constituency, ConstituencyCommune, Departement, PostalCode, Territory, TerritoryName
from forum.places.reading.gazetteer import COUNTRY, Name, Place, Vocabulary
from forum.places.reading.typos import SHORTEST, letters, sound

BIG_COMMUNE = 8_000
_kept: dict[str, Place] = {}
BEGINNINGS = 12
COLUMNS = (
    Territory.code,
    Territory.kind,
    Territory.name,
    Territory.population,
    Territory.departements,
    Territory.constituencies,
    Territory.within,
)


def read(text: str) -> reading.Reading:
    """How a typed query is understood; see `forum.places.reading`."""
    return reading.read(text, DatabaseGazetteer())


def place(code: str | None) -> Place | None:
    """The place of this code (087, 02A, 099, 087-03, R75, G-france, 87085), or None. Abroad goes by 099 and 099-07."""
    return places([code]).get(code) if code else None


def canonical(code: str) -> str:
    """The code that an address means: 087 for 87, 02A for 2a, 087-03 for 87-3, R75 for r75; others as they are."""
    departement, _, number = code.upper().partition("-")
    if not departement.isascii() or not departement.isalnum() or departement[0] in "RAG" or len(departement) > 3:
        return code if code[:1].upper() == "G" else code.upper()
    return departement.zfill(3) + (f"-{number.zfill(2)}" if number else "")


def places(codes: Iterable[str]) -> dict[str, Place]:
    """The places of these codes that exist, by code, in the order of the codes."""
    wanted, levels = list(dict.fromkeys(codes)), _levels()
    elsewhere = [code for code in wanted if code not in levels]
    found = levels if not elsewhere else levels | _communes(elsewhere)
    return {code: found[code] for code in wanted if code in found}


def _communes(codes: list[str]) -> dict[str, Place]:
    rows = Territory.select(*COLUMNS).where(Territory.code.in_(codes) & (Territory.kind == "commune"))
    return {row[0]: _place(row) for row in _tuples(rows)}


def _levels() -> dict[str, Place]:
    """All places but communes and abroad, some 700, kept by the process once they are loaded."""
    if not _kept:
        rows = Territory.select(*COLUMNS).where(Territory.kind.not_in(("commune", "abroad")))
        _kept.update((row[0], _place(row)) for row in _tuples(rows))
    return _kept


def chain(code: str | None) -> list[Place]:
    """From the département down to the place itself; the national group stands above every chain.

    A circonscription: its département and itself. A commune: its département and its circonscriptions, which may be of
    another département. A region: its départements. The nation, or no code: nothing.
    """
    found = place(code)
    if found is None or found.kind == "nation":
        return []
    if found.kind == "commune":
        return list(places((*found.departements, *found.constituencies)).values())
    own = (found.code,) if found.kind == "circonscription" else ()
    return list(places((*found.departements, *own)).values())


def constituencies(departement: str) -> list[tuple[Place, str]]:
    """The circonscriptions of a département in their order, each with its description (its largest communes)."""
    rows = (
        Constituency.select(Constituency.description, *COLUMNS)
        .join(Territory, on=(Territory.code == Constituency.code) & (Territory.kind == "circonscription"))
        .where(Constituency.departement == ("977" if departement == "978" else departement))
        .order_by(Constituency.number)
    )
    return [(_place(row[1:]), row[0]) for row in _tuples(rows)]


def region_of(departement: str) -> Place | None:
    """The region of a département of several; none overseas, where the département is the region, nor abroad."""
    return place(Departement.select(Departement.region).where(Departement.code == departement).scalar())


def boundaries(constituency: str) -> str:
    """The legal text that bounds a circonscription (cantons before 2015), empty where it is not whole in the source."""
    return Constituency.select(Constituency.boundaries).where(Constituency.code == constituency).scalar() or ""


def communes_of(constituency: str) -> list[Place]:
    """The communes that vote in a circonscription, at least in part, the most populous first."""
    rows = (
        Territory.select(*COLUMNS)
        .join(ConstituencyCommune, on=ConstituencyCommune.territory == Territory.id)
        .where(ConstituencyCommune.constituency == constituency)
        .order_by(Territory.population.desc(), Territory.code)
    )
    return [_place(row) for row in _tuples(rows)]


def countries_of(constituency: str) -> list[str]:
    """The countries of a circonscription of the French abroad, in alphabetical order of the source."""
    rows = (
        Territory.select(Territory.name)
        .where((Territory.code == constituency) & (Territory.kind == "abroad") & (Territory.within == COUNTRY))
        .order_by(Territory.id)
    )
    return [name for (name,) in _tuples(rows)]


def neighbours(code: str) -> list[Place]:
    """What surrounds: the départements that share a border; for a circonscription, the others of its département."""
    if "-" in code:
        return [found for found, _ in constituencies(code.partition("-")[0]) if found.code != code]
    listed = Departement.select(Departement.neighbours).where(Departement.code == code).scalar() or ""
    return list(places(_listed(listed)).values())


def departements_by_region() -> list[tuple[str, list[Place]]]:
    """All the départements under the name of their region, regions in alphabetical order, overseas and abroad last."""
    rows = (
        Departement.select(Departement.zone, *COLUMNS)
        .join(Territory, on=(Territory.code == Departement.code) & (Territory.kind == "departement"))
        .order_by(Departement.code)
    )
    groups: dict[tuple[int, str], list[Place]] = {}
    for zone, *row in _tuples(rows):
        groups.setdefault(_heading(zone, row[-1]), []).append(_place(row))
    return [(heading, groups[rank, heading]) for rank, heading in sorted(groups, key=_alphabetical)]


def handle_suffix(found: Place) -> str:
    """What follows "insoumis-" in the handle of the group of this place: "087", "087-03"; nothing for the nation.

    The nearest level that has groups: a commune of one circonscription and a place abroad go by that circonscription,
    other communes by their département; a region has none (empty as the nation).
    """
    if found.kind in ("departement", "circonscription"):
        return found.code
    if len(found.constituencies) == 1:
        return found.constituencies[0]
    return found.departements[0] if len(found.departements) == 1 else ""


class DatabaseGazetteer:
    """The gazetteer that reading asks, over the tables of places.

    Names are asked for in SQL written once: with sixty keys, building the query costs three times its execution. One is
    made for each text read, so that several rules may ask for the same beginning.
    """

    def __init__(self) -> None:
        self._begun: dict[str, list[Name]] = {}

    def named(self, keys: Iterable[str]) -> dict[str, list[Name]]:
        wanted = [key.encode() for key in keys]
        found: dict[str, list[Name]] = {}
        for row in _names(f"n.key in ({', '.join([database.param] * len(wanted))})", wanted) if wanted else ():
            found.setdefault(bytes(row[0]).decode(), []).append(_name(row))
        return found

    def beginning(self, key: str) -> Sequence[Name]:
        if key not in self._begun:
            # No key holds a byte above those of ASCII: this range is all that begins so.
            within = f"n.key between {database.param} and {database.param} and n.role in ('name', 'alias')"
            rows = _names(f"{within} order by n.weight desc limit {BEGINNINGS}", [key.encode(), key.encode() + b"\xff"])
            self._begun[key] = [_name(row) for row in rows]
        return self._begun[key]

    def postal(self, code: str) -> Sequence[Place]:
        rows = (
            Territory.select(*COLUMNS)
            .join(PostalCode, on=PostalCode.territory == Territory.id)
            .where(PostalCode.code == code)
            .order_by(Territory.population.desc(), Territory.code)
        )
        return [_place(row) for row in _tuples(rows)]

    def places(self, codes: Iterable[str]) -> dict[str, Place]:
        return places(codes)

    def vocabulary(self) -> Vocabulary:
        return _vocabulary()


def _names(condition: str, values: Sequence[bytes]) -> Iterable[Sequence]:
    columns = (
        'n.key, n."full", n.role, t.code, t.kind, t.name, t.population, t.departements, t.constituencies, t.within'
    )
    tables = "territory_name n join territory t on t.id = n.territory_id"
    return database.execute_sql(f"select {columns} from {tables} where {condition}", values)  # noqa: S608


def _name(row: Sequence) -> Name:
    return Name(bytes(row[0]).decode(), row[1], row[2], _place(row[3:]))


@cache
def _vocabulary() -> Vocabulary:
    """Some 2,300 keys, half a megabyte a process: typos cannot be looked for in the database."""
    large = (Territory.kind != "commune") | (Territory.population > BIG_COMMUNE)
    rows = (
        TerritoryName.select(TerritoryName.key)
        .join(Territory)
        .where(large & TerritoryName.role.in_(("name", "alias", "short")) & (Territory.kind != "nation"))
        .distinct()
    )
    by_length: dict[int, list[tuple[str, int]]] = {}
    by_sound: dict[str, list[str]] = {}
    for key in sorted(bytes(row[0]).decode() for row in _tuples(rows)):
        by_length.setdefault(len(key), []).append((key, letters(key)))
        if len(key) >= SHORTEST:
            by_sound.setdefault(sound(key), []).append(key)
    return Vocabulary(by_length, by_sound)


def _tuples(query):
    return list(query.tuples())


def _place(row: Sequence) -> Place:
    code, kind, name, population, departements, listed, within = row
    return Place(code, kind, name, population, _listed(departements), _listed(listed), within)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _heading(zone: str, region: str) -> tuple[int, str]:
    if zone == "metropole":
        return 0, region
    return (1, "Outre-mer") if zone in ("drom", "com") else (2, "À l’étranger")


def _alphabetical(heading: tuple[int, str]) -> tuple[int, str]:
    rank, name = heading
    return rank, name.replace("Î", "I")
