"""What keys, whole numbers, moments and days make of what was typed, odd signs included."""

from datetime import UTC, datetime

import pytest

from forum.text import typed
from forum.text.dates import iso

KEYS = [
    ("abcd2345", "abcd2345"),
    ("ABCD2345", "ABCD2345"),
    ("1", "1"),
    ("a" * 16, "a" * 16),
    ("a" * 17, ""),
    ("a" * 100_000, ""),
    ("", ""),
    (" ", ""),
    (" abcd2345", ""),
    ("abcd2345\n", ""),
    ("abcd 2345", ""),
    ("abcd-2345", ""),
    ("abcd_2345", ""),
    ("abcd.json", ""),
    ("../../etc", ""),
    ("%", ""),
    ("'", ""),
    ("été", ""),
    ("٢٣٤٥", ""),
    ("²", ""),
    ("ａｂｃｄ", ""),
    ("\0", ""),
    ("abcd\x002345", ""),
    ("abcd\ud83d", ""),
    ("👩🏽‍🌾", ""),
]


@pytest.mark.parametrize(("sent", "key"), KEYS)
def test_a_key_has_letters_and_figures_or_is_none(sent, key):
    assert typed.parse_key(sent) == key


WHOLE = [
    ("0", 0),
    ("7", 7),
    ("007", 7),
    (" 42\r\n", 42),
    ("\u00a042\u00a0", 42),
    ("999999999999", 999_999_999_999),
    ("000000000001", 1),
    ("9999999999999", None),
    ("9" * 5_000, None),
    ("", None),
    ("   ", None),
    ("-1", None),
    ("+1", None),
    ("1.0", None),
    ("1,5", None),
    ("1e3", None),
    ("0x10", None),
    ("1_000", None),
    ("1 000", None),
    ("1\u202f000", None),
    ("½", None),
    ("²", None),
    ("①", None),
    ("٤٢", None),
    ("４２", None),
    ("४२", None),
    ("𝟒𝟐", None),
    ("XII", None),
    ("douze", None),
    ("4\u200b2", None),
    ("\0", None),
    ("4\x002", None),
    ("4\ud83d", None),
    ("NaN", None),
]


@pytest.mark.parametrize(("sent", "number"), WHOLE)
def test_a_whole_number_is_written_in_figures_or_is_none(sent, number):
    assert typed.parse_whole(sent) == number


@pytest.mark.parametrize(
    ("sent", "number"), [("0", None), ("1", 1), ("90", 90), ("91", None), ("090", 90), ("", None), ("-1", None)]
)
def test_a_whole_number_keeps_within_its_bounds(sent, number):
    assert typed.parse_whole(sent, 1, 90) == number


MOMENTS = [
    ("2027-03-21T20:00", "2027-03-21T19:00:00Z"),
    ("2027-03-21 20:00", "2027-03-21T19:00:00Z"),
    ("  2027-03-21T20:00\r\n", "2027-03-21T19:00:00Z"),
    ("2027-03-21T20:00:30", "2027-03-21T19:00:30Z"),
    ("2027-07-14T20:00", "2027-07-14T18:00:00Z"),
    ("2027-03-21T20:00Z", "2027-03-21T20:00:00Z"),
    ("2027-03-21T20:00+02:00", "2027-03-21T18:00:00Z"),
    ("2027-03-21T20:00-10:00", "2027-03-22T06:00:00Z"),
    ("2027-03-21", "2027-03-20T23:00:00Z"),
    ("2027-03-21T20", "2027-03-21T19:00:00Z"),
    # The hour that summer time skips, and the one that winter time gives twice.
    ("2027-03-28T02:30", "2027-03-28T01:30:00Z"),
    ("2027-10-31T02:30", "2027-10-31T00:30:00Z"),
    ("9999-12-31T23:59", "9999-12-31T22:59:00Z"),
    ("", None),
    ("   ", None),
    ("demain", None),
    ("20h", None),
    ("21/03/2027 20:00", "2027-03-21T19:00:00Z"),
    ("21/3/2027 à 20 h 30", "2027-03-21T19:30:00Z"),
    ("21/03/2027 20h", "2027-03-21T19:00:00Z"),
    ("21/03/2027", "2027-03-20T23:00:00Z"),
    ("31/02/2027 20:00", None),
    ("21/03/2027 25:00", None),
    ("2027-02-29T20:00", None),
    ("2027-13-01T20:00", None),
    ("2027-03-21T25:00", None),
    ("2027-03-21T20:60", None),
    ("0001-01-01T00:00", None),
    ("9999-12-31T23:59-12:00", None),
    ("0000-01-01T00:00", None),
    ("12027-03-21T20:00", None),
    ("٢٠٢٧-٠٣-٢١T٢٠:٠٠", None),
    ("２０２７-０３-２１T２０:００", None),
    ("2027‐03‐21T20:00", None),
    ("\0", None),
    ("2027-03-21T20:00\ud83d", None),
    ("9" * 100_000, None),
]


@pytest.mark.parametrize(("sent", "meant"), MOMENTS)
def test_a_moment_is_read_in_paris_time_unless_it_names_another(sent, meant):
    moment = typed.parse_moment(sent)
    assert (iso(moment) if moment else None) == meant


DAYS = [
    ("2027-03-21", "2027-03-21"),
    (" 2027-03-21\r\n", "2027-03-21"),
    ("20270321", "2027-03-21"),
    ("2028-02-29", "2028-02-29"),
    ("0001-01-01", "0001-01-01"),
    ("9999-12-31", "9999-12-31"),
    ("", None),
    ("   ", None),
    ("hier", None),
    ("21/03/2027", None),
    ("2027-3-21", None),
    ("2027-02-29", None),
    ("2027-00-10", None),
    ("0000-01-01", None),
    ("2027-03-21T20:00", None),
    ("2027-03-21 20:00", None),
    ("-2027-03-21", None),
    ("٢٠٢٧-٠٣-٢١", None),
    ("２０２７-０３-２１", None),
    ("2027-03-21\0", None),
    ("2027-03-21\udfff", None),
    ("9" * 100_000, None),
]


@pytest.mark.parametrize(("sent", "meant"), DAYS)
def test_a_day_is_read(sent, meant):
    day = typed.parse_day(sent)
    assert (day.isoformat() if day else None) == meant


FIELDS = [
    ("2027-03-21T19:00:00", "2027-03-21T20:00", "2027-03-21"),
    ("2027-07-14T18:00:59", "2027-07-14T20:00", "2027-07-14"),
    ("2027-03-21T23:30:00", "2027-03-22T00:30", "2027-03-22"),
    ("2027-12-31T23:00:00", "2028-01-01T00:00", "2028-01-01"),
]


@pytest.mark.parametrize(("utc", "moment", "day"), FIELDS)
def test_a_field_holds_a_moment_as_it_would_have_been_typed(utc, moment, day):
    when = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert (typed.moment_field(when), typed.day_field(when)) == (moment, day)
    assert typed.parse_moment(typed.moment_field(when)) == when.replace(second=0)


def test_a_field_without_a_moment_is_empty():
    assert (typed.moment_field(None), typed.day_field(None)) == ("", "")


@pytest.mark.parametrize(
    ("sent", "exists"),
    [
        ("2027-03-28T01:59", True),
        ("2027-03-28T02:00", False),
        (" 2027-03-28T02:59:59 ", False),
        ("2027-03-28T03:00", True),
        ("2027-03-28T02:30Z", True),
        ("2027-03-28T02:30+01:00", True),
        ("9999-12-31T23:59", True),
        ("demain", True),
        ("", True),
    ],
)
def test_an_hour_that_summer_time_skips_is_told(sent, exists):
    assert typed.hour_problem(sent) == (None if exists else typed.NO_SUCH_HOUR)


@pytest.mark.parametrize(
    ("sent", "once"),
    [
        ("2027-10-31T01:59", True),
        ("2027-10-31T02:00", False),
        ("2027-10-31T02:59", False),
        ("2027-10-31T03:00", True),
        ("2027-10-31T02:30+01:00", True),
    ],
)
def test_an_hour_that_winter_time_gives_twice_is_told(sent, once):
    assert typed.hour_problem(sent) == (None if once else typed.TWICE)
