"""What any engine promises, and what Whoosh must survive."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest
from whoosh.writing import SegmentWriter

from forum.search import analyser
from forum.search.engine import Busy, Document, Hit, Query, Unreadable, Word
from forum.search.whoosh_engine import WhooshEngine

NOBODY = frozenset()
GROUPS = frozenset({"groupe"})


@pytest.fixture
def engine(tmp_path):
    engine = WhooshEngine(tmp_path / "index")
    for shelf in ("groupes", "textes"):
        engine.rebuild(shelf, [], lambda refs: [])
    yield engine
    engine.close()


def test_a_text_is_found_by_its_words_once_committed(engine):
    batch = engine.begin()
    batch.update([text(1, "Le budget", "Nous votons le budget participatif.")])
    assert found(engine, "participatif") == []
    batch.commit()
    assert found(engine, "participatif budget") == [1]
    assert found(engine, "participatif retraites") == []


def test_a_text_changed_is_found_by_its_new_words_only(engine):
    write(engine, text(1, "Ancien", "bruyère"))
    write(engine, text(1, "Nouveau", "ajonc"))
    assert found(engine, "ajonc") == [1]
    assert found(engine, "bruyère") == []


def test_a_text_removed_is_found_no_more_by_a_reader_already_open(engine):
    write(engine, text(1, "Bruyère"), text(2, "Bruyère"))
    assert found(engine, "bruyère") == [2, 1]
    with engine.begin() as batch:
        batch.delete([("discussion", 2)])
    assert found(engine, "bruyère") == [1]


def test_the_last_word_on_a_text_wins_within_a_batch(engine):
    with engine.begin() as batch:
        batch.update([text(1, "Bruyère"), text(1, "Ajonc")])
        batch.update([text(2, "Genêt")])
        batch.delete([("discussion", 2)])
    assert (found(engine, "ajonc"), found(engine, "bruyère"), found(engine, "genêt")) == ([1], [], [])


def test_only_the_audience_finds_what_is_kept_to_a_group(engine):
    write(engine, text(1, "Bruyère"), text(2, "Bruyère", audience=7), text(3, "Bruyère", audience=8))
    assert found(engine, "bruyère") == [1]
    assert found(engine, "bruyère", audience=frozenset({7})) == [2, 1]
    assert found(engine, "bruyère", audience=frozenset({7, 8})) == [3, 2, 1]


def test_titles_come_first_then_the_latest(engine):
    write(engine, *(text(number, "Genêt", "bruyère") for number in (1, 2, 3)), text(4, "Bruyère", weight=1))
    assert found(engine, "bruyère") == [4, 3, 2, 1]
    assert found(engine, "bruyère", limit=2, after=1) == [3, 2]


def test_order_holds_over_many_commits(engine):
    for number in range(1, 41):
        write(engine, text(number, f"Bruyère {number}", weight=(number * 17) % 41))
    expected = sorted(range(1, 41), key=lambda number: -((number * 17) % 41))
    assert found(engine, "bruyère", limit=50) == expected
    assert found(engine, "bruyère", limit=10, after=20) == expected[20:30]


def test_order_holds_within_a_large_batch(engine):
    write(engine, *(text(number, "Bruyère") for number in range(1, 1101)))
    assert found(engine, "bruyère", limit=60) == list(range(1100, 1040, -1))


def test_segments_stay_few_whatever_the_number_of_commits(engine):
    for number in range(1, 81):
        write(engine, text(number % 30 + 1, f"Bruyère {number}"))
    assert len(engine._shelves["textes"]._leaves()) <= 16
    assert sorted(found(engine, "bruyère", limit=50)) == list(range(1, 31))


def test_kinds_places_tags_and_groups_narrow_the_results(engine):
    write(
        engine,
        text(1, "Bruyère", places=("087", "087-03"), tags=(5,), group=1),
        text(2, "Bruyère", places=("023",), tags=(6,), group=2),
        Document("proposition", 1, "Bruyère", weight=9),
    )
    assert hits(engine, Query(asked("bruyère"), frozenset({"proposition"}))) == [Hit("proposition", 1)]
    assert found(engine, "bruyère", places=("087",)) == [1]
    assert found(engine, "bruyère", tags=(6, 9)) == [2]
    assert found(engine, "bruyère", groups=(1,)) == [1]
    assert found(engine, "", tags=(5, 6)) == [2, 1]


def test_a_word_that_names_a_tag_finds_either(engine):
    write(engine, text(1, "Numérique"), text(2, "Ordinateurs", tags=(5,)), text(3, "Genêt"))
    query = Query((Word(("numerique",), tags=(5,)),))
    assert [hit.id for hit in hits(engine, query)] == [2, 1]


def test_an_unfinished_word_finds_what_begins_so(engine):
    write(engine, text(1, "Informatique"), text(2, "Informations"))
    assert hits(engine, Query((Word(("informat",)),))) == []
    assert [hit.id for hit in hits(engine, Query((Word(("informat",), unfinished=True),)))] == [2, 1]


def test_groups_are_found_by_the_beginning_of_any_word_the_largest_first(engine):
    with engine.begin() as batch:
        batch.update([group(1, "insoumis-087", "Haute-Vienne Limoges", weight=30), group(2, "insoumis", weight=400)])
        batch.update([group(3, "insoumis-cevenol", weight=3), group(4, "bocage", body="informatique", weight=9)])
    assert [hit.id for hit in hits(engine, Query(asked("ins"), GROUPS))] == [2, 1, 3]
    assert [hit.id for hit in hits(engine, Query(asked("ins vie"), GROUPS))] == [1]
    assert [hit.id for hit in hits(engine, Query(asked("087"), GROUPS))] == [1]
    assert [hit.id for hit in hits(engine, Query(asked("informatique"), GROUPS))] == [4]
    assert [hit.id for hit in hits(engine, Query((), GROUPS))] == [2, 1, 4, 3]


@pytest.mark.parametrize(
    "spoilt", [{"title": None}, {"weight": -1}, {"tags": ("5",)}, {"audience": 1.5}, {"body": b"x"}]
)
def test_a_document_that_cannot_be_written_is_refused_before_the_batch(engine, spoilt):
    with pytest.raises(TypeError), engine.begin() as batch:
        batch.update([text(1, "Bruyère"), Document("discussion", 2, **({"title": "Ajonc"} | spoilt))])
    write(engine, text(3, "Bruyère"))
    assert found(engine, "bruyère") == [3]


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


def test_killed_while_writing_the_index_stands_before_or_after(tmp_path):
    engine = WhooshEngine(tmp_path / "index")
    engine.rebuild("textes", [text(number, "Bruyère", "état 0") for number in range(1, 51)], lambda refs: [])
    for trial in range(10):
        _killed_writer(tmp_path / "index", trial)
        states = {state: found(engine, f"bruyère état{state}", limit=60) for state in range(400)}
        whole = [state for state, ids in states.items() if ids]
        assert len(found(engine, "bruyère", limit=60)) == 50
        assert all(len(states[state]) == 50 for state in whole)
        assert len(whole) <= 1
    write(engine, text(99, "Ajonc"))
    assert found(engine, "ajonc") == [99]
    engine.close()


def test_each_thread_reads_for_itself(engine):
    write(engine, *(text(number, "Bruyère", f"mot{number}") for number in range(1, 30)))
    wrong = []
    threads = [threading.Thread(target=_read_often, args=(engine, wrong)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_missing_index_is_said_and_rebuilt(tmp_path):
    engine = WhooshEngine(tmp_path / "index")
    with pytest.raises(Unreadable):
        found(engine, "bruyère")
    assert [status.ready for status in engine.status()] == [False, False]
    assert engine.rebuild("textes", iter([text(1, "Bruyère")]), lambda refs: []) == 1
    assert found(engine, "bruyère") == [1]
    assert engine.status()[1].ready
    engine.close()


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


def test_an_index_of_another_version_is_not_read(engine, monkeypatch):
    write(engine, text(1, "Bruyère"))
    monkeypatch.setattr("forum.search.whoosh_files.VERSION", "0.0")
    with pytest.raises(Unreadable):
        found(engine, "bruyère")


def test_readers_keep_the_old_index_while_another_is_built(engine):
    write(engine, text(1, "Bruyère"))

    def documents():
        yield text(1, "Ajonc")
        assert found(engine, "bruyère") == [1]
        write(engine, text(1, "Genêt"), text(2, "Genêt"))
        assert found(engine, "genêt") == [2, 1]

    def reread(refs):
        assert sorted(refs) == [("discussion", 1), ("discussion", 2)]
        return [text(2, "Genêt")]

    assert engine.rebuild("textes", documents(), reread) == 1
    assert (found(engine, "bruyère"), found(engine, "ajonc"), found(engine, "genêt")) == ([], [], [2])


def test_one_writes_and_one_rebuilds_at_a_time(engine):
    write(engine, text(1, "Bruyère"))
    with engine.begin(), pytest.raises(Busy):
        engine.begin()

    def documents():
        with pytest.raises(Busy):
            engine.rebuild("textes", [], lambda refs: [])
        yield text(1, "Bruyère")

    engine.rebuild("textes", documents(), lambda refs: [])
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


def text(number, title, body="", weight=None, **more):
    return Document("discussion", number, title, body, weight=number * 10 if weight is None else weight, **more)


def group(number, title, aliases="", **more):
    return Document("groupe", number, title, aliases=aliases, **more)


def write(engine, *documents):
    with engine.begin() as batch:
        batch.update(documents)


def asked(typed):
    return tuple(Word(forms) for forms in analyser.words(typed))


def found(engine, typed, audience=NOBODY, limit=20, after=0, **filters):
    query = Query(asked(typed), frozenset({"discussion"}), **filters)
    return [hit.id for hit in engine.find(query, audience, limit, after)]


def hits(engine, query):
    return engine.find(query, NOBODY)


def _full_disk(*_, **__):
    raise OSError("disque plein")


def _read_often(engine, wrong):
    try:
        for _ in range(10):
            wrong.extend(number for number in range(1, 30) if found(engine, f"mot{number}") != [number])
    finally:
        engine.close()


WRITER = """
    import sys
    from pathlib import Path
    from forum.search.engine import Document
    from forum.search.whoosh_engine import WhooshEngine
    engine = WhooshEngine(Path(sys.argv[1]))
    for state in range(400):
        with engine.begin() as batch:
            batch.update(Document("discussion", n, "Bruyère", f"état{state}", weight=n) for n in range(1, 51))
        print(state, flush=True)
"""


def _killed_writer(folder, trial):
    """A process that rewrites all fifty texts at each commit, killed at some moment of one of them."""
    command = [sys.executable, "-W", "ignore", "-c", textwrap.dedent(WRITER), str(folder)]
    environment = os.environ | {"PYTHONPATH": os.getcwd()}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as writer:
        assert writer.stdout.readline()
        time.sleep(trial * 0.0137)
        writer.send_signal(signal.SIGKILL)
