"""From nothing to a site that can be served: schema, places, first tags. Doing it again changes nothing."""

from collections.abc import Iterator

from forum.accounts.models import Account
from forum.database import migrate
from forum.database.connection import database
from forum.places import load as places
from forum.tags import actions as tags


def init() -> Iterator[str]:
    """Do what is missing, and say each step in English."""
    with database.connection_context():
        yield f"database: {len(migrate.up())} migrations applied"
        yield f"places: {places.load()} communes"
        tags.seed()
        yield "tags: ready"


def is_new() -> bool:
    """Whether nobody has an account yet."""
    with database.connection_context():
        return not Account.select().exists()
