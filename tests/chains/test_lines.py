"""A chained record holds, and each way of changing it is seen."""

from dataclasses import replace

import pytest

from forum.chains.lines import BEGINNING, Line, following, problems, sha256

MOMENT = "2026-12-01T20:00:00Z"


def record(*texts: str) -> list[Line]:
    lines: list[Line] = []
    for text in texts:
        lines.append(following(lines[-1] if lines else None, MOMENT, "said", text))
    return lines


def test_a_record_holds():
    lines = record("un", "deux", "é et 字", "")
    assert list(problems(lines)) == []
    assert lines[0].head.endswith(BEGINNING)
    assert lines[1].head.split(" ")[4] == sha256(lines[0].head)


def test_a_text_that_went_leaves_the_record_whole():
    lines = record("un", "deux", "trois")
    lines[1] = replace(lines[1], nonce=None, text=None)
    assert list(problems(lines)) == []


def reworded(lines):
    lines[1] = replace(lines[1], text="autre")


def hashed_anew(lines):
    lines[1] = following(lines[0], MOMENT, "said", "autre")


def dropped(lines):
    del lines[1]


def swapped(lines):
    lines[1], lines[2] = lines[2], lines[1]


def added(lines):
    lines.insert(1, following(lines[0], MOMENT, "said", "de trop"))


def dated_back(lines):
    lines[1] = replace(lines[1], head=lines[1].head.replace("2026-12-01", "2026-11-01"))


@pytest.mark.parametrize("cheat", [reworded, hashed_anew, dropped, swapped, added, dated_back])
def test_what_is_changed_later_is_seen(cheat):
    lines = record("un", "deux", "trois", "quatre")
    cheat(lines)
    assert list(problems(lines))


def test_the_last_line_cut_off_is_seen_by_whoever_kept_its_sum_alone():
    lines = record("un", "deux")
    kept = lines[-1].sha256
    assert list(problems(lines[:-1])) == []
    assert kept not in {line.sha256 for line in lines[:-1]}
