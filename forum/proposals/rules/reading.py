"""What a ballot was made from: whoever votes, votes on what they read, or not at all."""

import re
from collections.abc import Sequence
from typing import Any

from forum.database.clock import milliseconds
from forum.errors import Moved
from forum.proposals.models import Ballot, Option, Proposal, Voter
from forum.text.seen import is_mark, mark_of, moved_since
from forum.text.typed import parse_whole

# How many options were read, the mark of what is voted on with them, the date of the ballot that stood there.
_SEEN = re.compile(r"(\d{1,3})\.(.+)\.(\d*)", re.ASCII)

NOUNS = {
    "title": "le titre",
    "body": "le texte",
    "method": "la façon de voter",
    "options": "les options",
    "hours": "l’ouverture ou la fin du vote",
    "electorate": "qui vote",
    "reasons": "les raisons demandées",
    "results": "le moment où se voient les résultats",
    "growing": "qui ajoute des options",
}
# What is either so or not: now, and before.
SWITCHES = {
    "secret": ("le vote est devenu secret", "le vote n’est plus secret"),
    "final": ("le vote est devenu définitif", "le vote n’est plus définitif"),
}
NOTHING = "Rien n’a été enregistré : relisez, puis envoyez de nouveau."
UNKNOWN = f"Cette page est trop ancienne pour savoir ce que vous y avez lu. {NOTHING}"


def as_read(proposal: Proposal, options: Sequence[Option], own: str = "") -> str:
    """What a form bears of the proposal as it is shown; `own`, the date of what it would replace (`as_seen`)."""
    return f"{len(options)}.{mark_of(_facts(proposal, options))}.{own}"


def require_read(proposal: Proposal, options: Sequence[Option], seen: str) -> None:
    """Raise Moved where what is voted on has changed since a form was made from it, with what did.

    An option added since stops only a ballot that is final: another may change, and says nothing of it meanwhile.
    """
    found = _SEEN.fullmatch(seen)
    read = _by_age(options)[: _number(options, found[1])] if found else []
    facts = _facts(proposal, read)
    if found is None or not is_mark(found[2], facts):
        raise Moved({"moved": UNKNOWN})
    moved = moved_since(found[2], facts)
    if not moved and proposal.final and len(read) < len(options):
        moved = ("options",)
    if moved:
        raise Moved({"moved": _told(moved, facts)})


def options_since(options: Sequence[Option], read: str) -> list[Option]:
    """Those of the options that came after the first `read`, as a form or an address says it; none if it does not."""
    return _by_age(options)[_number(options, read) :]


def own_seen(seen: str) -> str:
    """The date, in such a mark, of the ballot that stood there."""
    return seen.rpartition(".")[2]


def as_seen(ballot: Ballot | None) -> str:
    """What the form of a ballot says of the one already cast, '' when there is none."""
    return str(milliseconds(ballot.changed_at)) if ballot else ""


def _facts(proposal: Proposal, options: Sequence[Option]) -> dict[str, Any]:
    """All that somebody goes by who votes."""
    return {
        "title": proposal.title,
        "body": proposal.body,
        "method": [proposal.method, proposal.settings],
        "options": [[option.name, option.label] for option in _by_age(options)],
        "hours": [milliseconds(proposal.opens_at), milliseconds(proposal.closes_at)],
        "electorate": [proposal.electorate, *_named(proposal)],
        "reasons": proposal.reasons,
        "results": proposal.results,
        "growing": proposal.growing,
        "secret": proposal.secret,
        "final": proposal.final,
    }


def _by_age(options: Sequence[Option]) -> list[Option]:
    return sorted(options, key=lambda option: option.id)


def _number(options: Sequence[Option], typed: str) -> int:
    number = parse_whole(typed)
    return len(options) if number is None else number


def _named(proposal: Proposal) -> list[int]:
    if proposal.electorate != "named":
        return []
    rows = Voter.select(Voter.member).where(Voter.proposal == proposal.id).order_by(Voter.member)
    return [row.member_id for row in rows]


def _told(moved: Sequence[str], facts: dict[str, Any]) -> str:
    changes = [NOUNS[name] if name in NOUNS else SWITCHES[name][not facts[name]] for name in moved]
    return f"La proposition a changé depuis que vous l’avez lue : {', '.join(changes)}. {NOTHING}"
