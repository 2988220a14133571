"""Pseudonyms called by name in a text: @genet."""

import re

from forum.text.scripts import MARKS

# A pseudonym's own signs (accounts.pseudonyms.SHAPE), not after what makes it an e-mail address or a link.
MENTION = re.compile(rf"(?<![\w@./+-])@([^\W_](?:[\w{MARKS}.-]{{0,28}}(?:[^\W_]|[{MARKS}]))?)")


def found(words: str) -> list[str]:
    """The names that follow an @ in plain words, each once, in their order."""
    return list(dict.fromkeys(match[1] for match in MENTION.finditer(words)))
