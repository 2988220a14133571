"""Dates as a member reads them: French, Paris time, near ones by their distance."""

import math
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale

PARIS = ZoneInfo("Europe/Paris")
# No line may end between a figure and its unit.
JOIN = "\u00a0"


def iso(when: datetime) -> str:
    """RFC 3339 in UTC to the second, for `<time datetime>` and JSON: "2026-11-22T19:00:00Z"."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(when: datetime, now: datetime | None = None) -> str:
    """A day and an hour: "demain à 8 h 30", "dimanche à 20 h" (the six days to come), "jeudi 3 mars 2027 à 20 h".

    The year is written when it is not the present one.
    """
    local = when.astimezone(PARIS)
    return f"{near_day(local.date(), today(now))} à {hour(local)}"


def until(start: datetime, end: datetime, now: datetime | None = None) -> str:
    """When what begins at `start` ends: the hour alone on the same day, "12 h 30", else as `moment`."""
    same = start.astimezone(PARIS).date() == end.astimezone(PARIS).date()
    return hour(end.astimezone(PARIS)) if same else moment(end, now)


def day(when: datetime) -> str:
    """The date in full: "le 3 mars 2026", "le 1er mars 2026"."""
    return f"le {full(when.astimezone(PARIS).date())}"


def up_to(when: datetime) -> str:
    """The end of a time to come, in full: "jusqu’au 3 mars 2026 à 20 h"."""
    local = when.astimezone(PARIS)
    return f"jusqu’au {full(local.date())} à {hour(local)}"


def wait(when: datetime, now: datetime | None = None) -> int:
    """How many whole seconds until a moment has come; one at least."""
    return max(1, math.ceil((when - (now or datetime.now(UTC))).total_seconds()))


def ago(when: datetime, now: datetime | None = None) -> str:
    """How long since: "à l’instant", "il y a 5 min", "il y a 2 h", "hier", "il y a 3 jours", then "le 3 mars",
    "le 3 mars 2025" of another year.

    A time to come (another machine's clock) reads "à l’instant".
    """
    elapsed = (now or present()) - when
    days = (today(now) - when.astimezone(PARIS).date()).days
    if elapsed < timedelta(minutes=1):
        return "à l’instant"
    if elapsed < timedelta(hours=1):
        return f"il y a {elapsed // timedelta(minutes=1)}{JOIN}min"
    if days == 0 or elapsed < timedelta(hours=6):
        return f"il y a {elapsed // timedelta(hours=1)}{JOIN}h"
    if days < 7:
        return "hier" if days == 1 else f"il y a {days}{JOIN}jours"
    local = when.astimezone(PARIS)
    return day(when)[:-5] if local.year == today(now).year else day(when)


def ago_holds(when: datetime, now: datetime | None = None) -> datetime:
    """Until when `ago` goes on saying the same of this moment; maybe longer, never shorter."""
    now = now or present()
    elapsed, here = now - when, now.astimezone(PARIS)
    midnight = datetime(here.year, here.month, here.day, tzinfo=PARIS) + timedelta(days=1)
    if here.date() != when.astimezone(PARIS).date() and elapsed >= timedelta(hours=6):
        return midnight.astimezone(UTC)
    step = timedelta(minutes=1) if elapsed < timedelta(hours=1) else timedelta(hours=1)
    return min(when + (elapsed // step + 1) * step, midnight.astimezone(UTC))


def closing(when: datetime, now: datetime | None = None) -> str:
    """When a vote ends or ended: "se termine dimanche à 20 h", "se termine dans 12 min", "terminée hier"."""
    left = when - (now or present())
    if left <= timedelta():
        return f"terminée {ago(when, now)}"
    if left < timedelta(hours=1):
        return f"se termine dans {max(1, left // timedelta(minutes=1))}{JOIN}min"
    start = "se termine" if (when.astimezone(PARIS).date() - today(now)).days < 7 else "se termine le"
    return f"{start} {moment(when, now)}"


def opening(when: datetime, now: datetime | None = None) -> str:
    """When a vote opens: "s’ouvre dimanche à 20 h", "s’ouvre dans 12 min"."""
    left = when - (now or present())
    if left < timedelta(hours=1):
        return f"s’ouvre dans {max(1, left // timedelta(minutes=1))}{JOIN}min"
    start = "s’ouvre" if (when.astimezone(PARIS).date() - today(now)).days < 7 else "s’ouvre le"
    return f"{start} {moment(when, now)}"


def month_starts(count: int, now: datetime | None = None) -> list[datetime]:
    """The first moments of the last `count` months in Paris, the present one included, and that of the next."""
    first = today(now).replace(day=1)
    numbers = [first.year * 12 + first.month - 1 - back for back in range(count - 1, -2, -1)]
    return [datetime(number // 12, number % 12 + 1, 1, tzinfo=PARIS).astimezone(UTC) for number in numbers]


def month(when: datetime) -> str:
    """The month of a moment: "novembre 2026"."""
    local = when.astimezone(PARIS)
    return f"{names()[0][local.month]} {local.year}"


def present() -> datetime:
    return datetime.now(UTC)


def today(now: datetime | None) -> date:
    return (now or present()).astimezone(PARIS).date()


def near_day(that: date, this: date) -> str:
    distance = (that - this).days
    near = {-1: "hier", 0: "aujourd’hui", 1: "demain"}.get(distance)
    if near:
        return near
    weekday = names()[1][that.weekday()]
    if 1 < distance < 7:
        return weekday
    return f"{weekday} {full(that) if that.year != this.year else full(that)[:-5]}"


def full(that: date) -> str:
    number = "1er" if that.day == 1 else str(that.day)
    return f"{number}{JOIN}{names()[0][that.month]} {that.year}"


def hour(local: datetime) -> str:
    return f"{local.hour}{JOIN}h" + (f"{JOIN}{local.minute:02}" if local.minute else "")


@lru_cache(maxsize=1)
def names() -> tuple[dict[int, str], dict[int, str]]:
    """The French months (from 1) and days (Monday is 0), from the Unicode locale data."""
    french = Locale("fr")
    return dict(french.months["format"]["wide"]), dict(french.days["format"]["wide"])
