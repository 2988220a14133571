"""What a tally decides, said in French: what several methods say alike."""

from collections.abc import Mapping, Sequence

from forum.proposals.methods.method import Method
from forum.proposals.methods.shapes import Options, Outcome, Settings, Tally
from forum.text.numbers import counted, figure


def quorum_needed(settings: Settings, eligible: int) -> int:
    """How many voters the quorum asks for: the percentage of those who could vote, rounded up."""
    return -(-int(settings.get("quorum", 0)) * eligible // 100)


def people(count: int) -> str:
    """ "1 membre", "62 membres"."""
    return counted(count, "membre")


def without_result(tally: Tally, settings: Settings, eligible: int, detail: str) -> Outcome | None:
    """The outcome when nobody voted or the quorum is missed (`detail`: the counts); None when there is more to say."""
    if not tally.voters:
        return Outcome("empty", (), ("Personne n’a voté.",))
    needed = quorum_needed(settings, eligible)
    if tally.voters >= needed:
        return None
    missed = (
        f"Quorum non atteint : {counted(tally.voters, 'voix')} pour {people(eligible)}, il en fallait {figure(needed)}."
    )
    return Outcome("no_quorum", (), (missed, f"Pour mémoire : {detail}."))


def quorum_sentences(tally: Tally, settings: Settings, eligible: int) -> tuple[str, ...]:
    """What there is to say of a quorum that was reached: one sentence, or none when there was no quorum."""
    needed = quorum_needed(settings, eligible)
    return (f"Quorum atteint : {counted(tally.voters, 'voix')}, il en fallait {figure(needed)}.",) if needed else ()


def leading(
    method: Method,
    tally: Tally,
    options: Options,
    settings: Settings,
    eligible: int,
    figures: Mapping[str, str] | None = None,
    worth: str = "{}",
) -> Outcome:
    """The outcome of a method where the first place wins: one option chosen, or the tie of those that share it.

    `figures` says what each option received, `worth` how that is said of the first; without them, voices are counted.
    """
    places = method.rank(tally)
    said = figures or {name: figure(count) for name, count in tally.counts.items()}
    colon = " : " if figures else " "
    detail = ", ".join(f"{options[name]}{colon}{said[name]}" for place in places for name in place)
    missing = without_result(tally, settings, eligible, detail)
    if missing:
        return missing
    first = places[0]
    received = worth.format(said[first[0]]) if figures else counted(tally.counts[first[0]], "voix")
    rest = (f"Détail : {detail}.", *quorum_sentences(tally, settings, eligible))
    if len(first) == 1:
        among = "" if figures else f" sur {figure(tally.voters)}"
        return Outcome("chosen", first, (f"Choix retenu : {named(first, options)}, {received}{among}.", *rest))
    each = "de part et d’autre" if len(first) == 2 else "chacune"
    between = f"Égalité entre {named(first, options)}, {received} {each}. Elle n’est pas départagée."
    return Outcome("tie", first, (between, *rest))


def named(names: Sequence[str], options: Options) -> str:
    """Options in a sentence: « Bellac », « Bellac » et « Le Dorat », « Bellac », « Le Dorat » et « Guéret »."""
    quoted = [f"« {options[name]} »" for name in names]
    return f"{', '.join(quoted[:-1])} et {quoted[-1]}" if len(quoted) > 1 else quoted[0]
