"""The page of whoever runs the site."""

from flask import Blueprint, Response

from forum.errors import Invalid
from forum.offices import actions, queries, rules
from forum.offices.names import NONE, OFFICES, called
from forum.search import queries as search
from forum.tasks import journal, letters
from forum.text import dates
from forum.text.numbers import counted
from forum.web.pages import see_other, show
from forum.web.requests import me, typed

bp = Blueprint("offices", __name__)

FIELDS = ("username", "office", "reason")
CHOICES = [
    *((office.word, office.does.capitalize()) for office in OFFICES),
    (NONE, "Aucune : cette personne rend la sienne"),
]


@bp.get("/site")
def site() -> Response:
    return _page(dict.fromkeys(FIELDS, ""), {})


@bp.post("/site/offices")
def appoint() -> Response:
    given = typed(*FIELDS)
    try:
        actions.appoint(me(), given["username"], given["office"], given["reason"])
    except Invalid as problem:
        return _page(given, problem.fields, 422)
    return see_other("/site#offices")


def _page(given: dict[str, str], errors: dict[str, str], status: int = 200) -> Response:
    rules.administer(me()).require()
    return show(
        "offices/site.html",
        status=status,
        holders=queries.holders(),
        called=called,
        choices=CHOICES,
        suspended=queries.suspended(),
        counts=queries.count_accounts(),
        state=_state(),
        typed=given,
        errors=errors,
    )


def _state() -> list[tuple[str, str]]:
    """What the site does by itself, and whether it keeps up."""
    since, waiting = letters.oldest(), journal.waiting(journal.NOTICES)
    return [
        ("Recherche", "à reconstruire" if search.index_problem() else "prête"),
        ("Avis à porter", counted(waiting, "acte") if waiting else "aucun"),
        ("Lettres à envoyer", f"depuis le {dates.moment(since)}" if since else "aucune"),
    ]
