"""Pseudonyms called by name in a text: @genet."""

import re

# A pseudonym's own signs (accounts.pseudonyms.SHAPE), not after what makes it an e-mail address or a link.
MENTION = re.compile(r"(?<![\w@./+-])@([^\W_](?:[\w.-]{0,28}[^\W_])?)")


def found(words: str) -> list[str]:
    """The names that follow an @ in plain words, each once, in their order."""
    return list(dict.fromkeys(match[1] for match in MENTION.finditer(words)))
