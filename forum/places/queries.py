"""Reading places: by code, by name, by what surrounds them. Places are public: no query here needs a viewer."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from peewee import Select

from forum.database.prepared import prepared
from forum.places import reading
from forum.places.kept import kept, listed
from forum.places.models import Constituency, ConstituencyCommune, Departement, Territory, TerritoryName
from forum.places.reading.gazetteer import COUNTRY, Name, Place, Vocabulary
from forum.places.reading.typos import SHORTEST, letters, sound

BIG_COMMUNE = 8_000
# The kinds of places that a group may have.
SEATED = ("departement", "circonscription")
COLUMNS = (
    Territory.code,
    Territory.kind,
    Territory.name,
    Territory.population,
    Territory.departements,
    Territory.constituencies,
    Territory.within,
)


def read(text: str) -> reading.Interpretation:
    """How a typed query is understood; see `forum.places.reading`."""
    return reading.read(text, KeptGazetteer())


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
    everything = kept()
    found = {code: everything.place(code) for code in codes}
    return {code: place for code, place in found.items() if place}


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


class Meant(NamedTuple):
    """The département or circonscription that a text names, or else those that it may mean, the likeliest first."""

    place: Place | None = None
    choices: Sequence[Place] = ()


def meant_by(typed: str) -> Meant:
    """A text read as in the search box, where a département or a circonscription is wanted.

    A commune leaves the choice of its circonscriptions and its département, a region that of its départements; so does
    what is understood in part only.
    """
    exact = place(canonical(typed.strip())) if typed.strip() else None
    found = read(typed)
    clear = found.places[:1] if not found.rest and not found.sentence else ()
    for one in (exact, *clear):
        if one and one.kind in SEATED:
            return Meant(one)
    choices = {each.code: each for one in (*found.places, *found.others) for each in _seats(one)}
    return Meant(choices=list(choices.values()))


def _seats(found: Place) -> list[Place]:
    if found.kind == "departement":
        return [found, *(each for each, _ in constituencies(found.code))]
    if found.kind == "circonscription":
        return [found]
    return sorted(chain(found.code), key=lambda each: each.kind == "departement")


@prepared
def _of_departement(code: str) -> Select:
    return (
        Constituency.select(Constituency.description, *COLUMNS)
        .join(Territory, on=(Territory.code == Constituency.code) & (Territory.kind == "circonscription"))
        .where(Constituency.departement == code)
        .order_by(Constituency.number)
        .tuples()
    )


def constituencies(departement: str) -> list[tuple[Place, str]]:
    """The circonscriptions of a département in their order, each with its description (its largest communes)."""
    rows = _of_departement.rows("977" if departement == "978" else departement)
    return [(_place(row[1:]), row[0]) for row in rows]


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
    around = Departement.select(Departement.neighbours).where(Departement.code == code).scalar() or ""
    return list(places(listed(around)).values())


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


class KeptGazetteer:
    """The gazetteer that reading asks, over what the process keeps of places."""

    def named(self, keys: Iterable[str]) -> dict[str, list[Name]]:
        everything = kept()
        found = {key: everything.named(key) for key in keys}
        return {key: names for key, names in found.items() if names}

    def beginning(self, key: str) -> Sequence[Name]:
        return kept().beginning(key)

    def postal(self, code: str) -> Sequence[Place]:
        return kept().postal(code)

    def places(self, codes: Iterable[str]) -> dict[str, Place]:
        return places(codes)

    def vocabulary(self) -> Vocabulary:
        return _vocabulary()


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


def _tuples(query: Select) -> list[tuple[Any, ...]]:
    return list(query.tuples())


def _place(row: Sequence[Any]) -> Place:
    code, kind, name, population, departements, constituencies, within = row
    return Place(code, kind, name, population, listed(departements), listed(constituencies), within)


def _heading(zone: str, region: str) -> tuple[int, str]:
    if zone == "metropole":
        return 0, region
    return (1, "Outre-mer") if zone in ("drom", "com") else (2, "À l’étranger")


def _alphabetical(heading: tuple[int, str]) -> tuple[int, str]:
    rank, name = heading
    return rank, name.replace("Î", "I")
