"""The terms of a vote as they were typed: when it opens and ends, who votes, what is asked and what is shown."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.groups.models import Group
from forum.proposals import queries, rules
from forum.proposals.methods.method import Method
from forum.proposals.models import ELECTORATES, REASONS, RESULTS, Proposal
from forum.text.dates import PARIS
from forum.text.typed import hour_problem, parse_moment, without_at

LONGEST_VOTE = timedelta(days=366)
MOST_NAMED = 300
# What a secret ballot asks for: a change, a reason, or a result that moves with each vote would tell whose it is.
SECRET = {"final": True, "reasons": "off", "results": "closed"}
EXAMPLE = "21/03/2027 20:00"


@dataclass(frozen=True)
class Terms:
    """The terms typed: texts as in the form's fields. `final`, `growing` and `secret` are boxes: ticked, or not."""

    opens_at: str = ""
    electorate: str = "members"
    named: str = ""
    final: bool = False
    reasons: str = "optional"
    results: str = "always"
    growing: bool = False
    secret: bool = False


USUAL = Terms()


@dataclass(frozen=True)
class ReadTerms:
    """What terms mean: columns of the proposal, ids of the people named, and a sentence for each wrong field."""

    columns: dict[str, Any]
    named: list[int]
    problems: dict[str, str | None]


def read_terms(
    member: Viewer, group: Group, method: Method, terms: Terms, closes_at: str, present: Proposal | None = None
) -> ReadTerms:
    """Read the terms of a new proposal, or of the `present` one: once its vote has opened, that hour stays."""
    opens_at, late = _read_opening(terms.opens_at, present)
    ends_at, wrong_end = read_closing(closes_at, opens_at)
    named, unknown = _read_named(member, group, terms)
    columns = {
        "opens_at": opens_at,
        "closes_at": ends_at,
        "electorate": terms.electorate,
        "growing": terms.growing,
        "secret": terms.secret,
        **(SECRET if terms.secret else {"final": terms.final, "reasons": terms.reasons, "results": terms.results}),
    }
    problems = {"opens_at": late, "closes_at": wrong_end, "named": unknown, **_unfit(method, terms)}
    if terms.secret and not unknown:
        problems["secret"] = _too_few(len(named) if terms.electorate == "named" else group.members_count)
    return ReadTerms(columns, named, problems)


def _too_few(voters: int) -> str | None:
    """Whether so few may vote that the result of a secret vote would tell who said what."""
    if voters >= rules.FEW:
        return None
    return (
        f"Un vote secret demande au moins {rules.FEW} personnes qui peuvent voter : à moins, le résultat dirait tout."
    )


def read_closing(typed: str, opens_at: datetime | None = None) -> tuple[datetime, str | None]:
    """The closing moment meant by an ISO 8601 text, in Paris time when it names no other, and what is wrong with it.

    Nothing typed means seven days after the opening (by default now) at 20 h.
    """
    if not typed.strip():
        return default_closing(opens_at), None
    moment = parse_moment(typed)
    if moment is None:
        return now(), f"Écrivez la date de fin comme ceci : {EXAMPLE}."
    if moment <= now():
        return moment, "Cette date est passée : choisissez une fin à venir."
    if opens_at and moment <= opens_at:
        return moment, "La fin du vote vient après son ouverture."
    too_far = "Un vote dure un an au plus." if moment > now() + LONGEST_VOTE else None
    return moment, hour_problem(typed) or too_far


def default_closing(opens_at: datetime | None = None) -> datetime:
    """Seven days after the opening (by default now), at 20 h, Paris time."""
    return evening(7, opens_at)


def evening(days: int, since: datetime | None = None) -> datetime:
    """20 h, Paris time, so many days after a moment (by default now)."""
    day = (since or now()).astimezone(PARIS).date() + timedelta(days=days)
    return datetime.combine(day, time(20), PARIS).astimezone(UTC)


def _read_opening(typed: str, present: Proposal | None) -> tuple[datetime, str | None]:
    """Nothing typed means at once. The hour of a vote that has opened is past and stays what it was."""
    if present and not present.is_coming():
        return present.opens_at, None
    if not typed.strip():
        return now(), None
    moment = parse_moment(typed)
    if moment is None:
        return now(), f"Écrivez la date d’ouverture comme ceci : {EXAMPLE}."
    if moment <= now():
        return now(), "Cette date est passée : choisissez une ouverture à venir, ou rien pour ouvrir tout de suite."
    too_far = "L’ouverture a lieu dans l’année." if moment > now() + LONGEST_VOTE else None
    return moment, hour_problem(typed) or too_far


def _read_named(member: Viewer, group: Group, terms: Terms) -> tuple[list[int], str | None]:
    """The people meant by pseudonyms, one a line or between commas; none where the electorate is another."""
    if terms.electorate != "named":
        return [], None
    verdict = rules.name_voters(member, group)
    if not verdict:
        return [], verdict.reason
    names = list(filter(None, map(without_at, re.split(r"[,;\n]", terms.named))))
    if not names:
        return [], "Écrivez les pseudonymes des personnes qui votent."
    if len(names) > MOST_NAMED:
        return [], f"{MOST_NAMED} personnes désignées au plus."
    ids = queries.members_named(group, names)
    strangers = [name for name, member_id in ids.items() if member_id is None]
    if strangers:
        return [], f"Personne ne porte ce pseudonyme dans le groupe : {', '.join(strangers)[:200]}."
    return sorted({member_id for member_id in ids.values() if member_id is not None}), None


def _unfit(method: Method, terms: Terms) -> dict[str, str | None]:
    """A sentence for each of the choices that is none, or that this way of voting does not know."""
    valid = {
        "electorate": terms.electorate in ELECTORATES,
        "reasons": terms.reasons in REASONS,
        "results": terms.results in RESULTS,
    }
    problems: dict[str, str | None] = {
        field: "Choisissez une des réponses proposées." for field, right in valid.items() if not right
    }
    if terms.reasons == "against" and not method.objections:
        problems["reasons"] = "Cette façon de voter n’a pas d’avis contraire : demandez des raisons à chaque vote."
    if terms.growing and not method.growing:
        problems["growing"] = (
            "Cette façon de voter demande un avis sur chaque option : on n’en ajoute pas en cours de route."
        )
    elif terms.growing and (terms.final or terms.secret):
        problems["growing"] = "Un vote définitif garde ses options : qui a déjà voté ne dirait rien des nouvelles."
    return problems
