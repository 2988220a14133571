"""The site's clock: what time it is, and moments as the database keeps them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC, to the millisecond; inside `at`, the moment given there."""
    moment = _pretended.get() or datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def milliseconds(moment: datetime) -> int:
    """A moment as the database keeps it: whole milliseconds since 1970."""
    return (moment - EPOCH) // timedelta(milliseconds=1)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at this moment: what is imported, or loaded as a demonstration, has a past."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)
