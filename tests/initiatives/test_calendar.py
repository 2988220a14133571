"""The calendar files that phones subscribe to (RFC 5545)."""

from datetime import UTC, datetime

from forum.initiatives import actions
from forum.initiatives.calendar import Event, calendar
from forum.initiatives.models import Initiative
from tests.initiatives import planned
from tests.world import member

EVENT = Event(
    key="abcd2345",
    title="Marché ; « Bellac », jour\\nuit",
    text="Un\nDeux",
    place="Place é" + "é" * 60,
    starts_at=datetime(2030, 3, 17, 13, tzinfo=UTC),
    ends_at=datetime(2030, 3, 17, 15, 30, tzinfo=UTC),
    stamp=datetime(2030, 1, 1, tzinfo=UTC),
    sequence=3,
    cancelled=False,
    address="/i/abcd2345",
)


def test_an_event_is_written_as_the_standard_wants():
    file = calendar("#insoumis", "https://forum.example", [EVENT])
    lines = file.replace("\r\n ", "").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    for line in (
        "UID:abcd2345@forum.example",
        "DTSTART:20300317T130000Z",
        "DTEND:20300317T153000Z",
        "SEQUENCE:3",
        "STATUS:CONFIRMED",
        "SUMMARY:Marché \\; « Bellac »\\, jour\\\\nuit",
        "DESCRIPTION:Un\\nDeux",
        f"LOCATION:{EVENT.place}",
    ):
        assert line in lines


def test_no_line_is_longer_than_75_octets_and_no_sign_is_cut():
    for line in calendar("é" * 200, "https://forum.example", [EVENT]).split("\r\n"):
        assert len(line.encode()) <= 75


def unfolded(calendar: str) -> str:
    return calendar.replace("\r\n ", "")


def test_a_group_s_feed_holds_what_is_to_come_and_says_what_is_cancelled(guest):
    meeting = planned(body="On apporte la **colle**.\n\n- 8 h : la table\n- 10 h : la relève")
    answer = guest.get("/g/insoumis-087.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert "DTSTART:20270321T130000Z" in answer.text
    assert "DESCRIPTION:On apporte la colle.\\n8 h : la table\\n10 h : la relève\r\n" in unfolded(answer.text)
    assert "CONFIRMED" in answer.text
    actions.cancel(member("Alice"), Initiative.get(), "Pluie")
    assert "STATUS:CANCELLED" in guest.get("/g/insoumis-087.ics").text
    assert meeting.key in guest.get(f"/i/{meeting.key}.ics").headers["Content-Disposition"]


def test_there_is_no_feed_of_a_secret_group_even_for_its_members(alice, guest):
    assert guest.get("/g/veilleuses.ics").status_code == alice.get("/g/veilleuses.ics").status_code == 404
