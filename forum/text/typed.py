"""What was typed, made a value: each of these conversions is written here once."""

import re
import unicodedata
from datetime import UTC, date, datetime

from forum.text.dates import PARIS

LONGEST_KEY = 16
MOST_WHOLE = 999_999_999_999
NO_SUCH_HOUR = "Cette heure n’existe pas : cette nuit-là, on passe de 2 h à 3 h. Choisissez-en une autre."
TWICE = "Cette heure existe deux fois : cette nuit-là, on revient de 3 h à 2 h. Choisissez-en une autre."
# 21/03/2027, then perhaps an hour: 20:30, 20h, à 20 h 30.
_BY_HAND = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s*(?:à|,|\s)\s*(\d{1,2})\s*[:h]\s*(\d{2})?)?", re.ASCII | re.IGNORECASE
)
# As they are, of full width, and small.
HASHES, ATS = "#＃﹟", "@＠﹫"


def line_feeds(typed: str) -> str:
    """The text with its lines ended by one sign: forms end them with two where a member typed one."""
    return typed.replace("\r\n", "\n").replace("\r", "\n")


def many_lines(typed: str) -> str:
    """A text as kept and counted: one sign at the end of a line, nothing around it."""
    return line_feeds(typed).strip()


def one_line(typed: str) -> str:
    """A text on one line, with one space between two words."""
    return " ".join(typed.split())


def folded(text: str) -> str:
    """Lower case without accents, ligatures or letters of another shape (NFKD), so that what looks alike is the same.

    Signs that are no letters stay. Folding again changes nothing.
    """
    if text.isascii():
        return text.lower()
    spread = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return spread.lower().replace("œ", "oe").replace("æ", "ae")


def hyphened(text: str) -> str:
    """The words of a text as an address holds them: small letters without accents and figures, hyphens between."""
    return re.sub(r"[^a-z0-9]+", "-", folded(text)).strip("-")


def parse_key(typed: str) -> str:
    """A public key, or that of a form, '' when it cannot be one: PostgreSQL refuses NUL even in what it looks for."""
    return typed if typed.isascii() and typed.isalnum() and len(typed) <= LONGEST_KEY else ""


def parse_whole(typed: str, least: int = 0, most: int = MOST_WHOLE) -> int | None:
    """The whole number written in figures, None when it is none or lies outside its bounds."""
    figures = typed.strip()
    # Python refuses to read more than 4,300 figures.
    if not (figures.isascii() and figures.isdigit() and len(figures) <= len(str(MOST_WHOLE))):
        return None
    return int(figures) if least <= int(figures) <= most else None


def parse_moment(typed: str) -> datetime | None:
    """The moment in UTC meant by an ISO 8601 text or as people write one ("21/03/2027 20 h 30"), in Paris time when it
    names no other; None when it means none.

    Of an hour that winter time gives twice, the first is meant; one that summer time skips is read with the clock not
    yet moved: `hour_problem` refuses both.
    """
    try:
        moment = _written(typed)
        return (moment if moment.tzinfo else moment.replace(tzinfo=PARIS)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def hour_problem(typed: str) -> str | None:
    """What is wrong with a text that means, in Paris time, an hour that a change of clock skips or gives twice."""
    moment = parse_moment(typed)
    if moment is None:
        return None
    meant = _written(typed)
    if meant.tzinfo:
        return None
    if moment.astimezone(PARIS).replace(tzinfo=None) != meant:
        return NO_SUCH_HOUR
    return TWICE if meant.replace(tzinfo=PARIS, fold=1).utcoffset() != meant.replace(tzinfo=PARIS).utcoffset() else None


def _written(typed: str) -> datetime:
    """Raises ValueError for what is no moment."""
    found = _BY_HAND.fullmatch(typed.strip()) if len(typed) < 40 else None
    if not found:
        return datetime.fromisoformat(typed.strip())
    day, month, year, hour, minute = (int(figures or 0) for figures in found.groups())
    return datetime(year, month, day, hour, minute)


def parse_day(typed: str) -> date | None:
    """The day meant by an ISO 8601 date, None when it means none."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def moment_field(when: datetime | None) -> str:
    """A moment as the field `datetime-local` holds it, in Paris time: "2027-03-21T20:00"; '' for none."""
    return when.astimezone(PARIS).strftime("%Y-%m-%dT%H:%M") if when else ""


def day_field(when: datetime | None) -> str:
    """The day of a moment in Paris as the field `date` holds it: "2027-03-21"; '' for none."""
    return when.astimezone(PARIS).date().isoformat() if when else ""


def without_hash(typed: str) -> str:
    """The name of a tag or the handle of a group, as typed but for the # before it and the spaces around."""
    return typed.strip().lstrip(HASHES).strip()


def without_at(typed: str) -> str:
    """A pseudonym, as typed but for the @ before it and the spaces around."""
    return typed.strip().lstrip(ATS).strip()


def tag_names(typed: str) -> list[str]:
    """The tags typed in one field, between spaces or commas, without their #."""
    return [name for name in map(without_hash, re.split(r"[\s,]+", typed)) if name]
