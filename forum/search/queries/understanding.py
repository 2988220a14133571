"""What a member typed, understood: places, tags under all their spellings, words.

Tags are looked up by their keys, so that every spelling and synonym of a tag is the same question; words of the text
are not stemmed, only their other gender is asked for where the lexicon says that it is the same word.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from peewee import Expression, Select

from forum.database.prepared import prepared
from forum.places import queries as places
from forum.places.reading import Interpretation, Place
from forum.search.engines import analyser
from forum.search.engines.protocol import Word
from forum.tags import spelling
from forum.tags.models import Tag
from forum.text.typed import one_line

LONGEST = 200
_QUOTED = re.compile('["“”]([^"“”]+)["“”]|«([^»]+)»')
MOST_WORDS = 8
# Words that every text holds: asked for only when nothing else is.
COMMON = analyser.terms("a au aux avec ce ces dans de des du en est et il la le les ou par pour que qui se sur un une")


@dataclass(frozen=True, slots=True)
class Understood:
    """`places` in the order offered; `rest` what is left to the words when a place was found inside a longer query.

    `words` are those of `rest`, `everything` those of the whole text, for the full-text results below. `tag` is the tag
    that the whole rest names, if any; `theme` the one that the whole text names, place or not.
    """

    typed: str
    reading: Interpretation
    words: tuple[Word, ...]
    everything: tuple[Word, ...]
    tag: Tag | None
    theme: Tag | None = None

    @property
    def places(self) -> tuple[Place, ...]:
        return self.reading.places

    @property
    def rest(self) -> str:
        return self.reading.rest

    @property
    def is_filter(self) -> bool:
        return self.reading.is_filter

    @property
    def is_place(self) -> bool:
        """Whether the whole text was taken for a place."""
        return bool(self.places) and not self.is_filter

    @property
    def whole(self) -> str:
        """The term of a title that is these very words; '' where there are none."""
        return analyser.whole(self.typed)

    @property
    def phrases(self) -> tuple[str, ...]:
        """What stands between quotes, each as analyser.sequence gives it."""
        found = (analyser.sequence(quoted) for pair in _QUOTED.findall(self.typed) for quoted in pair)
        return tuple(phrase for phrase in found if len(phrase) > 1)

    @property
    def place_codes(self) -> tuple[str, ...]:
        """Codes under which groups and texts of these places stand in the index; none for the whole nation."""
        return tuple(dict.fromkeys(code for place in self.places for code in codes_of(place)))


def understand(text: str) -> Understood:
    """How a text is read; never fails, whatever is typed. At most three queries beyond those of reading places."""
    typed = one_line(text.replace("\0", ""))[:LONGEST]
    reading = places.read(typed)
    tags = Tags([typed, reading.rest])
    rest = reading.rest if reading.places else typed
    return Understood(typed, reading, words_of(rest, tags), words_of(typed, tags), tags.named(rest), tags.named(typed))


def words_of(text: str, tags: "Tags") -> tuple[Word, ...]:
    """The words of a text; the last one is still being typed unless a space follows."""
    asked = [(forms, written) for written in pieces(text) for forms in analyser.words(written)][:MOST_WORDS]
    telling = [(forms, written) for forms, written in asked if forms[0] not in COMMON] or asked
    words = [Word(_with_variants(forms, written, tags), tags.classes(written)) for forms, written in telling]
    if words:
        words[-1] = Word(words[-1].terms, words[-1].tags, unfinished=True)
    return tuple(words)


def pieces(text: str) -> Iterator[str]:
    """The text cut at its spaces, without signs at the ends."""
    return filter(None, (piece.strip('#,;:!?«»"()…') for piece in text.split()))


def codes_of(place: Place) -> tuple[str, ...]:
    """The codes under which what concerns this place stands: a commune is looked for in its whole département."""
    if place.kind in ("departement", "circonscription"):
        return (place.code,)
    if place.kind == "commune":
        return (*place.departements, *place.constituencies)
    return (place.code,) if place.kind == "abroad" else place.departements


def _tags(condition: Expression) -> Select:
    return Tag.select(Tag.id, Tag.key, Tag.label, Tag.canonical).where(condition).order_by(Tag.id)


@prepared
def _of_keys(keys: Collection[str]) -> Select:
    return _tags(Tag.key.in_(keys))


@prepared
def _in_classes(roots: Collection[int]) -> Select:
    return _tags(Tag.id.in_(roots) | Tag.canonical.in_(roots))


class Tags:
    """The tags that the words of some texts name, each with its whole class of synonyms: two queries in all."""

    def __init__(self, texts: Iterable[str]) -> None:
        written = {piece for text in texts for piece in (*pieces(text), "-".join(pieces(text)))}
        self._keys = {piece: spelling.keys(piece) for piece in list(written)[: 4 * MOST_WORDS]}
        forms = {form for piece in self._keys for form in _same_word(piece)}
        wanted = {key for keys in (*self._keys.values(), *map(spelling.keys, forms)) for key in keys}
        self._by_key = {tag.key: tag for tag in _of_keys.rows(wanted)} if wanted else {}
        roots = {tag.canonical_id or tag.id for tag in self._by_key.values()}
        self._classes: dict[int, list[int]] = {root: [] for root in roots}
        self._roots: dict[int, Tag] = {}
        for tag in _in_classes.rows(roots) if roots else ():
            self._classes[tag.canonical_id or tag.id].append(tag.id)
            self._roots |= {tag.id: tag} if tag.canonical_id is None else {}

    def named(self, text: str) -> Tag | None:
        """The tag that a whole text names, synonyms followed."""
        tag = self._tag("-".join(pieces(text)))
        return self._roots.get(tag.canonical_id or tag.id) if tag else None

    def classes(self, piece: str) -> tuple[int, ...]:
        """The ids of the tag that this word names and of all its synonyms."""
        tag = self._tag(piece)
        return tuple(self._classes[tag.canonical_id or tag.id]) if tag else ()

    def are_one(self, piece: str, form: str) -> bool:
        """Whether this form of the word written is the same word here too, and no gardener parted them."""
        mine, other = self._tag(piece), self._first(spelling.keys(form))
        return not mine or not other or (mine.canonical_id or mine.id) == (other.canonical_id or other.id)

    def _tag(self, piece: str) -> Tag | None:
        return self._first(self._keys.get(piece, ()))

    def _first(self, keys: tuple[str, ...]) -> Tag | None:
        return next((self._by_key[key] for key in keys if key in self._by_key), None)


def _with_variants(forms: tuple[str, ...], written: str, tags: Tags) -> tuple[str, ...]:
    """The terms written, and those of the same word in the other gender."""
    same = (form for form in _same_word(written) if tags.are_one(written, form))
    return tuple(dict.fromkeys((*forms, *(analyser.singular(analyser.fold(form)) for form in same))))


@lru_cache(maxsize=4096)
def _same_word(written: str) -> tuple[str, ...]:
    """The word in both genders, where the lexicon folds them: insoumise and insoumis, not droite and droit."""
    if not written.isalpha() or len(written) < 4:
        return ()
    key = spelling.key(written)
    return (key, *(form for form in analyser.feminines(key) if spelling.key(form) == key))
