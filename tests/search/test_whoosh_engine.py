"""What Whoosh must survive."""

import os

import pytest
from whoosh.writing import SegmentWriter

from forum.search.engines.protocol import Unreadable
from forum.search.engines.whoosh.engine import WhooshEngine
from tests.search.index import found, text, write


@pytest.fixture
def engine(tmp_path):
    engine = WhooshEngine(tmp_path / "index")
    for shelf in ("groupes", "textes"):
        engine.rebuild(shelf, [], lambda refs: [])
    yield engine
    engine.close()


def test_segments_stay_few_whatever_the_number_of_commits(engine):
    for number in range(1, 81):
        write(engine, text(number % 30 + 1, f"Bruyère {number}"))
    assert len(engine._shelves["textes"]._leaves()) <= 16
    assert sorted(found(engine, "bruyère", limit=50)) == list(range(1, 31))


def test_each_segment_is_in_the_order_of_the_results(engine):
    for start in range(0, 240, 10):
        write(engine, *(text(number, "Bruyère", weight=number * 37 % 101) for number in range(start, start + 10)))
    leaves = engine._shelves["textes"]._leaves()
    assert max(leaf.count for leaf in leaves) > 60
    for leaf in leaves:
        orders = [leaf.order(number) for number in range(leaf.count)]
        assert orders == sorted(orders)


def test_dates_find_their_place_in_a_big_segment(engine):
    documents = [text(number, "Bruyère" if number % 3 else "Ajonc", "haie") for number in range(60, 0, -1)]
    engine.rebuild("textes", documents, lambda refs: [])
    for since, until in ((0, 299), (300, 400), (301, 1 << 61), (0, 9), (700, 800)):
        expected = [number for number in range(60, 0, -1) if since <= number * 10 <= until]
        assert found(engine, "haie", limit=60, since=since, until=until) == expected
        assert found(engine, "", limit=60, since=since, until=until) == expected
        with_word = [number for number in expected if number % 3]
        assert found(engine, "haie bruyère", limit=60, since=since, until=until) == with_word


@pytest.mark.parametrize("step", ["_flush_segment", "_assemble_segment", "_commit_toc", "add_document"])
def test_a_commit_that_fails_changes_nothing_and_the_next_one_passes(engine, step, monkeypatch):
    write(engine, text(1, "Bruyère"))
    with monkeypatch.context() as broken:
        broken.setattr(SegmentWriter, step, _full_disk)
        with pytest.raises(OSError, match="disque plein"):
            write(engine, text(1, "Ajonc"), text(2, "Ajonc"))
    assert (found(engine, "bruyère"), found(engine, "ajonc")) == ([1], [])
    write(engine, text(2, "Ajonc"))
    assert (found(engine, "bruyère"), found(engine, "ajonc")) == ([1], [2])


def test_two_hundred_openings_keep_no_file_open(engine):
    write(engine, text(0, "Bruyère"))
    found(engine, "bruyère")
    before = len(os.listdir("/proc/self/fd"))
    for number in range(1, 201):
        write(engine, text(number % 3, "Bruyère"))
        assert found(engine, "bruyère") == sorted({number % 3, *range(min(number + 1, 3))}, reverse=True)
    assert len(os.listdir("/proc/self/fd")) <= before + 16


# Whoosh leaves the file it could not read to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("harm", ["cut", "remove"])
def test_a_broken_index_is_said_at_opening_and_rebuilt(engine, tmp_path, harm):
    write(engine, text(1, "Bruyère"))
    (segment,) = (tmp_path / "index" / "textes").glob("*/*.seg")
    if harm == "cut":
        segment.write_bytes(segment.read_bytes()[:100])
    else:
        segment.unlink()
    with pytest.raises(Unreadable):
        found(engine, "bruyère")
    assert not engine.status()[1].ready
    engine.rebuild("textes", [text(1, "Bruyère")], lambda refs: [])
    assert found(engine, "bruyère") == [1]


def test_what_a_killed_rebuild_left_is_forgotten_then_swept(engine, tmp_path):
    folder = tmp_path / "index" / "textes"
    builds = engine._shelves["textes"].builds
    builds.follow()
    left = builds.new()
    (left / "_MAIN_0.toc").touch()
    os.utime(left, (0, 0))
    write(engine, text(1, "Bruyère"))
    assert not (folder / "TOUCHED").exists()
    stray = builds.current() / "_MAIN_1.toc.1700000000.0"
    stray.touch()
    engine.rebuild("textes", [], lambda refs: [])
    assert not left.exists()
    assert not stray.exists()


def test_nobody_else_can_enter_the_folder(engine, tmp_path):
    folders = [tmp_path / "index", *(path for path in (tmp_path / "index").rglob("*") if path.is_dir())]
    assert len(folders) == 5
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}


def _full_disk(*_, **__):
    raise OSError("disque plein")
