"""Initiatives planned for tests."""

from forum.initiatives import actions
from forum.initiatives.models import Initiative
from tests.world import group, member

SUNDAY = "2027-03-21T14:00"


def planned(handle: str = "insoumis-087", by: str = "Alice", **fields: str) -> Initiative:
    """An initiative of a group, by one of its members."""
    typed = {"title": "Coller des affiches à Bellac", "starts_at": SUNDAY, "place": "Place du marché"} | fields
    return actions.plan(member(by), group(handle), actions.Plan(**typed))
