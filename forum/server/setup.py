"""From nothing to a site that can be served: schema, places, first tags. Doing it again changes nothing, and several
nodes that start at once do it one after the other."""

from collections.abc import Iterator
from contextlib import suppress

from peewee import DatabaseError

from forum.accounts.models import Account
from forum.config import Config
from forum.database import migrate
from forum.database.connection import connected
from forum.offices import queries as offices
from forum.places import load as places
from forum.server import agreement
from forum.tags import actions as tags


def init(settings: Config) -> Iterator[str]:
    """Do what is missing, and say each step in English. Raises migrate.NewerSchema, config.WrongSetting."""
    with migrate.alone():
        yield f"database: {len(migrate.apply())} migrations applied"
        agreement.agree(settings)
        yield f"places: {places.load()} communes"
        tags.seed()
        yield "tags: ready"


def is_new() -> bool:
    """Whether nobody has an account yet."""
    with connected():
        return not Account.select().exists()


def moderation_note() -> str:
    """That nobody would judge what is reported to the site, in English for whoever runs it; '' where somebody would."""
    with suppress(DatabaseError), connected():
        if not offices.is_moderated():
            return "nobody moderates this site: flask --app app role NAME moderateur"
    return ""
