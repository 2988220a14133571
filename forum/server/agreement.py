"""What all that runs on one database must have in common: the key, and the address that letters name.

Two nodes with a key of their own each would take one person's secret ballot twice, and unseal nothing of each other's.
"""

import logging

from peewee import CharField

from forum.config import Config, WrongSetting
from forum.database.tables import Base
from forum.tasks import signing

KEY, ADDRESS = "SECRET_KEY", "BASE_URL"

logger = logging.getLogger("parvis")


class AgreedSetting(Base):
    """A setting as the first start on this database had it; of the key a fingerprint, which tells nothing of it."""

    name = CharField(primary_key=True)
    value = CharField()


def agree(settings: Config) -> None:
    """Note what is not agreed yet. Another key raises WrongSetting; another address is noted, with a warning: a site
    may move."""
    agreed = {row.name: row.value for row in AgreedSetting.select()}
    if agreed.setdefault(KEY, fingerprint()) != fingerprint():
        raise WrongSetting(
            "SECRET_KEY is not the one of this database: give every node the same, "
            "or change it for good by flask --app app rekey."
        )
    if agreed.setdefault(ADDRESS, settings.base_url) != settings.base_url:
        logger.warning("BASE_URL was %s and is %s: every node must have the same", agreed[ADDRESS], settings.base_url)
    note({KEY: fingerprint(), ADDRESS: settings.base_url})


def note(values: dict[str, str]) -> None:
    """From now on these are the settings of this database."""
    for name, value in values.items():
        AgreedSetting.insert(name=name, value=value).on_conflict(
            conflict_target=[AgreedSetting.name], update={AgreedSetting.value: value}
        ).execute()


def fingerprint() -> str:
    """Of the present key."""
    return signing.keyed("fingerprint", "")
