"""What members have made of synonyms; the one the site is born with left out."""

from forum.tags.actions import SEEDS
from forum.tags.models import Synonym


def synonyms():
    """A query of the synonyms since."""
    return Synonym.select().where(Synonym.name.not_in([name for _, name, _ in SEEDS])).order_by(Synonym.id.desc())


def latest() -> Synonym:
    """The last of them."""
    return synonyms().get()
