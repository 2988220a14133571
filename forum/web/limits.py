"""What keeps anyone from acting too often."""

import hashlib
import hmac
import threading
import time
from collections import Counter
from datetime import datetime, timedelta
from typing import Protocol

from flask import Flask, current_app, request
from flask_login import current_user
from peewee import CharField, IntegerField, Select

from forum.database.clock import now
from forum.database.tables import Base
from forum.database.transactions import transaction
from forum.errors import TooMany

_counting = threading.Lock()


class Newcomer(Protocol):
    """Somebody who may have come lately; a guest came at no moment."""

    @property
    def created_at(self) -> datetime | None: ...


# How many, in how many seconds. Many members share the address of a hall, or of a mobile operator in a whole town;
# an account is one person, but may bring the minutes of a meeting in one go. What is refused is a machine.
LIMITS = {
    "sign-in": (10, 900),
    "sign-in-address": (600, 900),
    "sign-up": (600, 3600),
    "forgotten": (5, 3600),
    "forgotten-address": (100, 3600),
    "try": (120, 3600),
    "invite": (60, 86_400),
    # To one address, from anybody: nobody is pestered.
    "invited": (3, 86_400),
    "post": (300, 600),
    "open": (100, 3600),
    "ask": (60, 3600),
    "found": (60, 86_400),
    "vote": (240, 60),
    "report": (40, 86_400),
    # By visitors at one address, who have no account to answer for it.
    "report-visitor": (10, 86_400),
    # What all the accounts younger than a day do from one address: a hall full of newcomers stays far below.
    "post-address": (600, 600),
    "open-address": (120, 3600),
    "found-address": (20, 86_400),
    # The same text: by one person in one group, by one person anywhere, by accounts younger than a day.
    "copy": (1, 900),
    "copies": (3, 900),
    "copies-new": (3, 3600),
}
# How many of the same act in the first hour of an account, then in its first day: what a person does who discovers the
# place, and less than a script is made for.
SLOW = {"post": (30, 100), "open": (5, 20), "found": (3, 10), "invite": (10, 30), "ask": (10, 30), "report": (5, 15)}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NEW = "Les comptes de moins d’un jour vont plus lentement."
# Counted by each process for itself: a vote waits for the disk once already. Several processes let so many times more
# through, which stops a machine as well.
IN_MEMORY = {"vote"}
# So many people's counts are kept before the old ones are looked for.
MOST_KEPT = 20_000


class RateCount(Base):
    """How often something was done in one window of time; `bucket` is the act and a keyed hash of who."""

    bucket = CharField(64)
    slot = IntegerField()
    count = IntegerField(default=0)

    class Meta:
        indexes = ((("bucket", "slot"), True),)


def install(app: Flask) -> None:
    """Keep what this process alone counts beside the application."""
    app.extensions["limits"] = Counter()


def limit(act: str, who: str, add: int = 1) -> None:
    """Count `add` more of this act by `who`; raises TooMany beyond LIMITS. Call it outside the act's transaction.

    Whoever has been here for less than a day is held to SLOW too, and counted with the other new ones of their address.
    A sliding window from two fixed ones: the share of the window before that still counts is added. The counts are in
    the database and so hold for all workers, but for those IN_MEMORY; `who` is kept only as a keyed hash.
    """
    most, why = LIMITS[act][0], ""
    if act in SLOW and is_new(current_user):
        most, why = SLOW[act][0 if now() - current_user.created_at < HOUR else 1], NEW
        if f"{act}-address" in LIMITS:
            _limit(f"{act}-address", str(request.remote_addr), add, LIMITS[f"{act}-address"][0], why)
    _limit(act, who, add, most, why)


def is_new(account: Newcomer) -> bool:
    """Whether somebody who is signed in has been here for less than a day."""
    return account.created_at is not None and now() - account.created_at < DAY


def counted(act: str, who: str, add: int = 0) -> int:
    """How often this act was done by `who` in its present window, before `add` more are counted."""
    if not current_app.config["SETTINGS"].rate_limits:
        return 0
    slot, elapsed = divmod(int(time.time()), LIMITS[act][1])
    with transaction():
        counts = dict(_counts(act, who, slot))
        if add:
            _add(_bucket(act, who, slot), slot, add)
    return int(_sliding(counts, slot, elapsed / LIMITS[act][1]))


def _limit(act: str, who: str, add: int, most: int, why: str) -> None:
    if not current_app.config["SETTINGS"].rate_limits:
        return
    seconds = LIMITS[act][1]
    slot, elapsed = divmod(int(time.time()), seconds)
    with _counting if act in IN_MEMORY else transaction():
        counts = _counts_here(act, who, slot) if act in IN_MEMORY else dict(_counts(act, who, slot))
        if _sliding(counts, slot, elapsed / seconds) >= most:
            raise TooMany(max(1, seconds - elapsed), why)
        if add:
            (_add_here if act in IN_MEMORY else _add)(_bucket(act, who, slot), slot, add)


def _sliding(counts: dict[int, int], slot: int, elapsed: float) -> float:
    return counts.get(slot, 0) + counts.get(slot - 1, 0) * (1 - elapsed)


def forget_counts(older_than: float) -> None:
    """Delete counts of windows that ended before this moment (seconds since 1970)."""
    for act, (_, seconds) in LIMITS.items():
        slot = int(older_than) // seconds
        RateCount.delete().where(RateCount.bucket.startswith(f"{act}:"), RateCount.slot < slot - 1).execute()


def _counts(act: str, who: str, slot: int) -> Select:
    """The counts of the present window and of the one before, each under the name that was its own."""
    buckets = [_bucket(act, who, each) for each in (slot - 1, slot)]
    return (
        RateCount.select(RateCount.slot, RateCount.count)
        .where(RateCount.bucket.in_(buckets), RateCount.slot >= slot - 1)
        .tuples()
    )


def _counts_here(act: str, who: str, slot: int) -> dict[int, int]:
    kept: Counter[tuple[str, int]] = current_app.extensions["limits"]
    return {each: kept[_bucket(act, who, each), each] for each in (slot - 1, slot)}


def _add_here(bucket: str, slot: int, number: int) -> None:
    kept: Counter[tuple[str, int]] = current_app.extensions["limits"]
    if len(kept) > MOST_KEPT:
        for old in [known for known in kept if known[1] < slot - 1]:
            del kept[old]
    kept[bucket, slot] += number


def _add(bucket: str, slot: int, number: int) -> None:
    RateCount.insert(bucket=bucket, slot=slot, count=number).on_conflict(
        conflict_target=[RateCount.bucket, RateCount.slot], update={RateCount.count: RateCount.count + number}
    ).execute()


def _bucket(act: str, who: str, slot: int) -> str:
    """The key changes with each window: what was counted in two of them cannot be laid side by side."""
    key = f"{current_app.config['SECRET_KEY']} {slot}".encode()
    return f"{act}:{hmac.new(key, who.encode(), hashlib.sha256).hexdigest()[:32]}"
