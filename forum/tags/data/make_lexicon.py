"""Makes lexicon.txt.gz: what French knows of number, gender and accents, packed for the spelling ladder.

    python forum/tags/data/make_lexicon.py /usr/share/hunspell

The folder is the one of Debian's hunspell-fr-classical 7.0 (fr.aff, fr.dic, MPL-2.0, see LICENCE.md). Places come from
forum/places/data, the words of own_sense.txt were chosen by hand. The same sources give the same bytes.
"""

import csv
import gzip
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
PLACES = HERE.parents[1] / "places" / "data"
BIG_TOWN = 20_000
INVARIABLE, VERB, CONJUGATED, PROPER, PLACE = "0", "v", "f", "p", "l"
NOMINAL = re.compile(r"po:(nom|adj|titr|nb\b)")
NAME = re.compile(r"po:(npr|prn|patr)")
FINITE = re.compile(r"po:(ipre|spre|iimp|ipsi|simp|ifut|cond|impe)")
FEMININE_LOOK = re.compile(r"(i?ennes?|elles?|aises?|oises?)$")
FOREIGN_PLURALS = ("A.", "I.")
Ending = tuple[str, str]
# The suffixes of each flag: what is taken away, what is added, and of which words.
Rules = dict[str, list[tuple[str, str, re.Pattern[str]]]]
Readings = dict[str, set[tuple[str, frozenset[Ending] | str]]]
PLURAL = ("", "s")


def main(folder: Path) -> None:
    readings: Readings = defaultdict(set)
    for word, endings in dictionary(folder):
        readings[folded(word)].add((word, endings))
    for word in own_sense():
        plural = frozenset({PLURAL}) if word[-1] not in "sx" else INVARIABLE
        readings[folded(word)].add((word, plural))
    for form in conjugated(
        folder, {form for words in readings.values() for word, kind in words for form in forms(word, kind)}
    ):
        readings[folded(form)].add((form, CONJUGATED))
    for name in places():
        readings[folded(name)].add((name, PLACE))
    write(readings)


def dictionary(folder: Path) -> Iterator[tuple[str, frozenset[Ending] | str]]:
    """Each headword in small letters with its endings (taken away, added), or its kind when it has none."""
    rules = affixes(folder / "fr.aff")
    for line in (folder / "fr.dic").read_text(encoding="utf-8").splitlines()[1:]:
        found = re.match(r"([^\s/]+)(?:/(\S+))?\s+(.*)", line)
        if not found or not re.fullmatch(r"[^\W\d_]+(?:-[^\W\d_]+)*", found[1]):
            continue
        word, flags, facts = found[1], (found[2] or "").replace("()", ""), found[3]
        yield word.lower(), kind_of(word, [flags[i : i + 2] for i in range(0, len(flags), 2)], facts, rules)


def kind_of(word: str, flags: list[str], facts: str, rules: Rules) -> frozenset[Ending] | str:
    if NAME.search(facts) or (word[0].isupper() and not word.isupper()):
        return PROPER
    if re.search(r"po:v1", facts) and word.endswith("er"):
        return VERB
    if not NOMINAL.search(facts):
        return INVARIABLE
    endings = set()
    for flag in flags:
        for taken, added, condition in rules.get(flag, ()):
            foreign = flag in FOREIGN_PLURALS and (taken, added) != PLURAL
            if added + taken and word.endswith(taken) and condition.search(word) and not foreign:
                endings.add((taken, added))
    return frozenset(endings) or INVARIABLE


def affixes(path: Path, of_verbs: bool = False) -> Rules:
    """The suffix rules that give number and gender (those that say is:), or persons and tenses, by flag."""
    rules = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split()
        wanted = FINITE.search(line) if of_verbs else "is:" in line and "po:" not in line
        if len(fields) > 5 and fields[0] == "SFX" and wanted:
            taken, added = ("" if field == "0" else field.split("/")[0] for field in fields[2:4])
            added = "" if added == "0" else added
            rules[fields[1]].append((taken, added, re.compile(fields[4] + "$")))
    return rules


def forms(word: str, kind: frozenset[Ending] | str) -> list[str]:
    endings = () if isinstance(kind, str) else kind
    return [word, *(word[: len(word) - len(taken)] + added for taken, added in endings)]


def conjugated(folder: Path, nominal: set[str]) -> set[str]:
    """Verb forms that look like a noun without its accent (croit, croît) or an unknown feminine (maintienne)."""
    lookalikes = {folded(form) for form in nominal}
    found = {form for form in verb_forms(folder) if form not in nominal}
    return {form for form in found if folded(form) in lookalikes or FEMININE_LOOK.search(form)}


def verb_forms(folder: Path) -> Iterator[str]:
    rules = affixes(folder / "fr.aff", of_verbs=True)
    for line in (folder / "fr.dic").read_text(encoding="utf-8").splitlines()[1:]:
        found = re.match(r"([a-zà-ÿœ]+)/(\S\S).*\spo:v", line)
        verb, flag = (found[1], found[2]) if found else ("", "")
        for taken, added, condition in rules.get(flag, ()):
            if verb.endswith(taken) and condition.search(verb):
                yield verb[: len(verb) - len(taken)] + added


def own_sense() -> list[str]:
    lines = (HERE / "own_sense.txt").read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def places() -> set[str]:
    """Names of regions, départements and towns of 20,000 people and more, as a tag would write them."""
    names = {row["nom"] for table in ("regions", "departements") for row in rows(table)}
    names |= {row["nom"] for row in rows("communes") if int(row["population"] or 0) >= BIG_TOWN}
    tags = {re.sub(r"[\s’'-]+", "-", name.lower()) for name in names}
    return {tag for tag in tags if re.fullmatch(r"[^\W\d_]+(?:-[^\W\d_]+)*", tag)}


def rows(table: str) -> Iterator[dict[str, str]]:
    with (PLACES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def folded(word: str) -> str:
    bare = unicodedata.normalize("NFD", word.replace("œ", "oe").replace("æ", "ae"))
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def write(readings: Readings) -> None:
    counts = Counter(kind for words in readings.values() for _, kind in words if not isinstance(kind, str))
    names = {endings: f"n{rank}" for rank, (endings, _) in enumerate(sorted(counts.items(), key=by_use))}
    head = " ".join(f"{name}=" + ",".join(f"{t}>{a}" for t, a in sorted(e)) for e, name in names.items())
    lines = []
    for fold, words in sorted(readings.items(), key=lambda item: item[0].encode()):
        shown = sorted(
            (word if word != fold else "") + ":" + (kind if isinstance(kind, str) else names[kind])
            for word, kind in words
        )
        lines.append(fold + "\t" + ";".join(shown))
    text = "\n".join([head, *lines])
    (HERE / "lexicon.txt.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(len(lines), "spellings,", len(names), "classes,", len(text.encode()), "bytes")


def by_use(item: tuple[frozenset[Ending], int]) -> tuple[int, list[Ending]]:
    return -item[1], sorted(item[0])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
