"""Filling the tables of places."""

from forum.places import load
from forum.places.models import ConstituencyCommune, Departement, PlacesEdition, PostalCode, Territory


def test_all_places_are_there(loaded):
    kinds = {
        kind: Territory.select().where(Territory.kind == kind).count() for kind in ("departement", "circonscription")
    }
    assert kinds == {"departement": 108, "circonscription": 577}
    # Paris, Saint-Barthélemy and Saint-Martin are one with their département.
    assert Territory.select().where(Territory.kind == "commune").count() == 35_008 - 3


def test_loading_twice_changes_nothing(site):
    before = (Territory.select().count(), PostalCode.select().count(), ConstituencyCommune.select().count())
    assert load.load() == before[0]
    PlacesEdition.delete().execute()
    assert load.load() == before[0]
    assert (Territory.select().count(), PostalCode.select().count(), ConstituencyCommune.select().count()) == before


def test_a_border_is_known_from_both_sides(loaded):
    neighbours = {row.code: set(row.neighbours.split("|")) - {""} for row in Departement.select()}
    assert neighbours["087"] == {"016", "019", "023", "024", "036", "086"}
    assert neighbours["075"] == {"092", "093", "094"}
    assert all(code in neighbours[other] for code, others in neighbours.items() for other in others)
