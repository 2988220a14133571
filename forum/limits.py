"""What keeps anyone from acting too often, whatever door they come by: pages, mail, commands.

An action counts itself by whoever acts, after its rules and before its transaction; what a stranger may try (signing
in, having letters sent) is counted at its door, by the address that asks.
"""

import hashlib
import ipaddress
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Protocol

from peewee import CharField, IntegerField

from forum.config import Config
from forum.database.clock import now
from forum.database.select import tuples
from forum.database.tables import Base, HasId
from forum.database.transactions import transaction
from forum.errors import Invalid, TooMany
from forum.tasks import signing
from forum.text.typed import one_line

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
# A subscriber of IPv6 has a /64 at least, and may have as much as a /48 (RFC 6177), which many may also share: so many
# times more is let through it.
WIDE, WIDER = 64, 48
SHARED = 10
# So many people's counts are kept before the old ones are looked for.
MOST_KEPT = 20_000
# What is shorter is said by many without being copied: thanks, agreement, a greeting.
SHORT = 40
YOURS = "Vous venez d’envoyer ce même texte dans trois groupes. Une annonce, une fois : adaptez-le, ou attendez un peu."
OF_MANY = (
    "Plusieurs comptes tout neufs viennent d’envoyer ce même texte. Dites-le avec vos mots, ou réessayez plus tard."
)

# From where the present request comes, '' for what comes by no request.
address: ContextVar[str] = ContextVar("address", default="")
_lifted: ContextVar[bool] = ContextVar("lifted", default=False)
_counting = threading.Lock()
_kept: Counter[tuple[str, int]] = Counter()
_switched_on = True


class Person(HasId, Protocol):
    """Whoever acts. A guest, who has no account, came at no moment: rules refuse them before any limit."""

    @property
    def created_at(self) -> datetime | None: ...


class RateCount(Base):
    """How often something was done in one window of time; `bucket` is the act and a keyed hash of who."""

    bucket = CharField(64)
    slot = IntegerField()
    count = IntegerField(default=0)

    class Meta:
        indexes = ((("bucket", "slot"), True),)


def install(settings: Config) -> None:
    """Count from now on, or not, as these settings say; what this process alone had counted is forgotten."""
    global _switched_on
    _switched_on = settings.rate_limits
    _kept.clear()


@contextmanager
def lifted() -> Iterator[None]:
    """Count nothing in here: for what the site itself brings in, whoever it is signed by."""
    token = _lifted.set(True)
    try:
        yield
    finally:
        _lifted.reset(token)


def limit_member(member: Person, act: str, add: int = 1) -> None:
    """Count `add` more of this act by an account; raises TooMany beyond LIMITS. Guests are for the rules to refuse.

    Whoever has been here for less than a day is held to SLOW too, and counted with the other new ones of the address
    they come from. Call it outside the act's transaction, once the rules have been asked.
    """
    if member.created_at is None:
        return
    most, why = LIMITS[act][0], ""
    if act in SLOW and is_new(member):
        most, why = SLOW[act][0 if now() - member.created_at < HOUR else 1], NEW
        if f"{act}-address" in LIMITS and address.get():
            _limit_networks(f"{act}-address", add, LIMITS[f"{act}-address"][0], why)
    _limit(act, str(member.id), add, most, why)


def limit_address(act: str) -> None:
    """Count one more of this act by whoever asks from the address of this request; raises TooMany beyond LIMITS."""
    _limit_networks(act, 1, LIMITS[act][0], "")


def network() -> str:
    """From where the present request comes: an address of IPv4, for IPv6 its /64; '' for what comes by no request."""
    return networks(address.get())[0]


def networks(source: str) -> list[str]:
    """The networks by which an address counts, the narrowest first; of what is no address, itself."""
    try:
        found = ipaddress.ip_address(source)
    except ValueError:
        return [source[:60]]
    if found.version == 4:
        return [source]
    if found.ipv4_mapped:
        return [str(found.ipv4_mapped)]
    return [str(ipaddress.ip_network((int(found), width), strict=False)) for width in (WIDE, WIDER)]


def limit(act: str, who: str, add: int = 1) -> None:
    """Count `add` more of this act by `who`, or to them; raises TooMany beyond LIMITS. `add` is 0 to ask and no more.

    A sliding window from two fixed ones: the share of the window before that still counts is added. The counts are in
    the database and so hold for all workers, but for those IN_MEMORY; `who` is kept only as a keyed hash.
    """
    _limit(act, who, add, LIMITS[act][0], "")


def refuse_copies(member: Person, group_id: int, body: str) -> None:
    """Raise Invalid (body) where this text is one too many: by this person, or by several accounts that are all new.

    Call it as `limit_member`. Of a text a keyed hash is counted for an hour. Sent twice to the same group, it is
    counted once.
    """
    words = one_line(body.casefold())
    if len(words) < SHORT or not _counts():
        return
    text = hashlib.sha256(words.encode()).hexdigest()
    here, mine = f"{member.id} {group_id} {text}", f"{member.id} {text}"
    if _count("copy", here) >= LIMITS["copy"][0]:
        return
    if _count("copies", mine) >= LIMITS["copies"][0]:
        raise Invalid({"body": YOURS})
    if is_new(member) and _count("copies-new", text) >= LIMITS["copies-new"][0]:
        raise Invalid({"body": OF_MANY})
    with transaction():
        _add("copy", here)
        _add("copies", mine)
        if is_new(member):
            _add("copies-new", text)


def is_new(member: Person) -> bool:
    """Whether somebody has had an account for less than a day."""
    return member.created_at is not None and now() - member.created_at < DAY


def forget_counts(older_than: float) -> None:
    """Delete counts of windows that ended before this moment (seconds since 1970)."""
    for act, (_, seconds) in LIMITS.items():
        slot = int(older_than) // seconds
        RateCount.delete().where(RateCount.bucket.startswith(f"{act}:"), RateCount.slot < slot - 1).execute()


def _counts() -> bool:
    return _switched_on and not _lifted.get()


def _limit_networks(act: str, add: int, most: int, why: str) -> None:
    for wider, place in enumerate(networks(address.get())):
        _limit(act, place, add, most * SHARED if wider else most, why)


def _limit(act: str, who: str, add: int, most: int, why: str) -> None:
    if not _counts():
        return
    # Looked at first: what is refused is to take no lock.
    _refuse(act, who, most, why)
    if add:
        with _counting if act in IN_MEMORY else transaction():
            _refuse(act, who, most, why)
            _add(act, who, add)


def _refuse(act: str, who: str, most: int, why: str) -> None:
    if _count(act, who) >= most:
        seconds = LIMITS[act][1]
        raise TooMany(max(1, seconds - int(time.time()) % seconds), why)


def _count(act: str, who: str) -> float:
    """How often this act was done by `who` in the window that slides with the present moment."""
    seconds = LIMITS[act][1]
    slot, elapsed = divmod(int(time.time()), seconds)
    counts = _counted_here(act, who, slot) if act in IN_MEMORY else _counted(act, who, slot)
    return counts.get(slot, 0) + counts.get(slot - 1, 0) * (1 - elapsed / seconds)


def _counted(act: str, who: str, slot: int) -> dict[int, int]:
    """The counts of the present window and of the one before, each under the name that was its own."""
    buckets = [_bucket(act, who, each) for each in (slot - 1, slot)]
    rows = RateCount.select(RateCount.slot, RateCount.count).where(RateCount.bucket.in_(buckets))
    return dict(tuples(rows.where(RateCount.slot >= slot - 1)))


def _counted_here(act: str, who: str, slot: int) -> dict[int, int]:
    return {each: _kept[_bucket(act, who, each), each] for each in (slot - 1, slot)}


def _add(act: str, who: str, number: int = 1) -> None:
    slot = int(time.time()) // LIMITS[act][1]
    bucket = _bucket(act, who, slot)
    if act in IN_MEMORY:
        _forget_most(slot)
        _kept[bucket, slot] += number
        return
    RateCount.insert(bucket=bucket, slot=slot, count=number).on_conflict(
        conflict_target=[RateCount.bucket, RateCount.slot], update={RateCount.count: RateCount.count + number}
    ).execute()


def _forget_most(slot: int) -> None:
    if len(_kept) > MOST_KEPT:
        for old in [known for known in _kept if known[1] < slot - 1]:
            del _kept[old]


def _bucket(act: str, who: str, slot: int) -> str:
    """The key changes with each window: what was counted in two of them cannot be laid side by side."""
    return f"{act}:{signing.keyed(f'limit {slot}', who)[:32]}"
