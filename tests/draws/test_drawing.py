"""The formula, its tickets and its seeds: exact bytes, so that anybody makes the same."""

import hashlib
from datetime import UTC, date, datetime

import pytest

from forum.draws import colleges, ranking, tickets
from forum.draws.sources import NoSuchSource, Source, round_after, seed_of, source_named

LOTO = Source("LOTO", date(2026, 12, 5))
SEED = "LOTO 2026-12-05 3.7.21.33.49;LOTO-CHANCE 2026-12-05 8"


def test_a_commitment_is_the_beginning_of_one_sum():
    nonce = "00112233445566778899aabbccddeeff"
    made = hashlib.sha256(b"7|00112233445566778899aabbccddeeff|gen\xc3\xaat").hexdigest()
    assert tickets.commitment(7, nonce, "genêt") == made[:32]


def test_a_list_is_ascii_and_each_of_its_lines_ends():
    made = tickets.shuffled([("genêt", "nord"), ("bleuet", ""), ("granit", "sud")])
    assert [ticket.number for ticket in made] == [1, 2, 3]
    assert {ticket.label for ticket in made} == {"genêt", "bleuet", "granit"}
    lines = [ticket.line for ticket in made]
    assert tickets.listed(lines).decode("ascii").count("\n") == 3
    assert tickets.digest(lines) == hashlib.sha256(tickets.listed(lines)).hexdigest()
    assert all(len(line.split(" ")) == (3 if ticket.college else 2) for line, ticket in zip(lines, made, strict=True))


def test_the_order_of_a_list_is_not_the_order_given():
    labels = [(f"granit{number}", "") for number in range(200)]
    assert [ticket.label for ticket in tickets.shuffled(labels)] != [label for label, _ in labels]


def test_seeds_are_written_in_one_form_only():
    assert seed_of([(LOTO, [49, 3, 33, 7, 21, 8])]) == SEED
    euro = Source("EUROMILLIONS", date(2026, 12, 4))
    assert seed_of([(euro, [5, 4, 3, 2, 1, 12, 2])]) == (
        "EUROMILLIONS 2026-12-04 1.2.3.4.5;EUROMILLIONS-ETOILES 2026-12-04 2.12"
    )
    dice = Source("DES", date(2026, 12, 1))
    assert seed_of([(dice, [6, 1, 6, 2, 5, 5, 1, 3, 4, 2]), (Source("EXEMPLE", date(2026, 12, 1)), [12, 5])]) == (
        "DES 2026-12-01 6.1.6.2.5.5.1.3.4.2;EXEMPLE 2026-12-01 12.5"
    )


@pytest.mark.parametrize(
    "numbers",
    [[], [1, 2, 3, 4, 5], [1, 2, 3, 4, 4, 8], [1, 2, 3, 4, 50, 8], [1, 2, 3, 4, 5, 11], [0, 2, 3, 4, 5, 1], ["1"] * 6],
)
def test_numbers_that_no_loto_gives_are_refused(numbers):
    with pytest.raises(NoSuchSource, match="numéros"):
        LOTO.parts(numbers)


def test_a_game_is_drawn_on_its_days_in_the_evening_of_paris():
    assert LOTO.known_at == datetime(2026, 12, 5, 19, tzinfo=UTC)
    assert Source("LOTO", date(2026, 7, 4)).known_at == datetime(2026, 7, 4, 18, tzinfo=UTC)
    with pytest.raises(NoSuchSource):
        source_named("LOTO", date(2026, 12, 4))
    assert LOTO.next() == Source("LOTO", date(2026, 12, 7))
    with pytest.raises(NoSuchSource):
        source_named("TOMBOLA", date(2026, 12, 5))


def test_a_round_of_drand_has_its_moment():
    wanted = datetime(2026, 12, 5, 19, tzinfo=UTC)
    number = round_after("QUICKNET", wanted)
    source = source_named(f"DRAND-QUICKNET-{number}", date(2026, 12, 5))
    assert 0 <= (source.known_at - wanted).total_seconds() < 3
    assert source.parts(["0a" * 32]) == [f"DRAND-QUICKNET-{number} 2026-12-05 {'0a' * 32}"]
    for wrong in (["0A" * 32], ["0a" * 31], [], [12]):
        with pytest.raises(NoSuchSource):
            source.parts(wrong)
    with pytest.raises(NoSuchSource):
        source_named(f"DRAND-QUICKNET-{number}", date(2026, 12, 6))
    with pytest.raises(NoSuchSource):
        source_named("DRAND-OTHER-12", date(2026, 12, 6))


# Each by `printf %s 'SEED|NUMBER' | sha256sum`.
def test_tickets_are_ranked_by_the_sum_of_seed_and_number():
    sums = {number: hashlib.sha256(f"{SEED}|{number}".encode()).hexdigest() for number in range(1, 9)}
    assert ranking.ranked(SEED, range(1, 9)) == sorted(sums, key=sums.__getitem__)
    assert ranking.key(SEED, 1) == sums[1]


def test_a_withdrawal_moves_nobody_else():
    pool = dict.fromkeys(range(1, 101), "")
    before = ranking.drawn(SEED, pool, {"": 10})
    after = ranking.drawn(SEED, pool, {"": 10}, out={before.drawn[3]})
    assert after.drawn == [number for number in before.drawn if number != before.drawn[3]] + before.reserves[:1]
    assert after.reserves == before.reserves[1:]


def test_a_college_is_the_same_ranking_filtered():
    pool = {number: ("nord", "sud", "est")[number % 3] for number in range(1, 101)}
    seats = {"nord": 4, "sud": 3, "est": 3}
    picks = ranking.drawn(SEED, pool, seats)
    order = ranking.ranked(SEED, pool)
    for college, number in seats.items():
        of_college = [ticket for ticket in order if pool[ticket] == college]
        assert [ticket for ticket in picks.drawn if pool[ticket] == college] == of_college[:number]


@pytest.mark.parametrize(
    ("seats", "members", "given"),
    [
        (10, {"a": 50, "b": 50}, {"a": 5, "b": 5}),
        (10, {"a": 45, "b": 45, "sans-declaration": 10}, {"a": 5, "b": 4, "sans-declaration": 1}),
        (1, {"a": 10, "b": 30}, {"a": 0, "b": 1}),
        (7, {"a": 7}, {"a": 7}),
        (3, {"b": 10, "a": 10, "c": 10}, {"b": 1, "a": 1, "c": 1}),
    ],
)
def test_seats_are_shared_in_proportion(seats, members, given):
    assert colleges.shared(seats, members) == given


def test_more_seats_than_tickets_are_refused():
    for seats in (0, 4):
        with pytest.raises(ValueError, match="seats"):
            colleges.shared(seats, {"a": 3})
    assert colleges.too_small({"a": 9, "b": 10}) == ["a"]
