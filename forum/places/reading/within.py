"""Rule 9: a place inside a longer phrase, as a filter that the member can remove."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from forum.places.reading.arrondissements import CITIES, arrondissement
from forum.places.reading.codes import by_postal_code, departements_of, exact_code, postal_code, spoken_circonscription
from forum.places.reading.context import AFTER, BEFORE, GROUP
from forum.places.reading.gazetteer import TOWN, Gazetteer, Name
from forum.places.reading.matches import PlaceMatch
from forum.places.reading.names import LEAD, Known, folded, named, ranked, with_departement
from forum.places.reading.normalise import Token, bare
from forum.places.reading.ordinary import is_common_within, is_known

LONGEST = 7
LOCATIVE = re.compile(r"(?:dans (?:le|la|les|l)|departement (?:du|de la|de l|des|d|de))$")
SMALLEST_SINGLE, SMALLEST_SEVERAL, SMALLEST_FORMER = 2_000, 400, 10_000


class Span(NamedTuple):
    """Some words of the phrase that follow one another."""

    start: int
    end: int


class Phrase(NamedTuple):
    """A text, its words, and all the names found under the keys of its spans."""

    text: str
    words: Sequence[Token]
    known: Known

    def plain(self, span: Span) -> list[str]:
        return [word.text for word in self.words[span.start : span.end]]


def code_within(phrase: Phrase, gazetteer: Gazetteer) -> tuple[Span, PlaceMatch] | None:
    """A postal code among other words, with the commune of its département that is named beside it: no name elsewhere
    is stronger. One that no commune has (a CEDEX) is one at the beginning alone."""
    for at, word in enumerate(phrase.words):
        code = postal_code([word.text]) and not _counts(phrase, Span(at, at + 1))
        here = by_postal_code(word.text, gazetteer) if code and (at == 0 or gazetteer.postal(word.text)) else None
        if here:
            return _named_beside(phrase, at, here) or (Span(at, at + 1), here)
    return None


def _named_beside(phrase: Phrase, at: int, here: PlaceMatch) -> tuple[Span, PlaceMatch] | None:
    """The longest name of a commune there that stands just before or after the code."""
    count, departements = len(phrase.words), {code for place in here.places for code in place.departements}
    for length in range(min(count - 1, LONGEST), 0, -1):
        for span in (Span(at + 1, at + 1 + length), Span(at - length, at)):
            if span.start >= 0 and span.end <= count:
                names = named(" ".join(phrase.plain(span)), phrase.known)
                places = [name.place for name in names if departements & set(name.place.departements)]
                communes = [place for place in places if place.kind == "commune"]
                if communes:
                    return Span(min(span.start, at), max(span.end, at + 1)), PlaceMatch(tuple(ranked(communes)))
    return None


def place_within(phrase: Phrase, gazetteer: Gazetteer) -> tuple[Span, PlaceMatch] | None:
    """The longest part of the phrase that is a place; the first, where two are as long."""
    count = len(phrase.words)
    spoken = _spoken_within(phrase, gazetteer)
    if spoken:
        return spoken
    for length in range(min(count - 1, LONGEST), 0, -1):
        found = [
            (Span(a, a + length), _read_span(phrase, Span(a, a + length), gazetteer)) for a in range(count - length + 1)
        ]
        places = [(span, answer) for span, answer in found if answer and answer.places]
        if places:
            return max(places, key=lambda pair: (pair[1].places[0].kind != "abroad", -pair[0].start))
    return None


def _spoken_within(phrase: Phrase, gazetteer: Gazetteer) -> tuple[Span, PlaceMatch] | None:
    """ "réunion 3e circo haute-vienne": the words around "circo" are tried, from the longest span down."""
    plain = [word.text for word in phrase.words]
    if not any(word.startswith(("circo", "legislative")) for word in plain):
        return None
    for length in range(min(len(plain) - 1, LONGEST), 1, -1):
        for start in range(len(plain) - length + 1):
            part = plain[start : start + length]
            answer = spoken_circonscription(part, gazetteer, lambda rest: _exactly(rest, phrase, gazetteer))
            if answer and answer.places and answer.places[0].kind == "circonscription":
                return Span(start, start + length), answer
    return None


def _exactly(words: list[str], phrase: Phrase, gazetteer: Gazetteer) -> PlaceMatch | None:
    found = [
        name.place for name in named(" ".join(words), phrase.known) if name.place.kind in ("departement", "commune")
    ]
    return exact_code(words, gazetteer) or (folded(ranked(found)) if found else None)


def _read_span(phrase: Phrase, span: Span, gazetteer: Gazetteer) -> PlaceMatch | None:
    plain = phrase.plain(span)
    if any(word[0].isdigit() for word in plain):
        return _numbers(phrase, span, plain, gazetteer)
    if LEAD.fullmatch(plain[0] + " ") and len(plain) > 1:
        # Small words go with a name only when they are its article.
        return _name(phrase, span, plain) if bare(" ".join(plain)) != " ".join(plain) else None
    return _name(phrase, span, plain) or (_joined(phrase, plain, gazetteer) if len(plain) > 1 else None)


def _joined(phrase: Phrase, plain: list[str], gazetteer: Gazetteer) -> PlaceMatch | None:
    """A commune and its département one after the other, both written in full: "vienne isère"."""
    if any(is_known(word) and len(plain) == 2 for word in plain):
        return None
    exact = {key: [name for name in names if name.role != "former"] for key, names in phrase.known.items()}
    return with_departement(plain, exact, gazetteer) if all(len(word) > 2 for word in (plain[0], plain[-1])) else None


def _numbers(phrase: Phrase, span: Span, plain: list[str], gazetteer: Gazetteer) -> PlaceMatch | None:
    """A number is a département unless the words beside it make it a count, a date or a reference."""
    if any(word in CITIES for word in plain):
        return arrondissement(plain, gazetteer)
    if len(plain) == 1:
        return _one_number(phrase, span, plain[0], gazetteer)
    if len(plain) == 2 and all(word[0].isdigit() for word in plain):
        return exact_code(plain, gazetteer) if _is_dashed(phrase, span) and plain != ["49", "3"] else None
    number = plain[-1] if plain[-1][0].isdigit() else plain[0]
    at = Span(span.end - 1, span.end) if number is plain[-1] else Span(span.start, span.start + 1)
    alone = sum(word[0].isdigit() for word in plain) == 1
    trusted = alone and len(number) > 1 and not number.endswith("e") and not _counts(phrase, at)
    return with_departement(plain, phrase.known, gazetteer) if trusted else None


def _is_dashed(phrase: Phrase, span: Span) -> bool:
    first, second = phrase.words[span.start : span.end]
    return phrase.text[first.end : second.start] in ("-", "_", "\u2010", "\u2011", "\u2013")


def _one_number(phrase: Phrase, span: Span, word: str, gazetteer: Gazetteer) -> PlaceMatch | None:
    if _counts(phrase, span):
        return None
    if re.fullmatch(r"\d{5}", word) and gazetteer.postal(word):
        return by_postal_code(word, gazetteer)
    # 97 and 98 begin the codes of the overseas; among other words they are years.
    if re.fullmatch(r"0\d\d|9[78]\d|\d\d|0?2[ab]", word) and departements_of(word) and word not in ("97", "98"):
        return exact_code([word], gazetteer)
    return None


def _counts(phrase: Phrase, span: Span) -> bool:
    before = phrase.words[span.start - 1] if span.start else None
    after = phrase.words[span.end] if span.end < len(phrase.words) else None
    if before and ((before.text in BEFORE and not _said_place(phrase, span)) or before.text[0].isdigit()):
        return True
    # "l" is a litre where nothing follows, else an article.
    article = after and after.text == "l" and span.end + 1 < len(phrase.words)
    return bool(after and not article and (after.text in AFTER or after.text[0].isdigit()))


def _said_place(phrase: Phrase, span: Span) -> bool:
    return span.start > 1 and phrase.words[span.start - 2].text in ("dans", "departement")


def _name(phrase: Phrase, span: Span, plain: list[str]) -> PlaceMatch | None:
    text = " ".join(plain)
    found = [name for name in phrase.known.get(bare(text), []) if _stands_out(name, phrase, span, text)]
    return folded(ranked(name.place for name in found)) if found else None


def _stands_out(name: Name, phrase: Phrase, span: Span, text: str) -> bool:
    """Whether a name is plainly a place among other words."""
    kind, key = name.place.kind, name.key
    if kind == "nation" or (name.role in ("alias", "short") and len(key) <= 4):
        return False
    if is_common_within(key) and not _located(phrase, span) and not _ends_with_article(name, phrase, span, text):
        return False
    if kind == "abroad":
        return _speaks_of_a_group(phrase, span) or (name.place.within == TOWN and not is_known(key))
    return kind != "commune" or _is_large_enough(name, text)


def _is_large_enough(name: Name, text: str) -> bool:
    several = len(name.key.split()) > 1
    if name.role == "former":
        return several or name.place.population >= SMALLEST_FORMER
    return name.place.population >= (SMALLEST_SEVERAL if several else SMALLEST_SINGLE)


def _located(phrase: Phrase, span: Span) -> bool:
    """Whether "dans le" or "département du" stands before: then even "nord" or "cher" is a département."""
    before = " ".join(word.text for word in phrase.words[: span.start])
    return bool(LOCATIVE.search(before))


def _ends_with_article(name: Name, phrase: Phrase, span: Span, text: str) -> bool:
    """ "eau la réunion": the name with its article, last, after no word that would make it a common noun."""
    before = phrase.words[span.start - 1].text if span.start else ""
    return (
        text == name.full != name.key
        and span.end == len(phrase.words)
        and before not in ("de", "a", "pour", "et", "sur")
    )


def _speaks_of_a_group(phrase: Phrase, span: Span) -> bool:
    outside = [word.text for word in (*phrase.words[: span.start], *phrase.words[span.end :])]
    return all(word in GROUP for word in outside)
