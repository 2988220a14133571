"""Every sentence of a result is true: each figure in it is computed anew from the ballots, without the count's code.

A sentence of a form that is not listed here fails: whoever adds one says how it is checked.
"""

import re
from collections import Counter
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from forum.proposals.methods import METHODS
from forum.proposals.methods.shapes import RULE, profile_of

NAMES = "ABCD"
OPTIONS = {name: name for name in NAMES}
GRADES = METHODS["majority_judgment"].scale
CONSENT = {"d’accord": "agree", "abstention": "abstain", "en désaccord": "disagree", "blocage": "block"}

Ballots = list[dict[str, int]]
Check = Callable[[Ballots, re.Match], bool]


def plain(sentence: str) -> str:
    return sentence.replace("\u202f", " ").replace("\u00a0", " ")


def names_in(words: str) -> list[str]:
    return re.findall(r"« (\w) »", words)


def firsts(ballots: Ballots) -> Counter:
    return Counter(name for ballot in ballots for name, rank in ballot.items() if rank == 1)


def duels_won(ballots: Ballots) -> dict[str, int]:
    def before(a: str, b: str) -> int:
        return sum(ballot.get(a, 99) < ballot.get(b, 99) for ballot in ballots)

    return {a: sum(before(a, b) > before(b, a) for b in NAMES if b != a) for a in NAMES}


def totals_by_round(ballots: Ballots, seats: int, settings) -> list[tuple[dict[str, Fraction], Fraction]]:
    """What each option holds, and what nobody holds, round by round: which ones left is taken from the count, what they
    hold is added up paper by paper."""
    method = METHODS["stv" if seats > 1 else "ranked"]
    rounds = method.count(profile_of(ballots), OPTIONS, settings).rounds
    quota = len(ballots) // (seats + 1) + 1
    papers = [(sorted(ballot, key=ballot.__getitem__), Fraction(1), 0) for ballot in ballots]
    hopeful, found = set(NAMES), []
    held: list[tuple[list[str], Fraction, str | None]] = [(order, worth, order[0]) for order, worth, _ in papers]
    for each in rounds.rounds:
        totals = {name: sum((w for _, w, holder in held if holder == name), Fraction(0)) for name in NAMES}
        found.append((totals, sum((w for _, w, holder in held if holder is None), Fraction(0))))
        hopeful -= {*each.elected, *each.dropped}
        leaving = {name: Fraction(1) for name in each.dropped}
        leaving |= {name: (totals[name] - quota) / totals[name] for name in each.passed}
        moved = []
        for order, worth, holder in held:
            share = leaving.get(holder, Fraction(0))
            if share:
                place = order.index(holder) + 1
                moved.append((order, worth * share, next((n for n in order[place:] if n in hopeful), None)))
            if share < 1:
                moved.append((order, worth * (1 - share), holder))
        held = moved
    return found


def number(words: str) -> Fraction:
    return Fraction(words.replace(" ", "").replace(",", "."))


def near(words: str, exact: Fraction) -> bool:
    return abs(number(words) - exact) <= Fraction(1, 200)


def held_at(ballots: Ballots, settings, number_of_round: int, name: str) -> Fraction:
    return totals_by_round(ballots, settings.get("seats", 1), settings)[number_of_round - 1][0][name]


def pairs(words: str) -> list[tuple[str, str]]:
    """ "A 6, B 3,5" as pairs."""
    return re.findall(r"(\w) ([\d ,]*\d)(?=, \w|$| ;)", words)


def each_is(figures) -> Check:
    return lambda ballots, found: all(number(value) == figures(ballots)[name] for name, value in pairs(found["each"]))


def of_rounds(settings) -> dict[str, Check]:
    def tie(ballots: Ballots, found: re.Match) -> bool:
        held = [held_at(ballots, settings, int(found["round"]), name) for name in names_in(found["tied"])]
        rest = found["rest"].replace(" Elle n’est pas départagée.", "")
        alike = (len(held) == 2) == (found["each"] == "de part et d’autre")
        return (
            alike and all(near(found["votes"], value) for value in held) and (not rest or "ordre d’élimination" in rest)
        )

    def totals(ballots: Ballots, found: re.Match) -> bool:
        all_held, nobody = totals_by_round(ballots, 1, settings)[int(found["round"]) - 1]
        held = pairs(found["each"])
        exhausted = re.search(r"; (\d+) bulletins? épuisés?", found["each"])
        others = sum(value for name, value in all_held.items() if name not in dict(held))
        return (
            all(number(v) == all_held[n] for n, v in held)
            and int(exhausted[1] if exhausted else 0) == nobody
            and not others
        )

    def seat(ballots: Ballots, found: re.Match) -> bool:
        return near(found["votes"], held_at(ballots, settings, int(found["round"]), found["name"]))

    def winner(ballots: Ballots, found: re.Match) -> bool:
        all_held, _ = totals_by_round(ballots, 1, settings)[int(found["round"]) - 1]
        voices, among = number(found["votes"]), number(found["among"])
        return all_held[found["name"]] == voices and sum(all_held.values()) == among and 2 * voices > among

    def ahead(ballots: Ballots, found: re.Match) -> bool:
        last = totals_by_round(ballots, settings["seats"], settings)[-1][0]
        return all(near(value, last[name]) for name, value in pairs(found["each"]))

    def quota(ballots: Ballots, found: re.Match) -> bool:
        return [int(found["quota"]), int(found["of"])] == [len(ballots) // (settings["seats"] + 1) + 1, len(ballots)]

    return {
        r"Égalité pour la dernière place au tour (?P<round>\d+) entre (?P<tied>.+?), (?P<votes>[\d ,]+) voix "
        r"(?P<each>de part et d’autre|chacune)\.(?P<rest>.*)": tie,
        r"Voix au tour (?P<round>\d+) : (?P<each>.+)\.": totals,
        r"Choix retenu : « (?P<name>\w) », (?P<votes>\d+) voix sur (?P<among>\d+) au tour (?P<round>\d+)\.": winner,
        r"Choix retenu : « \w »\.": lambda ballots, found: True,
        r"« (?P<name>\w) » obtient une place au tour (?P<round>\d+) avec (?P<votes>[\d,]+) voix(, .+)?\.": seat,
        r"Devant elles, sans place encore : (?P<each>.+)\.": ahead,
        r"Quota : (?P<quota>\d+) voix pour (?P<of>\d+) bulletins?\.": quota,
        r"(Pour|Déjà acquis,) (?P<seats>\d+) places? : (?P<who>.+)\.": lambda ballots, found: (
            len(names_in(found["who"])) == int(found["seats"])
        ),
        r"Pour mémoire : premiers choix, (?P<each>.+)\.": each_is(firsts),
    }


def of_duels() -> dict[str, Check]:
    return {
        r"Choix retenu : « (?P<name>\w) », préférée à chacune des autres\.": lambda ballots, found: (
            duels_won(ballots)[found["name"]] == len(NAMES) - 1
        ),
        r"Choix retenu : « (?P<name>\w) », première dans l’ordre qui résulte des duels\.": lambda ballots, found: (
            max(duels_won(ballots).values()) < len(NAMES) - 1
        ),
        r"Égalité entre (?P<tied>.+) : aucune .+\. Elle n’est pas départagée\.": lambda ballots, found: (
            max(duels_won(ballots).values()) < len(NAMES) - 1
        ),
        r"(?P<why>Les duels tournent en rond|Aucune option ne gagne tous ses duels)\. On compare .+": (
            lambda ballots, found: "rond" in found["why"] or max(duels_won(ballots).values()) < len(NAMES) - 1
        ),
        r"Pour mémoire : duels gagnés, (?P<each>.+)\.": each_is(duels_won),
    }


def leading(figures: Callable[[Ballots], dict[str, str]], tail: str = "$") -> dict[str, Check]:
    """The sentences of a method where the greatest figure wins; `figures` writes that of each option, and `tail` is
    what a sentence may add to it."""

    def detail(ballots: Ballots, found: re.Match) -> bool:
        right = figures(ballots)
        return all(re.search(rf"(^|, ){name}( :)? {re.escape(right[name])}(?=, \w|$)", found["each"]) for name in NAMES)

    def first(ballots: Ballots, found: re.Match) -> bool:
        said, several = re.subn(r" (de part et d’autre|chacune)$", "", found["said"])
        who, right = names_in(found["who"]), figures(ballots)
        level = not several or found["said"].endswith("de part et d’autre") == (len(who) == 2)
        return level and all(re.sub(tail, "", said) == re.sub(tail, "", right[name]) for name in who)

    return {
        r"Choix retenu : (?P<who>« \w »), (?P<said>.+)\.": first,
        r"Égalité entre (?P<who>(?:« \w »(?:, | et )?)+), (?P<said>.+)\. Elle n’est pas départagée\.": first,
        r"Détail : (?P<each>.+)\.": detail,
    }


def summed(ballots: Ballots) -> dict[str, int]:
    return {name: sum(ballot.get(name, 0) for ballot in ballots) for name in NAMES}


def points(number: int) -> str:
    return f"{number} point{'s' if number > 1 else ''}"


def dots(ballots: Ballots) -> dict[str, str]:
    return {name: points(total) for name, total in summed(ballots).items()}


def averages(ballots: Ballots) -> dict[str, str]:
    sums = summed(ballots)
    said = {n: f"{total / len(ballots):.2f}".rstrip("0").rstrip(".").replace(".", ",") for n, total in sums.items()}
    if len(set(said.values())) < len(set(sums.values())):
        return {name: f"{said[name]} sur 5 en moyenne, {points(sums[name])}" for name in NAMES}
    return said


def medians(ballots: Ballots) -> dict[str, str]:
    return {n: GRADES[sorted(b.get(n, 0) for b in ballots)[(len(ballots) - 1) // 2]] for n in NAMES}


def removed(ballots: Ballots, found: re.Match) -> bool:
    """Majority judgment: medians taken away one by one until they differ."""
    left = {name: sorted(ballot.get(name, 0) for ballot in ballots) for name in (found["winner"], found["rival"])}
    while True:
        grades = {name: given.pop((len(given) - 1) // 2) for name, given in left.items()}
        if len(set(grades.values())) > 1:
            return all(GRADES[grades[found[who]]] == found[f"{who}_grade"] for who in ("winner", "rival"))


def expressed(ballots: Ballots) -> Counter:
    return Counter(name for ballot in ballots for name in ballot)


def consent_detail(ballots: Ballots, found: re.Match) -> bool:
    counts = expressed(ballots)
    said = re.findall(r"(\d+) (d’accord|abstention|en désaccord|blocage)", found["each"])
    return {CONSENT[words]: int(count) for count, words in said} == dict(counts)


def share(part: int, whole: int) -> Check:
    def check(ballots: Ballots, found: re.Match) -> bool:
        counts = expressed(ballots)
        voices = counts["agree"] + counts["disagree"] + counts["block"]
        least = next(n for n in range(voices + 2) if (2 * n > voices if part == 1 else whole * n >= part * voices))
        return [int(found[n]) for n in ("agree", "of", "needed")] == [counts["agree"], voices, least]

    return check


SHARE = r"(?P<agree>\d+) sur (?P<of>\d+), il en fallait (?P<needed>\d+)\."
OF_CONSENT: dict[str, Check] = {
    r"(Adoptée|Rejetée|Égalité, non adoptée|Avis recueillis) : (?P<each>.+)\.": consent_detail,
    rf"Majorité des voix exprimées : {SHARE}": share(1, 2),
    rf"Deux tiers des voix exprimées : {SHARE}": share(2, 3),
    rf"Quatre cinquièmes des voix exprimées : {SHARE}": share(4, 5),
    r"Aucune voix exprimée : .+": lambda ballots, found: set(expressed(ballots)) == {"abstain"},
    r"Autant de voix pour que contre : .+": lambda ballots, found: (
        expressed(ballots)["agree"] == expressed(ballots)["disagree"] + expressed(ballots)["block"]
    ),
    r"Consentement : aucun blocage\..*": lambda ballots, found: not expressed(ballots)["block"],
    r"Un seul blocage suffit : .+": lambda ballots, found: expressed(ballots)["block"] > 0,
    r"Personne ne s’est dit d’accord\.": lambda ballots, found: not expressed(ballots)["agree"],
}


def strict_rankings() -> st.SearchStrategy[dict[str, int]]:
    lengths = st.integers(1, len(NAMES))
    return st.builds(lambda names, n: {x: i for i, x in enumerate(names[:n], 1)}, st.permutations(NAMES), lengths)


def many(ballot: st.SearchStrategy[dict[str, int]]) -> st.SearchStrategy[Ballots]:
    return st.lists(ballot, min_size=1, max_size=14)


def valued(most: int) -> st.SearchStrategy[Ballots]:
    return many(st.dictionaries(st.sampled_from(NAMES), st.integers(0, most), min_size=1))


def voices(ballots: Ballots) -> dict[str, str]:
    return {name: str(count) for name, count in summed(ballots).items()}


def graded(ballots: Ballots) -> dict[str, str]:
    return {name: f"mention {grade}" for name, grade in medians(ballots).items()}


RANKINGS = many(strict_rankings())
ONE = many(st.sampled_from(NAMES).map(lambda name: {name: 1}))
SOME = many(st.sets(st.sampled_from(NAMES), min_size=1).map(lambda names: dict.fromkeys(sorted(names), 1)))
ANSWERS = many(st.sampled_from(sorted(CONSENT.values())).map(lambda name: {name: 1}))
OF_MEDIANS = leading(medians, r"^mention ") | {
    r"« (?P<of>\w) » a la même mention\. .+ : (?P<winner_grade>[^:]+) pour « (?P<winner>\w) », "
    r"(?P<rival_grade>.+) pour « (?P<rival>\w) »\.": removed
}
RUNOFF = {"counting": "runoff", "ties": "stop", "rule": RULE}
CASES = {
    "duels": ("ranked", {}, RANKINGS, of_duels()),
    "choice": ("choice", {}, ONE, leading(voices, r" voix( sur \d+)?$")),
    "approval": ("approval", {}, SOME, leading(voices, r" voix( sur \d+)?$")),
    "score": ("score", {}, valued(5), leading(averages, r" sur 5 en moyenne.*$")),
    "dots": ("dots", {}, many(st.dictionaries(st.sampled_from(NAMES), st.integers(1, 10), min_size=1)), leading(dots)),
    "majority judgment": ("majority_judgment", {}, valued(6), OF_MEDIANS),
}
for settings in (RUNOFF, RUNOFF | {"ties": "previous"}, RUNOFF | {"rule": 1}):
    CASES[f"run-off, {settings['ties']}, rule {settings['rule']}"] = ("ranked", settings, RANKINGS, of_rounds(settings))
for settings in ({"seats": 2, "rule": RULE}, {"seats": 3, "rule": RULE, "ties": "previous"}, {"seats": 2}):
    CASES[f"{settings['seats']} seats, rule {settings.get('rule', 1)}"] = (
        "stv",
        settings,
        RANKINGS,
        of_rounds(settings),
    )
for threshold in ("majority", "2/3", "4/5", "consent", "none"):
    CASES[f"consent, {threshold}"] = ("consent", {"threshold": threshold}, ANSWERS, OF_CONSENT)


@pytest.mark.parametrize("case", CASES)
@given(data=st.data())
def test_each_sentence_of_a_result_says_what_the_ballots_say(case, data):
    name, settings, ballots, forms = CASES[case]
    method, ballots = METHODS[name], data.draw(ballots)
    options = method.own_options or OPTIONS
    outcome = method.outcome(method.count(profile_of(ballots), options, settings), options, settings, 100)
    for sentence in map(plain, outcome.sentences):
        found, check = next(((m, c) for form, c in forms.items() if (m := re.fullmatch(form, sentence))), (None, None))
        assert check, f"no check for: {sentence}"
        assert check(ballots, found), sentence
