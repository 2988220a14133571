"""Who was shown a tally, and whether all of it: told by its route, beside the answer, to the stream that asked."""

from collections.abc import Mapping
from typing import Any, NamedTuple

PUBLIC = "all"
# Where in the environ of a request; no browser can put anything there.
_KEY = "parvis.spectator"


class Spectator(NamedTuple):
    """Who looks, and with whom: those of one audience are shown the same. `late`: some ballots are still missing.

    An answer that is kept for guests, and so passes by no route, is for everybody and whole: what is not told is so.
    """

    member_id: int = 0
    audience: str = PUBLIC
    late: bool = False


def ask() -> dict[str, Any]:
    """What a request bears, in its environ, that asks to be told."""
    return {_KEY: {}}


def is_asked(environ: Mapping[str, Any]) -> bool:
    """Whether the route of a tally is asked to tell."""
    return _KEY in environ


def tell(environ: Mapping[str, Any], **facts: int | str | bool) -> None:
    """Tell these facts of a Spectator to whoever asked for them."""
    environ.get(_KEY, {}).update(facts)


def told(environ: Mapping[str, Any]) -> Spectator:
    """What was told in answer to a request that asked."""
    return Spectator(**environ[_KEY])
