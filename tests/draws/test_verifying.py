"""What anybody recomputes with the script, or with one line of shell, is what the site shows."""

import json
import random
import runpy
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import forum.draws
from forum.chains.lines import following
from forum.database.clock import at
from forum.draws import actions, colleges, ranking, tickets, words
from forum.draws.sources import Source, seed_of
from tests.draws import AFTER, LOTO, crowd, drawn, freeze, prepared, with_volunteers
from tests.world import member

SCRIPT = Path(forum.draws.__file__).parent / "verifier.py"
CHANCE = random.Random(19)


def generated(number: int) -> dict:
    """A draw of made-up tickets, half of them with colleges, some withdrawn, as the site tells it."""
    names = ["femmes", "hommes", "sans-declaration"] if number % 2 else [""]
    labels = [(f"genêt{rank}", CHANCE.choice(names)) for rank in range(CHANCE.randint(4, 12))]
    made = tickets.shuffled(labels)
    counts = {name: sum(ticket.college == name for ticket in made) for name in {ticket.college for ticket in made}}
    seats = CHANCE.randint(1, len(made))
    shares = colleges.shared(seats, counts)
    numbers = [*CHANCE.sample(range(1, 50), 5), CHANCE.randint(1, 10)]
    source = Source("LOTO", date(2027, 3, 20))
    seed = seed_of([(source, numbers)])
    out = CHANCE.sample(range(1, len(made) + 1), CHANCE.choice([0, 0, 1]))
    picks = ranking.drawn(seed, {ticket.number: ticket.college for ticket in made}, shares, out)
    parts = [dict(zip(("name", "date", "numbers"), part.split(" "), strict=True)) for part in seed.split(";")]
    told = {
        "key": f"draw{number}",
        "tickets_sha256": tickets.digest([ticket.line for ticket in made]),
        "seats": seats,
        "colleges": {} if names == [""] else shares,
        "seed": seed,
        "sources": [part | {"numbers": [int(each) for each in part["numbers"].split(".")]} for part in parts],
        "drawn": picks.drawn,
        "withdrawn": out,
        "opened": [{"number": each.number, "nonce": each.nonce, "label": each.label} for each in made],
    }
    return {"told": told, "list": tickets.listed([ticket.line for ticket in made]), "seed": seed}


def recorded(told: dict) -> str:
    """The line of its freeze."""
    facts = {name: told[name] for name in ("tickets_sha256", "seats", "colleges")} | {"draw": told["key"], "é": "é"}
    line = following(None, "2027-03-17T18:00:00Z", "frozen", json.dumps(facts, ensure_ascii=False))
    return json.dumps({"head": line.head, "nonce": line.nonce, "text": line.text}, ensure_ascii=False) + "\n"


def written(folder: Path, told: dict, listed: bytes, record: str) -> list[str]:
    """The three files that the script is given."""
    paths = [folder / "tirage.json", folder / "billets.txt", folder / "record.jsonl"]
    for path, body in zip(paths, (json.dumps(told).encode(), listed, record.encode()), strict=True):
        path.write_bytes(body)
    return [str(path) for path in paths]


def by_script(files: list[str], monkeypatch, capsys) -> list[int]:
    """What the script prints."""
    monkeypatch.setattr(sys, "argv", ["verifier.py", *files])
    runpy.run_path(str(SCRIPT))
    return [int(number) for number in capsys.readouterr().out.split()]


def by_shell(folder: Path, seed: str, seats: int) -> list[int]:
    """What the line of shell prints, where the list has no colleges and nobody has withdrawn."""
    line = words.one_line_of_shell(seed, seats)
    printed = subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, text=True, check=True).stdout
    return [int(number) for number in printed.split()]


def test_a_hundred_draws_are_recomputed_alike(tmp_path, monkeypatch, capsys):
    shells = 0
    for number in range(100):
        made = generated(number)
        told = made["told"]
        files = written(tmp_path, told, made["list"], recorded(told))
        assert by_script(files, monkeypatch, capsys) == told["drawn"]
        if not told["colleges"] and not told["withdrawn"]:
            assert by_shell(tmp_path, made["seed"], told["seats"]) == told["drawn"]
            shells += 1
    assert shells > 20


def test_the_script_is_short_and_is_served(site, guest):
    draw = freeze(prepared(pool="list", labels="Gneiss\nBasalte\nMarne"))
    served = guest.get(f"/tirages/{draw.key}/verifier.py")
    assert f"{draw.key}.json" in served.text
    parts = served.text.split("\n\n# ")
    record, draw_and_list = parts[1], [*parts[2].splitlines(), *parts[3].splitlines()]
    assert len(record.splitlines()) <= 11
    assert len(draw_and_list) <= 18
    assert "Set-Cookie" not in served.headers


def plain(site) -> str:
    return drawn(freeze(with_volunteers(9), seats=3)).key


def after_a_withdrawal(site) -> str:
    draw = drawn(freeze(with_volunteers(9), seats=3))
    gone = site.visitor().get(f"/tirages/{draw.key}.json").json["drawn"][0]
    actions.withdraw(member("Alice"), draw, str(gone))
    return draw.key


def with_colleges(site) -> str:
    draw = prepared(grouping="parity")
    for word, gender in (("Aulne", "femmes"), ("Bouleau", "hommes"), ("Galet", "")):
        for person in crowd(11, word=word):
            actions.stand(person, draw, gender)
    return drawn(freeze(draw, seats=7)).key


@pytest.mark.parametrize("way", [plain, after_a_withdrawal, with_colleges])
def test_what_a_stranger_downloads_verifies(site, guest, tmp_path, way):
    key = way(site)
    for name in (f"{key}.json", f"{key}.jsonl", f"{key}/billets.txt", f"{key}/verifier.py"):
        (tmp_path / name.rpartition("/")[2]).write_bytes(guest.get(f"/tirages/{name}").data)
    command = [sys.executable, "verifier.py", f"{key}.json", "billets.txt", f"{key}.jsonl"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told = guest.get(f"/tirages/{key}.json").json
    assert [int(number) for number in done.stdout.split()] == told["drawn"]
    if way is plain:
        assert words.one_line_of_shell(told["seed"], 3) in guest.get(f"/tirages/{key}").text.replace(
            "&#39;", "'"
        ).replace("&#34;", '"')
        assert by_shell(tmp_path, told["seed"], 3) == told["drawn"]


def test_one_s_own_ticket_says_where_it_stands_and_why(site):
    draw = drawn(freeze(with_volunteers(9), seats=3))
    told = site.visitor().get(f"/tirages/{draw.key}.json").json
    order = ranking.ranked(told["seed"], range(1, 10))
    for name in (f"Galet{rank}" for rank in range(8)):
        page = site.visitor(name).get(f"/tirages/{draw.key}/mon-billet").text
        number = int(page.split("Mon billet\xa0: n° ")[1].split("<")[0])
        assert f"au rang {order.index(number) + 1} sur 9" in page
        assert ("Vous êtes tiré·e." in page) == (number in told["drawn"])
        assert ranking.key(told["seed"], number) in page
        assert ranking.key(told["seed"], told["drawn"][-1]) in page
        assert "/static/build/draws." in page


def test_the_page_for_a_wall_shows_rank_after_rank_and_is_light(site, guest):
    draw = drawn(freeze(with_volunteers(9), seats=3))
    drawn_ = guest.get(f"/tirages/{draw.key}.json").json["drawn"]
    page = guest.get(f"/tirages/{draw.key}/ecran?rang=2")
    assert f"<b>{drawn_[1]}</b>" in page.text
    assert f"<b>{drawn_[2]}</b>" not in page.text
    assert "ecran?rang=3" in page.text
    assert "ecran?rang=4" not in guest.get(f"/tirages/{draw.key}/ecran?rang=3").text
    packed = guest.get(f"/tirages/{draw.key}/ecran?rang=3", headers={"Accept-Encoding": "gzip"})
    assert len(packed.data) < 10_000


def test_a_hundred_and_thirty_thousand_tickets_are_ranked(site):
    order = ranking.ranked("LOTO 2027-03-20 3.7.21.33.49;LOTO-CHANCE 2027-03-20 8", range(1, 130_001))
    assert sorted(order[:3]) != [1, 2, 3]
    assert len(set(order)) == 130_000


def test_numbers_are_asked_of_members_alone(site, bob, guest):
    draw = freeze(with_volunteers(3))
    with at(AFTER):
        for visitor in (bob, guest):
            answer = visitor.post(f"/tirages/{draw.key}/nombres", {"source": "0", "numbers": LOTO})
            assert answer.status_code == 403
