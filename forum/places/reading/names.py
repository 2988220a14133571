"""Rules 5 to 7: names, names with their département, beginnings of names."""

import re
from collections.abc import Iterable, Mapping, Sequence

from forum.places.reading.answer import Answer
from forum.places.reading.codes import departements_of
from forum.places.reading.gazetteer import Gazetteer, Name, Place
from forum.places.reading.normalise import bare, short
from forum.places.reading.ordinary import is_known, is_ordinary

# Twenty times the people of the next: the answer; three times: the one meant by a beginning.
ALONE, DOMINANT = 20, 3
LEAD = re.compile(
    r"(?:(?:a|au|aux|en|dans|sur|vers|de|du|des|d|pour) )?(?:(?:la|le|l) )?"
    r"(?:(?:ville|commune|mairie|departement|dep|dept|dpt|region|secteur|agglo|agglomeration) )?(?:(?:de|du|des|d) )?"
)

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


def whole_name(text: str, known: Known, gazetteer: Gazetteer) -> Answer | None:
    """Rule 5: the whole query is a name or an alias."""
    found = [name for name in named(text, known) if not hidden(name, text)]
    places = ranked(name.place for name in found)
    if places and places[0].kind == "commune":
        places = ranked([*places, *_shortened(found, places[0].population, gazetteer)])
    return folded(places) if places else None


def hidden(name: Name, text: str) -> bool:
    """Whether a commune is called by an everyday word: only suggested, unless its own article was typed."""
    return name.place.kind == "commune" and is_ordinary(text, name.full)


def ranked(places: Iterable[Place]) -> list[Place]:
    """Without repetition, by kind then population."""
    return sorted(set(places), key=lambda place: place.rank)


def folded(places: Sequence[Place]) -> Answer:
    """The places down to the first that has twenty times fewer people than the one before; the rest are folded."""
    french = [place for place in places if place.kind != "abroad"]
    cut = len(french)
    for rank in range(1, len(french)):
        if french[rank - 1].population >= ALONE * french[rank].population:
            cut = rank
            break
    kept = set(french[:cut])
    return Answer(
        tuple(place for place in places if place in kept or place.kind == "abroad"),
        "" if len(kept) < 2 else _several(french[:cut]),
        tuple(french[cut:]),
    )


def _several(places: Sequence[Place]) -> str:
    communes = sum(place.kind == "commune" for place in places)
    return f"{communes} communes portent ce nom." if communes == len(places) else "Plusieurs lieux portent ce nom."


def _shortened(found: Sequence[Name], population: int, gazetteer: Gazetteer) -> list[Place]:
    """A much larger commune that people call by the beginning of its name: Aulnay for Aulnay-sous-Bois."""
    key = found[0].key
    longer = [name for name in gazetteer.beginning(key + " ") if name.place.kind == "commune" and name.role == "name"]
    top = dominant(longer)
    return [top] if top and top.population >= ALONE * population else []


def with_departement(words: Sequence[str], known: Known, gazetteer: Gazetteer) -> Answer | None:
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


def beginning(text: str, gazetteer: Gazetteer, least: int = 0) -> Answer | None:
    """Rule 7: the beginning of the name of one place of at least so many people, three times more than the next."""
    key = bare(text)
    if len(key) < 4 or key in ("saint", "sainte") or is_known(key) or is_ordinary(text, ""):
        return None
    top = dominant(gazetteer.beginning(key))
    return Answer((top,)) if top and (top.kind != "commune" or top.population >= least) else None


def dominant(names: Sequence[Name]) -> Place | None:
    """The place three times more populous than the next one, among names the most populous first."""
    places = list(dict.fromkeys(name.place for name in names))
    if not places:
        return None
    alone = len(places) == 1 or places[0].population >= DOMINANT * places[1].population
    return places[0] if alone else None
