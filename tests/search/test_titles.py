"""Whatever has exactly the title that was typed comes first, whatever else the words may mean."""

import random

import pytest

from forum.accounts.models import GUEST
from forum.demo import load as demo
from forum.discussions import actions as discussions, queries as discussion_queries
from forum.discussions.models import Discussion
from forum.groups import actions as groups
from forum.initiatives import queries as initiatives
from forum.places.models import Territory
from forum.proposals import queries as proposals
from forum.search.actions import reindex
from forum.search.engines import analyser
from forum.search.queries import search
from tests import world

TRIED = (
    "Manifestation à Nantes samedi",
    "La Commune de Paris, 150 ans après",
    "Le train de 8 h 03",
    "Réunion publique à 18 h 10",
    "13 août, place de la République",
    "Ordinaire",
    "Vienne la nuit",
    "«\u202fRadio Nord\u202f» émet",
    "Gironde, Landes, Lot",
    "Nice, Tours, Angers : même combat",
    "2017, 2022, 2027",
    "75",
)
BEFORE = (
    "Rendez-vous à",
    "Le marché de",
    "Qui vient de",
    "Les lavoirs, à",
    "Tract pour",
    "8 h 03 :",
    "13 mai,",
    "44 idées pour",
)
AFTER = ("", "samedi", "en mars", "à 18 h 10", "le 7 juin", "et ailleurs", "2027", "(suite)")


@pytest.fixture
def thematic(site):
    """A group without a place, whose discussions speak of all of them."""
    home = groups.create(world.member("Alice"), groups.GroupSettings("Levain"), "levain")
    names = [row.name for row in Territory.select(Territory.name).order_by(Territory.code).limit(3_000)]
    chance = random.Random(13)
    made = {f"{chance.choice(BEFORE)} {chance.choice(names)} {chance.choice(AFTER)}".strip() for _ in range(2_000)}
    template = discussions.open(world.member("Alice"), home, "Le pain", "Du pain.")
    facts = {
        name: getattr(template, name)
        for name in ("group_id", "author_id", "body", "body_html", "renderer", "last_activity_at", "created_at")
    }
    rows = [{**facts, "key": f"t{number:07d}", "title": title[:120]} for number, title in enumerate([*TRIED, *made])]
    for start in range(0, len(rows), 100):
        Discussion.insert_many(rows[start : start + 100]).execute()
    reindex()
    return [row["title"] for row in rows]


def test_each_text_is_found_by_its_exact_title_before_all_others(thematic):
    missed = [title for title in thematic if not comes_first("discussion", title)]
    assert missed == []


def comes_first(kind: str, title: str) -> bool:
    (results,) = search(GUEST, title, kind).results or (None,)
    if results is None:
        return False
    same = [analyser.whole(item.title) == analyser.whole(title) for item in results.items]
    return bool(same) and same[0] and same == sorted(same, reverse=True)


def test_so_is_all_that_the_demonstration_says_in_public(site):
    demo.load()
    reindex()
    texts = {
        "discussion": discussion_queries.discussions_for(GUEST),
        "proposition": proposals.proposals_for(GUEST),
        "initiative": initiatives.initiatives_for(GUEST),
    }
    missed = [(kind, row.title) for kind, rows in texts.items() for row in rows if not comes_first(kind, row.title)]
    assert missed == []
