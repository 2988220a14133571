"""What the public reason of a decision must not tell: who is concerned, what they wrote, where it stands."""

import re

from forum.accounts import pseudonyms
from forum.moderation.models import Case
from forum.text import markdown

# So many words in a row out of the text are a quotation.
QUOTED = 5
_ADDRESS = re.compile(r"https?:|www\.|(?<!\w)/[dcpgt]/|\S@\S", re.IGNORECASE)


def tells_too_much(reason: str, case: Case) -> str | None:
    """The French sentence that says what in this reason would give the person away, or None."""
    if _ADDRESS.search(reason):
        return "Cette raison est publiée : n’y mettez aucune adresse."
    if case.concerned_id is not None and pseudonyms.is_named(case.concerned.username, reason):
        return "Cette raison est publiée : n’y nommez pas la personne."
    if _quotes(_words(reason), _words(f"{case.title} {markdown.words(case.body_html)}")):
        return "Cette raison est publiée : ne citez pas le texte, dites ce qui ne va pas."
    return None


def _words(said: str) -> list[str]:
    return re.findall(r"\w+", pseudonyms.key(said))


def _quotes(reason: list[str], said: list[str]) -> bool:
    runs = {tuple(said[place : place + QUOTED]) for place in range(len(said) - QUOTED + 1)}
    return any(tuple(reason[place : place + QUOTED]) in runs for place in range(len(reason) - QUOTED + 1))
