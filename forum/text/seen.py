"""The mark of what a form was made from, borne in its field `seen`: one acts on what one read, or on nothing.

A form shows facts that others may change. Its mark is made of them; the action makes it again of the present ones,
inside its transaction, and does nothing where the two differ.
"""

import hashlib
import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forum.errors import Invalid, Moved
from forum.text.typed import many_lines

Shown = Mapping[str, Any]

# 132 bits decide. The 24 bits of each fact only tell which moved, as one text can be made that has those of another.
WHOLE, PART = 22, 4
_MARK = re.compile(rf"[\w-]{{{WHOLE}}}\.((?:[\w-]{{{PART}}})*)", re.ASCII)

UNKNOWN = "Ce formulaire vient d’une page trop ancienne : rien n’a été enregistré. Comparez, puis envoyez de nouveau."
OVERTAKEN = (
    "Quelqu’un a changé ceci pendant que vous écriviez : rien n’a été enregistré. Comparez, puis envoyez de nouveau."
)
CHANGED = "changé entre-temps."
LONGEST_SHOWN = 400


def mark_of(facts: Shown) -> str:
    """The mark of these facts: signs for the whole, then some for each fact in its order."""
    written = {name: _written(value) for name, value in facts.items()}
    parts = "".join(_signs([name, text], PART) for name, text in written.items())
    return f"{_signs(list(written.items()), WHOLE)}.{parts}"


def moved_since(seen: str, facts: Shown) -> tuple[str, ...]:
    """The names of the facts that moved since this mark was made: none, or all where it does not say which."""
    if seen == mark_of(facts):
        return ()
    before, now = _parts(seen, facts), _parts(mark_of(facts), facts)
    return tuple(name for name in facts if before.get(name) != now[name]) or tuple(facts)


def is_mark(seen: str, facts: Shown) -> bool:
    """Whether this can be a mark of as many facts, whatever they say."""
    return len(_parts(seen, facts)) == len(facts)


def require_unmoved(seen: str | None, facts: Shown, labels: Mapping[str, str], coded: Collection[str] = ()) -> None:
    """Raise Moved where facts moved since this mark, with a sentence a fact: its label and what it is now.

    `coded`: those whose values are no words; they are said to have changed. Without any mark (a script) nothing is
    compared.
    """
    moved = moved_since(seen, facts) if seen is not None else ()
    if seen is None or not moved:
        return
    now = {name: CHANGED if name in coded else _now(facts[name]) for name in moved}
    sentences = {name: f"{labels[name]} : {now[name]}" for name in moved}
    raise Moved({"moved": OVERTAKEN if is_mark(seen, facts) else UNKNOWN, **sentences})


def borne(fresh: str, typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    """The mark of a form that is shown: `fresh`, but where it was refused for another reason the one it bore, as what
    was typed was made from that."""
    return typed["seen"] if "seen" in typed and errors and "moved" not in errors else fresh


@dataclass(frozen=True)
class Again:
    """A form to be shown again: its fields, the sentences beside them, the mark it bears from now on."""

    typed: dict[str, Any]
    errors: dict[str, str]
    seen: str


def shown_again(problem: Invalid, typed: Mapping[str, Any], seen: str | None, present: Shown) -> Again:
    """A refused form over these facts, ready to be sent again.

    Where what it was made from has moved, fields that nobody touched hold what stands now, the others what was typed,
    with what stands now beside. Otherwise it keeps its mark: what was typed was made from that.
    """
    if not isinstance(problem, Moved):
        return Again(dict(typed), problem.fields, mark_of(present) if seen is None else seen)
    shown, errors, before = dict(typed), dict(problem.fields), _parts(seen or "", present)
    for name in problem.fields.keys() & present.keys():
        written = _written(typed.get(name, ""))
        if written == _written(present[name]):
            del errors[name]
        elif before.get(name) == _signs([name, written], PART):
            shown[name] = present[name]
    return Again(shown, errors, mark_of(present))


def _parts(seen: str, facts: Shown) -> dict[str, str]:
    """The signs of each fact in a mark, none where it is no mark of as many."""
    found = _MARK.fullmatch(seen)
    if found is None or len(found[1]) != PART * len(facts):
        return {}
    return {name: found[1][PART * place : PART * (place + 1)] for place, name in enumerate(facts)}


def _written(value: Any) -> str:
    """A fact as it is compared with what a form sent: forms end lines otherwise, and have no numbers."""
    return many_lines(value) if isinstance(value, str) else json.dumps(value)


def _signs(words: Sequence[object], number: int) -> str:
    return urlsafe_b64encode(hashlib.sha256(json.dumps(words).encode()).digest())[:number].decode()


def _now(value: Any) -> str:
    if isinstance(value, bool):
        return "maintenant oui." if value else "maintenant non."
    text = str(value)
    if not text:
        return "maintenant vide."
    return f"maintenant « {text[:LONGEST_SHOWN]}{'…' if len(text) > LONGEST_SHOWN else ''} »."
