"""Reading a typed query as places, before any full text: ten rules, the first that answers wins.

Pure: it knows places through the questions of `gazetteer.Gazetteer` only. Most queries cost one or two look-ups.
normalise: the words. numbers: figures, ordinals, Roman numerals. codes: rules 1 to 3. arrondissements: rule 4.
names: rules 5 to 7. typos: rule 8. within: rule 9. ordinary: everyday words that are no places.
"""

from collections.abc import Sequence

from forum.places.reading import normalise
from forum.places.reading.arrondissements import CITIES, arrondissement
from forum.places.reading.codes import by_postal_code, exact_code, postal_code, spoken_circonscription
from forum.places.reading.gazetteer import (
    Gazetteer as Gazetteer,
    Name as Name,
    Place as Place,
    Vocabulary as Vocabulary,
)
from forum.places.reading.matches import Interpretation as Interpretation, PlaceMatch as PlaceMatch
from forum.places.reading.names import (
    abbreviated,
    beginning,
    hidden,
    keys_within,
    named,
    ranked,
    whole_name,
    with_departement,
)
from forum.places.reading.ordinary import is_ordinary
from forum.places.reading.typos import corrected
from forum.places.reading.within import Phrase, Span, code_within, place_within

# Beyond this many words a text is prose: it is left to the full text.
MOST_WORDS = 14
# The beginning of a smaller commune's name gives way to a typo in the name of a town.
LARGE_ENOUGH = 2_000


def read(typed: str, gazetteer: Gazetteer) -> Interpretation:
    """How a typed query is understood; never fails, whatever is typed."""
    text = normalise.compatible(typed).strip()
    shown = normalise.without_handle(text)
    found = normalise.words(shown)
    words = [word.text for word in found]
    if not words or len(words) > MOST_WORDS:
        return Interpretation(typed, rest=text)
    phrase = Phrase(shown, found, gazetteer.named(keys_within(words)))
    answer = _whole(words, phrase, gazetteer)
    if answer and answer.places:
        return Interpretation(typed, answer.places, "", answer.sentence, answer.others)
    inside = (code_within(phrase, gazetteer) or place_within(phrase, gazetteer)) if len(words) > 1 else None
    if inside:
        return _filtered(typed, phrase, *inside)
    return Interpretation(
        typed, rest=text, sentence=answer.sentence if answer else "", suggestions=_suggested(words, phrase)
    )


def _whole(words: Sequence[str], phrase: Phrase, gazetteer: Gazetteer) -> PlaceMatch | None:
    """Rules 1 to 8, over the whole phrase."""
    text = " ".join(words)
    postal = postal_code(words)
    return (
        (by_postal_code(postal, gazetteer) if postal else None)
        or exact_code(words, gazetteer)
        or spoken_circonscription(words, gazetteer, lambda rest: _place_of(rest, phrase, gazetteer))
        or _with_postal_code(words, phrase, gazetteer)
        or arrondissement(words, gazetteer)
        or whole_name(text, phrase.known, gazetteer)
        or (None if is_ordinary(text, "") else _approached(words, text, phrase, gazetteer))
    )


def _approached(words: Sequence[str], text: str, phrase: Phrase, gazetteer: Gazetteer) -> PlaceMatch | None:
    return (
        with_departement(words, phrase.known, gazetteer)
        or abbreviated(words, gazetteer)
        or beginning(text, gazetteer, least=LARGE_ENOUGH)
        or corrected(text, gazetteer)
        or beginning(text, gazetteer)
    )


def _place_of(words: list[str], phrase: Phrase, gazetteer: Gazetteer) -> PlaceMatch | None:
    """The place named beside "circo": as the whole phrase would be read, circonscriptions left aside."""
    return _whole(words, phrase, gazetteer)


def _with_postal_code(words: Sequence[str], phrase: Phrase, gazetteer: Gazetteer) -> PlaceMatch | None:
    """ "87000 limoges", "33077 bordeaux cedex": the name decides, the code says where; what names no commune there is
    not meant elsewhere."""
    codes = [word for word in words if postal_code([word])]
    rest = [word for word in words if word not in (*codes, "cedex", "f")]
    there = by_postal_code(codes[0], gazetteer) if len(codes) == 1 and rest else None
    if there is None:
        return None
    if len(rest) == 1 and rest[0] in CITIES and there.places[0].kind != "commune":
        return whole_name(rest[0], phrase.known, gazetteer) if _votes_there(rest[0], there) else there
    return _called(rest, there, phrase) or (there if "cedex" in words else None)


def _votes_there(city: str, there: PlaceMatch) -> bool:
    return CITIES[city][3].rjust(3, "0") in there.places[0].departements


def _called(words: list[str], there: PlaceMatch, phrase: Phrase) -> PlaceMatch | None:
    """The communes of this name that have the code, or else stand in the départements of those that do."""
    departements = {code for place in there.places for code in place.departements}
    places = (name.place for name in named(" ".join(_without_cedex_number(words)), phrase.known))
    communes = [place for place in places if place.kind == "commune"]
    exact = [place for place in communes if place in there.places]
    here = ranked(exact or (place for place in communes if not departements.isdisjoint(place.departements)))
    return PlaceMatch(tuple(here)) if here else None


def _without_cedex_number(words: list[str]) -> list[str]:
    return words[:-1] if len(words) > 1 and len(words[-1]) <= 2 and words[-1].isdigit() else words


def _filtered(typed: str, phrase: Phrase, span: Span, answer: PlaceMatch) -> Interpretation:
    first, last = phrase.words[span.start], phrase.words[span.end - 1]
    rest = f"{phrase.text[: first.start]} {phrase.text[last.end :]}"
    kept = (part for part in rest.split() if any(map(str.isalnum, part)))
    return Interpretation(typed, answer.places, " ".join(kept), answer.sentence, answer.others)


def _suggested(words: Sequence[str], phrase: Phrase) -> tuple[Place, ...]:
    """The communes called by this everyday word, the most populous first, three at most."""
    text = " ".join(words)
    communes = ranked(name.place for name in named(text, phrase.known) if hidden(name, text))
    return tuple(communes[:3])
