"""What any engine promises: the same file for each of them."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest

from forum.search.engines.protocol import Busy, Document, Hit, Query, Unreadable, Word
from tests.search.index import asked, found, group, hits, text, write

GROUPS = frozenset({"groupe"})


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


def test_order_holds_when_weights_change_and_when_they_are_equal(engine):
    """Over a thousand texts in merged segments, in the one order that all engines share: weight, then kind and id."""
    weights = {}
    for turn in range(26):
        some = {(turn * 50 + number) % 1150: (turn * 7 + number) % 13 for number in range(50)}
        weights |= some
        write(engine, *(text(number, "Bruyère", "haie", weight) for number, weight in some.items()))
    write(engine, *(Document("proposition", number, "Bruyère", "haie", weight=5) for number in (3, 900)))
    expected = [("discussion", number, weight) for number, weight in weights.items()]
    expected += [("proposition", 3, 5), ("proposition", 900, 5)]
    expected = [(kind, number) for kind, number, weight in sorted(expected, key=lambda one: (-one[2], *one[:2]))]
    for words in ("bruyère", "haie"):
        given = hits(engine, Query(asked(words)))
        assert [(hit.kind, hit.id) for hit in given] == expected[:20]
    far = engine.find(Query(asked("haie")), frozenset(), 700, 400)
    assert [(hit.kind, hit.id) for hit in far] == expected[400:1100]


def test_what_a_rebuild_is_given_out_of_order_is_found_in_order(engine):
    order = [9, 8, 3, 7, 6, 5, 12, 4, 2, 1, 11, 10]
    engine.rebuild("textes", [text(number, "Bruyère") for number in order], lambda refs: [])
    assert found(engine, "bruyère") == sorted(order, reverse=True)
    assert found(engine, "bruyère", since=40, until=110) == [11, 10, 9, 8, 7, 6, 5, 4]


def test_an_unfinished_word_stands_for_all_that_begin_so(engine):
    """However many there are, common or rare, in titles and in texts."""
    words = [f"bruy{first}{second}" for first in "abcdefgh" for second in "klmnopqrt"]
    write(engine, *(text(number, "Haie", f"{word} ajonc{number % 2}") for number, word in enumerate(words, 1)))
    write(engine, *(text(number, "Haie", f"{words[0]} {words[-1]}") for number in range(100, 160)))
    unfinished = Word(("bruy",), unfinished=True)
    given = [hit.id for hit in engine.find(Query((unfinished,)), frozenset(), 200)]
    assert given == [*range(159, 99, -1), *range(72, 0, -1)]
    given = [hit.id for hit in engine.find(Query((*asked("ajonc1"), unfinished)), frozenset(), 200)]
    assert given == list(range(71, 0, -2))


def test_order_holds_within_a_large_batch(engine):
    write(engine, *(text(number, "Bruyère") for number in range(1, 1101)))
    assert found(engine, "bruyère", limit=60) == list(range(1100, 1040, -1))


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


def test_authors_and_dates_narrow_the_results(engine):
    write(engine, *(text(number, "Bruyère", author=number % 2 + 1) for number in range(1, 7)))
    assert found(engine, "bruyère", authors=(2,)) == [5, 3, 1]
    assert found(engine, "", authors=(2, 9)) == [5, 3, 1]
    assert found(engine, "bruyère", since=20, until=40) == [4, 3, 2]
    assert found(engine, "", since=41) == [6, 5]
    assert found(engine, "bruyère", authors=(1,), until=40, limit=1, after=1) == [2]


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


def test_killed_while_writing_the_index_stands_before_or_after(unbuilt, place):
    unbuilt.rebuild("textes", [text(number, "Bruyère", "état 0") for number in range(1, 51)], lambda refs: [])
    unbuilt.rebuild("groupes", [], lambda refs: [])
    for trial in range(10):
        _killed_writer(place, trial)
        _wait_for_turn(unbuilt)
        states = {state: found(unbuilt, f"bruyère état{state}", limit=60) for state in range(400)}
        whole = [state for state, ids in states.items() if ids]
        assert len(found(unbuilt, "bruyère", limit=60)) == 50
        assert all(len(states[state]) == 50 for state in whole)
        assert len(whole) <= 1
    write(unbuilt, text(99, "Ajonc"))
    assert found(unbuilt, "ajonc") == [99]


def test_each_thread_reads_for_itself(engine):
    write(engine, *(text(number, "Bruyère", f"mot{number}") for number in range(1, 30)))
    wrong = []
    threads = [threading.Thread(target=_read_often, args=(engine, wrong)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_missing_index_is_said_and_rebuilt(unbuilt):
    with pytest.raises(Unreadable):
        found(unbuilt, "bruyère")
    assert [status.ready for status in unbuilt.status()] == [False, False]
    assert unbuilt.generation("textes") == ""
    assert unbuilt.rebuild("textes", iter([text(1, "Bruyère")]), lambda refs: []) == 1
    assert found(unbuilt, "bruyère") == [1]
    assert [status.ready for status in unbuilt.status()] == [False, True]


def test_what_is_written_before_any_index_is_refused(unbuilt):
    with pytest.raises(Unreadable):
        write(unbuilt, text(1, "Bruyère"))


def test_an_index_of_another_version_is_not_read(engine, monkeypatch):
    write(engine, text(1, "Bruyère"))
    monkeypatch.setattr("forum.search.engines.whoosh.files.VERSION", "0.0")
    monkeypatch.setattr("forum.search.engines.postgres.tables.VERSION", "0.0")
    with pytest.raises(Unreadable):
        found(engine, "bruyère")
    engine.rebuild("textes", [text(1, "Bruyère")], lambda refs: [])
    assert found(engine, "bruyère") == [1]


def test_the_generation_moves_with_each_change_and_each_rebuild(engine):
    seen = [engine.generation("textes")]
    write(engine, text(1, "Bruyère"))
    seen.append(engine.generation("textes"))
    engine.rebuild("textes", [text(1, "Bruyère")], lambda refs: [])
    seen.append(engine.generation("textes"))
    assert len(set(seen)) == 3
    write(engine, group(1, "bocage"))
    assert engine.generation("textes") == seen[-1]


def test_status_counts_what_is_there_and_what_was_written_since(engine):
    engine.rebuild("textes", [text(number, "Bruyère") for number in (3, 2, 1)], lambda refs: [])
    write(engine, text(1, "Ajonc"), text(4, "Genêt"))
    with engine.begin() as batch:
        batch.delete([("discussion", 2), ("discussion", 9)])
    status = engine.status()[1]
    assert (status.documents, status.recent, status.deleted) == (3, 2, 2)
    assert abs(status.built_at - time.time()) < 60


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


def _read_often(engine, wrong):
    try:
        for _ in range(10):
            wrong.extend(number for number in range(1, 30) if found(engine, f"mot{number}") != [number])
    finally:
        engine.close()


WRITER = """
    import sys
    from forum.database import connection
    from forum.search.engines import in_use as engines
    from forum.search.engines.protocol import Document
    place = sys.argv[1]
    if place.startswith("postgresql"):
        connection.connect(place)
    engine = engines.connect("postgresql:" if place.startswith("postgresql") else f"whoosh:{place}")
    for state in range(400):
        with engine.begin() as batch:
            batch.update(Document("discussion", n, "Bruyère", f"état{state}", weight=n) for n in range(1, 51))
        print(state, flush=True)
"""


def _killed_writer(place, trial):
    """A process that rewrites all fifty texts at each commit, killed at some moment of one of them."""
    command = [sys.executable, "-W", "ignore", "-c", textwrap.dedent(WRITER), place]
    environment = os.environ | {"PYTHONPATH": os.getcwd()}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as writer:
        assert writer.stdout.readline()
        time.sleep(trial * 0.0137)
        writer.send_signal(signal.SIGKILL)


def _wait_for_turn(engine):
    """Until the server has noticed that the writer is dead."""
    for _ in range(200):
        try:
            engine.begin().commit()
        except Busy:
            time.sleep(0.02)
        else:
            return
