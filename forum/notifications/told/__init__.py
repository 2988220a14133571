"""Whom a line of the journal concerns: in each file, for one feature, functions that say who is told what.

They run in the worker, after the act. What they return is held to the same condition as reading: whoever may not read
the group gets nothing, whoever they name. So a function names freely those concerned, and need not ask for rights.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from forum.tasks import journal
from forum.tasks.journal import JournalLine

# What one may wish not to be told, in the order of the settings. A notice without kind is always told.
KINDS = {
    "answers": "Les réponses à ce que j’écris",
    "mentions": "Quand on écrit @ et mon pseudonyme",
    "votes": "Les propositions de mes groupes et leurs résultats",
    "life": "La vie de mes groupes",
}
# The kinds that bring the words of one person to another.
WORDS = ("answers", "mentions")


@dataclass(frozen=True)
class Told:
    """What one person is told: a whole French sentence, and the local path it leads to.

    While several of one `thread` are unseen they are shown as one, with the words of `together`, in which {number}
    stands for how many. `kind` is one of KINDS, or '' for what is always told.
    """

    account_id: int
    sentence: str
    address: str
    thread: str = ""
    together: str = ""
    kind: str = "life"

    def said(self, number: int) -> str:
        """The sentence for this one and those before it, `number` in all."""
        return self.together.replace("{number}", str(number)) if number > 1 and self.together else self.sentence


Teller = Callable[[JournalLine], Iterable[Told]]
_tellers: dict[str, list[Teller]] = {}


def tells(*verbs: str) -> Callable[[Teller], Teller]:
    """Lines with these verbs wait for the notices, and this function says whom they concern.

    It is given the line and returns Told items, the most pressing first: a person named twice is told the first.
    """

    def register(teller: Teller) -> Teller:
        journal.subscribe(journal.NOTICES, verbs)
        for verb in verbs:
            _tellers.setdefault(verb, []).append(teller)
        return teller

    return register


def crowd(line: JournalLine) -> Iterator[Told]:
    """Everybody this line concerns, as the features' functions say."""
    for teller in _tellers.get(line.verb, ()):
        yield from teller(line)


for _file in sorted(Path(__file__).parent.glob("[a-z]*.py")):
    import_module(f"{__name__}.{_file.stem}")
