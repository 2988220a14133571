"""Whoever runs the site, and holds its database, cheats in each way there is: who sees it?

A stranger has what is published (the files, the script, the numbers of the game); a holder besides kept the letter of
the freeze; what nobody sees, no lot can show, and the page says so.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from forum.chains import queries as chains
from forum.chains.lines import Line, following
from forum.chains.models import ChainLine
from forum.database.clock import at
from forum.database.connection import database
from forum.draws import actions, tickets
from forum.draws.actions.entering import _draw
from forum.draws.models import Draw, DrawOrder, DrawSource, DrawTicket, TicketHolder
from tests.draws import AFTER, FREEZING, LOTO, crowd, drawn, freeze, prepared, with_volunteers
from tests.world import member

STRANGER, HOLDER, NOBODY = "a stranger", "a holder of the letter", "nobody"
# What the game published, which everybody can look up: when it was held, and what came.
HELD, PUBLISHED = "2027-03-20T19:00:00Z", ("LOTO", "2027-03-20", [3, 7, 21, 33, 49])


class Outside:
    """What is known outside of the server."""

    def __init__(self, guest, draw: Draw, folder: Path) -> None:
        self.guest, self.key, self.folder = guest, draw.key, folder
        ticket = TicketHolder.get(TicketHolder.member == member("Galet0")).ticket
        self.letter = {"line": ticket.line, "head": guest.get(f"/tirages/{draw.key}.json").json["head"]}

    def download(self, name: str) -> str:
        body = self.guest.get(f"/tirages/{name}").data
        (self.folder / name.rpartition("/")[2]).write_bytes(body)
        return body.decode()

    def stranger_sees(self) -> bool:
        key = self.key
        told = json.loads(self.download(f"{key}.json"))
        heads = [json.loads(line)["head"].split(" ") for line in self.download(f"{key}.jsonl").splitlines()]
        for name in ("billets.txt", "verifier.py"):
            self.download(f"{key}/{name}")
        command = [sys.executable, "verifier.py", f"{key}.json", "billets.txt", f"{key}.jsonl"]
        wrong = subprocess.run(command, cwd=self.folder, capture_output=True).returncode != 0
        source = told["sources"][0]
        other_numbers = (source["name"], source["date"], source["numbers"]) != PUBLISHED
        return wrong or other_numbers or any(moment >= HELD for _, moment, act, *_ in heads if act == "frozen")

    def holder_sees(self) -> bool:
        record = [json.loads(line) for line in self.download(f"{self.key}.jsonl").splitlines()]
        heads = {Line(**line).sha256 for line in record}
        lines = self.download(f"{self.key}/billets.txt").splitlines()
        return self.letter["head"] not in heads or self.letter["line"] not in lines


def ticket(draw: Draw, called: bool) -> DrawTicket:
    return DrawTicket.get(DrawTicket.draw == draw.id, DrawTicket.called_at.is_null(not called))


def rewrite(draw: Draw, frozen_at: str | None = None, **facts: object) -> None:
    """Make the record of this draw anew from its freeze on, with another moment or other facts of the freeze."""
    made: list[Line] = []
    for row in chains.lines_of(draw.chain):
        _, moment, act, _, _ = row.head.split(" ")
        told = json.loads(row.text or "{}") | (facts if act == "frozen" else {})
        moment = frozen_at if act == "frozen" and frozen_at else moment
        made.append(following(made[-1] if made else None, moment, act, json.dumps(told)))
        columns = {"head": made[-1].head, "nonce": made[-1].nonce, "text": made[-1].text}
        ChainLine.update(**columns).where(ChainLine.id == row.id).execute()


def list_anew(draw: Draw) -> None:
    """Other numbers and codes for the same people, with the freeze that goes with them."""
    rows = list(DrawTicket.select().where(DrawTicket.draw == draw.id).order_by(DrawTicket.number))
    made = tickets.shuffled([(row.label, "") for row in rows])
    for row, other in zip(rows, made, strict=True):
        row.commitment, row.nonce, row.label = other.commitment, other.nonce, other.label
        row.save()
    sha256 = tickets.digest([each.line for each in made])
    Draw.update(tickets_sha256=sha256).where(Draw.id == draw.id).execute()
    rewrite(draw, tickets_sha256=sha256)


def reorders_the_result(draw: Draw) -> None:
    first, second, *others = DrawOrder.get(DrawOrder.draw == draw.id).numbers.split(".")
    DrawOrder.update(numbers=".".join([second, first, *others])).where(DrawOrder.draw == draw.id).execute()


def puts_a_friend_in(draw: Draw) -> None:
    out, friend = ticket(draw, called=True), ticket(draw, called=False)
    friend.called_at, out.called_at = out.called_at, None
    out.save()
    friend.save()


def drops_a_ticket(draw: Draw) -> None:
    ticket(draw, called=True).delete_instance()


def adds_a_ticket(draw: Draw) -> None:
    DrawTicket.create(draw=draw, number=draw.tickets_count + 1, commitment="0" * 32)


def swaps_who_a_drawn_ticket_is(draw: Draw) -> None:
    DrawTicket.update(label="Ami").where(DrawTicket.id == ticket(draw, called=True).id).execute()


def enters_other_numbers_with_a_friend(draw: Draw) -> None:
    drawn(draw, "3 7 21 33 48 8")


def picks_another_source(draw: Draw) -> None:
    part = "EUROMILLIONS 2027-03-19 1.2.3.4.5;EUROMILLIONS-ETOILES 2027-03-19 6.7"
    DrawSource.update(name="EUROMILLIONS", day="2027-03-19", seed_part=part).where(DrawSource.draw == draw.id).execute()
    _draw(draw, part)


def freezes_once_the_numbers_are_known(draw: Draw) -> None:
    rewrite(draw, frozen_at="2027-03-20T20:00:00Z")


def changes_a_line_of_the_record(draw: Draw) -> None:
    row = chains.line_numbered(draw.chain, draw.frozen_line)
    ChainLine.update(head=row.head.replace("2027-03-17", "2027-03-16")).where(ChainLine.id == row.id).execute()


def has_more_seats_than_were_frozen(draw: Draw) -> None:
    Draw.update(seats=draw.seats + 1).where(Draw.id == draw.id).execute()
    actions.enter(member("Alice"), draw, "0", "1 2 3 4 5 6")
    _draw(Draw.get_by_id(draw.id), draw.seed)


def freezes_anew_until_it_pleases(draw: Draw) -> None:
    list_anew(draw)


def dates_the_freeze_back(draw: Draw) -> None:
    rewrite(draw, frozen_at="2027-03-16T18:00:00Z")


CHEATS = {
    reorders_the_result: STRANGER,
    puts_a_friend_in: STRANGER,
    drops_a_ticket: STRANGER,
    adds_a_ticket: STRANGER,
    swaps_who_a_drawn_ticket_is: STRANGER,
    enters_other_numbers_with_a_friend: STRANGER,
    picks_another_source: STRANGER,
    freezes_once_the_numbers_are_known: STRANGER,
    changes_a_line_of_the_record: STRANGER,
    has_more_seats_than_were_frozen: STRANGER,
    freezes_anew_until_it_pleases: HOLDER,
    dates_the_freeze_back: HOLDER,
}


def who_sees(outside: Outside) -> str:
    return STRANGER if outside.stranger_sees() else HOLDER if outside.holder_sees() else NOBODY


@pytest.mark.parametrize(("cheat", "who"), CHEATS.items(), ids=[cheat.__name__ for cheat in CHEATS])
def test_who_sees_what_is_changed_later(site, guest, tmp_path, cheat, who):
    draw = drawn(freeze(with_volunteers(9)))
    outside = Outside(guest, draw, tmp_path)
    assert who_sees(outside) == NOBODY
    with at(AFTER):
        cheat(draw)
    assert who_sees(outside) == who


def test_a_drawing_said_not_to_be_held_is_seen_by_whoever_looks_it_up(site, guest, tmp_path):
    draw = freeze(with_volunteers(9))
    with at(AFTER):
        for name in ("Alice", "Galet0"):
            actions.enter(member(name), draw, "0", "", not_held=True)
    assert "not-held" in guest.get(f"/tirages/{draw.key}.jsonl").text
    assert Outside(guest, draw, tmp_path).stranger_sees()


def test_nobody_sees_tickets_that_were_invented_before_the_freeze(site, guest, tmp_path):
    draw = with_volunteers(9)
    for friend in crowd(20, word="Ami"):
        actions.stand(friend, draw)
    outside = Outside(guest, drawn(freeze(draw)), tmp_path)
    assert who_sees(outside) == NOBODY
    assert "Personne ne voit des billets inventés avant le gel" in guest.get(f"/tirages/{draw.key}").text


def test_nobody_sees_an_order_ground_before_the_freeze_and_it_gains_nothing(site, guest, tmp_path):
    draw = with_volunteers(9)
    with at(FREEZING):
        for _ in range(5):
            with database.atomic() as trial:
                actions.freeze(member("Alice"), draw, "2")
                trial.rollback()
    outside = Outside(guest, drawn(freeze(draw)), tmp_path)
    assert who_sees(outside) == NOBODY


def test_nobody_sees_a_record_made_anew_before_somebody_kept_its_head(site, guest, tmp_path):
    draw = drawn(freeze(with_volunteers(9)))
    list_anew(draw)
    assert who_sees(Outside(guest, draw, tmp_path)) == NOBODY
    assert "récrit en entier avant que quelqu’un en ait gardé la tête" in guest.get(f"/tirages/{draw.key}").text


def test_with_dice_the_page_says_that_only_those_present_can_vouch(site, guest):
    draw = freeze(prepared(pool="list", labels="Gneiss\nBasalte\nMarne", source="dice"))
    assert "Les dés n’ont pour témoins que les personnes présentes" in guest.get(f"/tirages/{draw.key}").text
    assert LOTO not in guest.get(f"/tirages/{draw.key}").text
