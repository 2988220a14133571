"""Dates as a member reads them, in Paris, whatever the clock of the machine."""

from datetime import UTC, datetime, timedelta

import pytest

from forum.text import dates

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)  # a Wednesday, 13:00 in Paris


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("when", "read"),
    [
        ("2026-11-18T19:00", "aujourd’hui à 20 h"),
        ("2026-11-19T07:30", "demain à 8 h 30"),
        ("2026-11-18T23:05", "demain à 0 h 05"),
        ("2026-11-17T19:00", "hier à 20 h"),
        ("2026-11-22T19:00", "dimanche à 20 h"),
        ("2026-11-24T19:00", "mardi à 20 h"),
        ("2026-11-25T19:00", "mercredi 25 novembre à 20 h"),
        ("2026-11-15T19:00", "dimanche 15 novembre à 20 h"),
        ("2026-08-01T10:00", "samedi 1er août à 12 h"),
        ("2027-03-03T19:00", "mercredi 3 mars 2027 à 20 h"),
    ],
)
def test_a_moment_reads_by_its_distance(when, read):
    assert spaced(dates.moment(at(when), NOW)) == read


@pytest.mark.parametrize(
    ("when", "read"),
    [
        ("2026-11-18T12:05", "à l’instant"),
        ("2026-11-18T11:59:30", "à l’instant"),
        ("2026-11-18T11:55", "il y a 5 min"),
        ("2026-11-18T10:00", "il y a 2 h"),
        ("2026-11-17T23:30", "il y a 12 h"),
        ("2026-11-17T22:30", "hier"),
        ("2026-11-15T12:00", "il y a 3 jours"),
        ("2026-11-11T12:00", "le 11 novembre"),
        ("2026-03-03T12:00", "le 3 mars"),
        ("2025-12-31T12:00", "le 31 décembre 2025"),
    ],
)
def test_what_has_happened_reads_by_its_age(when, read):
    assert spaced(dates.ago(at(when), NOW)) == read


def test_just_after_midnight_the_last_evening_is_counted_in_hours():
    midnight = at("2026-11-18T23:10")
    assert spaced(dates.ago(midnight - timedelta(hours=2), midnight)) == "il y a 2 h"


@pytest.mark.parametrize(
    ("when", "read"),
    [
        ("2026-11-22T19:00", "se termine dimanche à 20 h"),
        ("2026-11-19T19:00", "se termine demain à 20 h"),
        ("2026-11-18T12:12", "se termine dans 12 min"),
        ("2026-11-18T12:00:20", "se termine dans 1 min"),
        ("2026-11-29T19:00", "se termine le dimanche 29 novembre à 20 h"),
        ("2026-11-18T12:00", "terminée à l’instant"),
        ("2026-11-17T19:00", "terminée hier"),
        ("2026-03-03T12:00", "terminée le 3 mars"),
    ],
)
def test_the_end_of_a_vote_reads_before_and_after(when, read):
    assert spaced(dates.closing(at(when), NOW)) == read


@pytest.mark.parametrize(
    ("when", "read"),
    [
        ("2026-11-22T19:00", "s’ouvre dimanche à 20 h"),
        ("2026-11-18T12:12", "s’ouvre dans 12 min"),
        ("2026-11-29T19:00", "s’ouvre le dimanche 29 novembre à 20 h"),
    ],
)
def test_the_beginning_of_a_vote_reads(when, read):
    assert spaced(dates.opening(at(when), NOW)) == read


def test_a_date_in_full_has_its_ordinal_and_its_year():
    assert spaced(dates.day(at("2026-02-28T23:30"))) == "le 1er mars 2026"


def test_summer_time_is_followed():
    assert spaced(dates.moment(at("2026-07-14T18:00"), at("2026-07-14T08:00"))) == "aujourd’hui à 20 h"


def test_machines_read_utc():
    assert dates.iso(at("2026-11-22T19:00")) == "2026-11-22T19:00:00Z"


def test_a_figure_is_never_parted_from_its_unit():
    assert "20\u00a0h" in dates.moment(at("2026-11-22T19:00"), NOW)


def test_without_a_given_now_the_clock_is_read():
    assert dates.ago(datetime.now(UTC)) == "à l’instant"
