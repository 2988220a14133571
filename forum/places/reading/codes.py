"""Rules 1 to 3: départements, circonscriptions and postal codes written in figures or after the word "circo"."""

import re
from collections.abc import Callable, Sequence

from forum.places.reading.gazetteer import Gazetteer, Place
from forum.places.reading.matches import PlaceMatch
from forum.places.reading.numbers import ROMAN_ENDINGS, figure, ordinal, roman, take_ordinal
from forum.text.typed import parse_whole

LEADS = frozenset("dep dept depts dpt departement departements numero no n le la les l du de des d dans en sur".split())
CIRCO = frozenset(("circo", "circos", "circonscription", "circonscriptions", "circ", "legislative", "legislatives"))
CORSICAS = ("02A", "02B")
OVERSEAS = ("971", "972", "973", "974", "975", "976", "977", "978", "986", "987", "988")
PACIFIC = ("986", "987", "988")
# Said aloud, 9-3 is the 93: where the circonscription does not exist, both figures make a département.
ISLANDS = {"978": "977"}
LARGEST = 21
# Monaco's postal codes, and where it votes (Code électoral, table 1 ter).
MONACO_CODES, MONACO = "980", "099-05"


def departements_of(word: str) -> tuple[str, ...]:
    """The codes of département that a written number stands for: 87, 087, 2a, 20 (both Corsicas), 97 (overseas)."""
    if word in ("20", "020"):
        return CORSICAS
    if word in ("97", "98"):
        return OVERSEAS if word == "97" else PACIFIC
    if re.fullmatch(r"0?2[ab]", word):
        return (word.upper().rjust(3, "0"),)
    return (word.rjust(3, "0"),) if len(word) <= 3 and parse_whole(word) else ()


def exact_code(words: Sequence[str], gazetteer: Gazetteer) -> PlaceMatch | None:
    """Rule 1: the whole query is a code; the words before a number ("dep", "le") do not count."""
    rest = [re.sub(r"^d(?=\d{2,3}$)", "", word) for word in words]
    while len(rest) > 1 and rest[0] in LEADS:
        rest.pop(0)
    if len(rest) == 2:
        first, second = ("099" if word in ("etranger", "etrangers") else word for word in rest)
        return (
            _circonscription(first, second, gazetteer)
            or _ranked(first, second, gazetteer)
            or _ranked(second, first, gazetteer)
            or (_departement(first + second, gazetteer) if first == "2" else None)
        )
    if len(rest) != 1:
        return None
    return _departement(rest[0], gazetteer) or _glued(rest[0], gazetteer)


def _ranked(first: str, second: str, gazetteer: Gazetteer) -> PlaceMatch | None:
    """A département and the rank of a circonscription of it: "94 6e"."""
    number, codes = ordinal(second), departements_of(first)
    if number is None or len(codes) != 1:
        return None
    known = gazetteer.places(codes)
    found = numbered(known[codes[0]], number, gazetteer) if known else None
    return found if found and not found.sentence else None


def _departement(word: str, gazetteer: Gazetteer) -> PlaceMatch | None:
    codes = departements_of(word)
    known = gazetteer.places(codes) if codes else {}
    return PlaceMatch(tuple(known[code] for code in codes if code in known)) if known else None


def _glued(word: str, gazetteer: Gazetteer) -> PlaceMatch | None:
    """8703, 2a01, 9743, 0873: a département and a circonscription without a sign between, only when it exists."""
    if not re.fullmatch(r"\d{4}|0?2[ab]\d{1,2}", word):
        return None
    for cut in (3, 2) if word[1] in "ab" or word[2] in "ab" else (2, 3):
        codes = [
            f"{code}-{word[cut:].rjust(2, '0')}" for code in departements_of(word[:cut]) if int("0" + word[cut:], 36)
        ]
        known = gazetteer.places(codes) if codes else {}
        if known:
            return PlaceMatch(tuple(known.values()))
    return None


def _circonscription(first: str, second: str, gazetteer: Gazetteer) -> PlaceMatch | None:
    number, codes = figure(second), departements_of(first)
    if number is None or len(codes) != 1 or first in ("00", "000"):
        return None
    known = gazetteer.places(codes)
    if len(first) == len(second) == 1:
        return _said_aloud(first, second, known.get(codes[0]), gazetteer)
    return numbered(known[codes[0]], number, gazetteer) if known else None


def _said_aloud(first: str, second: str, departement: Place | None, gazetteer: Gazetteer) -> PlaceMatch | None:
    aloud = gazetteer.places(departements_of(first + second))
    exact = numbered(departement, int(second), gazetteer) if departement else None
    if exact and not exact.sentence:
        return PlaceMatch(exact.places + tuple(aloud.values()))
    return PlaceMatch(tuple(aloud.values())) if aloud else exact


def numbered(departement: Place, number: int, gazetteer: Gazetteer) -> PlaceMatch:
    """The circonscription of this number, or its département and a sentence saying that there is no such number."""
    code = f"{ISLANDS.get(departement.code, departement.code)}-{number:02}"
    found = gazetteer.places([code])
    if found:
        return PlaceMatch((found[code],))
    count = len(departement.constituencies)
    seats = f"{count} circonscriptions" if count > 1 else "une seule circonscription"
    told = f"Pas de circonscription numéro {number} ici : {departement.name} en compte {seats}."
    return PlaceMatch((departement,), told)


def spoken_circonscription(
    words: Sequence[str], gazetteer: Gazetteer, place_of: Callable[[list[str]], PlaceMatch | None]
) -> PlaceMatch | None:
    """Rule 2: "12e circo de paris". `place_of` reads what remains; a town stands for its département."""
    if not any(word in CIRCO for word in words):
        return None
    number, rest = _number_and_rest(words)
    rest = _without_small_words(rest)
    answer = place_of(rest) if rest else None
    if answer is None or not answer.places:
        return PlaceMatch((), "De quel département ? Ajoutez son numéro ou son nom.") if not rest or number else None
    return _only_one(answer, gazetteer) if number is None else _of_places(answer.places, number, gazetteer)


def _only_one(answer: PlaceMatch, gazetteer: Gazetteer) -> PlaceMatch:
    """Of a département that has one circonscription alone, that one."""
    first = answer.places[0]
    alone = first.kind == "departement" and len(first.constituencies) == 1
    return PlaceMatch(tuple(gazetteer.places(first.constituencies).values())) if alone else answer


def _number_and_rest(words: Sequence[str]) -> tuple[int | None, list[str]]:
    at = next(rank for rank, word in enumerate(words) if word in CIRCO)
    before, after = list(words[:at]), [word for word in words[at + 1 :] if word not in CIRCO]
    number, rest = take_ordinal(before + after)
    if number:
        return number, rest
    while after and after[0] in ("n", "no", "numero"):
        after.pop(0)
    if len(before) + len(after) == 1:
        # A number alone beside the word is that of the département.
        return None, before + after
    following = _likely(figure(after[0]) or roman(after[0], ROMAN_ENDINGS)) if after else None
    if following:
        return following, before + after[1:]
    preceding = _likely(figure(before[-1])) if before else None
    return preceding, (before[:-1] if preceding else before) + after


def _likely(number: int | None) -> int | None:
    return number if number and number <= LARGEST else None


def _without_small_words(words: list[str]) -> list[str]:
    start = 0
    while start < len(words) and words[start] in LEADS | {"a", "au", "aux"}:
        start += 1
    return words[start:]


def _of_places(places: Sequence[Place], number: int, gazetteer: Gazetteer) -> PlaceMatch:
    """The circonscription of this number where these places vote, the first that has one."""
    for place in places:
        known = [code for code in place.constituencies if code.endswith(f"-{number:02}")]
        if known and place.kind in ("commune", "departement", "circonscription"):
            return PlaceMatch(tuple(gazetteer.places(known[:1]).values()))
    departements = gazetteer.places(code for place in places for code in place.departements)
    answers = [numbered(departement, number, gazetteer) for departement in departements.values()]
    return next(
        (answer for answer in answers if not answer.sentence), answers[0] if answers else PlaceMatch(tuple(places))
    )


def postal_code(words: Sequence[str]) -> str:
    """The five digits of a query that is a postal code, also typed "87 000"; or nothing."""
    rest = [word for word in words if word not in ("f", "cp", "code", "postal", "cedex")]
    code = "".join(rest)
    shapes = [len(word) for word in rest]
    return code if shapes in ([5], [2, 3]) and code.isascii() and code.isdigit() else ""


def by_postal_code(code: str, gazetteer: Gazetteer) -> PlaceMatch | None:
    """Rule 3: the communes of a postal code; unknown (CEDEX), the département of its first digits. Monaco's are the
    circonscription where French people there vote."""
    communes = gazetteer.postal(code)
    if communes:
        return PlaceMatch(tuple(communes))
    if code.startswith(MONACO_CODES):
        return PlaceMatch(tuple(gazetteer.places([MONACO]).values()))
    known = gazetteer.places(first_digits(code))
    if not known:
        return None
    return PlaceMatch(tuple(known.values()), "Code postal inconnu, peut-être un CEDEX : voici le département.")


def first_digits(code: str) -> tuple[str, ...]:
    """The départements that the first digits of a postal code stand for: 200 and 201 are 02A, 202 to 206 are 02B."""
    if code.startswith("20"):
        return ("02A",) if code[2] in "01" else ("02B",) if code[2] in "23456" else CORSICAS
    return (
        (code[:3],) if code[:2] in ("97", "98") else (code[:2].rjust(3, "0"),) if code[:2] not in ("00", "99") else ()
    )
