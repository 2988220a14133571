"""Rules 5 to 7: names, names with their département, beginnings of names."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from forum.places.reading.codes import departements_of
from forum.places.reading.gazetteer import Gazetteer, Name, Place
from forum.places.reading.matches import PlaceMatch
from forum.places.reading.normalise import bare, full_key, short
from forum.places.reading.ordinary import is_known, is_ordinary

# Twenty times the people of the next: the answer; three times: the one meant by a beginning.
ALONE, DOMINANT = 20, 3
TOWN = 20_000
LEAD = re.compile(
    r"(?:(?:a|au|aux|en|dans|sur|vers|de|du|des|d|pour) )?(?:(?:la|le|l) )?"
    r"(?:(?:ville|commune|mairie|departement|dep|dept|dpt|region|secteur|agglo|agglomeration) )?(?:(?:de|du|des|d) )?"
)
CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{2,3}")

Known = Mapping[str, list[Name]]


def keys_of(text: str) -> set[str]:
    """All the keys under which a text may be the name of a place: without its lead, its article, its small words."""
    plain = {text, LEAD.sub("", text, count=1)} - {""}
    return {form for whole in plain for form in (bare(whole), short(whole)) if form}


def keys_within(words: Sequence[str], longest: int = 7) -> set[str]:
    """The keys of all that stands in a query, so that one look-up serves every rule."""
    spans = (words[a:b] for a in range(len(words)) for b in range(a + 1, min(len(words), a + longest) + 1))
    return set().union(*(keys_of(" ".join(span)) for span in spans))


def named(text: str, known: Known) -> list[Name]:
    """The names that the whole text is, the form nearest to what was typed first."""
    stripped = LEAD.sub("", text, count=1)
    for form in (bare(text), bare(stripped), short(text), short(stripped)):
        found = known.get(form, []) if form else []
        if found:
            return found
    return []


def whole_name(text: str, known: Known, gazetteer: Gazetteer) -> PlaceMatch | None:
    """Rule 5: the whole query is a name or an alias."""
    found = [name for name in named(text, known) if not hidden(name, text)]
    former = {name.place for name in found} - {name.place for name in found if not _is_merged(name)}
    places = ranked((name.place for name in found), former)
    if not places or places[0].kind != "commune":
        return folded(places, former) if places else None
    first = weight(places[0], former)
    longer = [place for place in _so_called(found[0].key, gazetteer) if place.population >= DOMINANT * first]
    if longer and longer[0].population >= ALONE * first:
        return folded(ranked([*places, *longer], former), former)
    answer = folded(places, former)
    return PlaceMatch(answer.places + tuple(longer), answer.sentence, answer.others)


def hidden(name: Name, text: str) -> bool:
    """Whether a commune is called by an everyday word: only suggested, unless its own article was typed."""
    return name.place.kind == "commune" and is_ordinary(text, name.full)


def _is_merged(name: Name) -> bool:
    """Whether a commune only holds the one so called; Évry-Courcouronnes is still called by its old name."""
    return name.role == "former" and not bare(full_key(name.place.name)).startswith(name.key)


def weight(place: Place, former: Collection[Place]) -> int:
    """The people of a place; of one that is called so by a former commune only, a twentieth."""
    return place.population // ALONE if place in former else place.population


def ranked(places: Iterable[Place], former: Collection[Place] = ()) -> list[Place]:
    """Without repetition, by kind then population."""
    return sorted(set(places), key=lambda place: (place.rank[0], -weight(place, former), place.code))


def folded(places: Sequence[Place], former: Collection[Place] = ()) -> PlaceMatch:
    """The places down to the first that has twenty times fewer people than the one before; the rest are folded."""
    french = [place for place in places if place.kind != "abroad"]
    cut = len(french)
    for rank in range(1, len(french)):
        if weight(french[rank - 1], former) >= ALONE * weight(french[rank], former):
            cut = rank
            break
    kept = set(french[:cut])
    return PlaceMatch(
        tuple(place for place in places if place in kept or place.kind == "abroad"),
        "" if len(kept) < 2 else _several(french[:cut]),
        tuple(french[cut:]),
    )


def _several(places: Sequence[Place]) -> str:
    communes = sum(place.kind == "commune" for place in places)
    return f"{communes} communes portent ce nom." if communes == len(places) else "Plusieurs lieux portent ce nom."


def _so_called(key: str, gazetteer: Gazetteer) -> list[Place]:
    """Communes that people call by the beginning of their name (Aulnay-sous-Bois): the dominant one, or the towns."""
    names = gazetteer.beginning(key + " ")
    names = [name for name in names if name.place.kind == "commune" and name.role == "name"]
    top = dominant(names)
    return [top] if top else [name.place for name in names if name.place.population >= TOWN][:3]


def with_departement(words: Sequence[str], known: Known, gazetteer: Gazetteer) -> PlaceMatch | None:
    """Rule 6: a name and its département, in either order: "st denis 93", "vienne isère", "93 saint denis"."""
    for cut in range(len(words) - 1, 0, -1):
        for name, where in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
            codes = _departements_named(list(where), known)
            found = _in_departements(" ".join(name), codes, known, gazetteer) if codes else []
            if found:
                return folded(found)
    return None


def _departements_named(words: list[str], known: Known) -> set[str]:
    while len(words) > 1 and words[0] in (
        "dans",
        "le",
        "la",
        "l",
        "les",
        "du",
        "de",
        "en",
        "dep",
        "dept",
        "departement",
    ):
        words = words[1:]
    if len(words) == 1 and (len(words[0]) > 1) and departements_of(words[0]):
        return set(departements_of(words[0]))
    places = (name.place for name in named(" ".join(words), known) if name.place.kind in ("departement", "region"))
    return {code for place in places for code in place.departements}


def _in_departements(text: str, codes: set[str], known: Known, gazetteer: Gazetteer) -> list[Place]:
    exact = [name.place for name in named(text, known)]
    found = [place for place in exact if place.kind == "commune" and codes & set(place.departements)]
    if found or len(text) < 4 or exact:
        return ranked(found)
    begun = [name for name in gazetteer.beginning(bare(text)) if name.place.kind == "commune"]
    top = dominant([name for name in begun if codes & set(name.place.departements)])
    return [top] if top and not is_known(bare(text)) else []


def abbreviated(words: Sequence[str], gazetteer: Gazetteer) -> PlaceMatch | None:
    """A name whose end is cut down to its consonants: "clermont fd", "boulogne bt"."""
    *start, end = words
    if not start or not CONSONANTS.fullmatch(end):
        return None
    key = bare(" ".join(start)) + " "
    skeleton = re.compile(re.escape(key) + ".*".join(end))
    top = dominant([name for name in gazetteer.beginning(key + end[0]) if skeleton.fullmatch(name.key)])
    return PlaceMatch((top,)) if top else None


def beginning(text: str, gazetteer: Gazetteer, least: int = 0) -> PlaceMatch | None:
    """Rule 7: the beginning of the name of one place of at least so many people, three times more than the next."""
    key = bare(text)
    if len(key) < 4 or key in ("saint", "sainte") or is_known(key) or is_ordinary(text, ""):
        return None
    top = dominant(gazetteer.beginning(key))
    if top is None:
        towns = _so_called(key, gazetteer)
        return PlaceMatch(tuple(towns), "Plusieurs communes commencent ainsi.") if towns else None
    return PlaceMatch((top,)) if top.kind != "commune" or top.population >= least else None


def dominant(names: Sequence[Name]) -> Place | None:
    """The place three times more populous than the next one, among names the most populous first."""
    places = list(dict.fromkeys(name.place for name in names))
    if not places:
        return None
    alone = len(places) == 1 or places[0].population >= DOMINANT * places[1].population
    return places[0] if alone else None
