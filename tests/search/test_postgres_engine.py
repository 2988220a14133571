"""What the engine in PostgreSQL must survive, and that it finds what Whoosh finds."""

import random

import pytest

from forum import config
from forum.database.connection import database
from forum.search.engines.postgres import tables, terms
from forum.search.engines.postgres.engine import PostgresEngine
from forum.search.engines.protocol import Document, Query, Unreadable, Word
from forum.search.engines.whoosh.engine import WhooshEngine
from forum.server import supervisor
from tests.search.index import asked, found, hits, text, write


@pytest.fixture
def postgres(engine):
    assert isinstance(engine, PostgresEngine)
    return engine


def test_a_commit_that_fails_changes_nothing_and_the_next_one_passes(postgres, monkeypatch):
    write(postgres, text(1, "Bruyère"))
    for step in ("add", "count_changes", "note"):
        with monkeypatch.context() as broken:
            broken.setattr(tables, step, _full_disk)
            with pytest.raises(OSError, match="disque plein"):
                write(postgres, text(1, "Ajonc"), text(2, "Ajonc"))
        assert (found(postgres, "bruyère"), found(postgres, "ajonc")) == ([1], [])
    write(postgres, text(2, "Ajonc"))
    assert (found(postgres, "bruyère"), found(postgres, "ajonc")) == ([1], [2])


def test_a_rebuild_that_fails_leaves_the_old_index_and_the_next_one_sweeps(postgres):
    write(postgres, text(1, "Bruyère"))

    def documents():
        yield text(1, "Ajonc")
        raise OSError("disque plein")

    with pytest.raises(OSError, match="disque plein"):
        postgres.rebuild("textes", documents(), lambda refs: [])
    assert found(postgres, "bruyère") == [1]
    write(postgres, text(2, "Bruyère"))
    assert found(postgres, "bruyère") == [2, 1]
    postgres.rebuild("textes", [text(1, "Genêt")], lambda refs: [])
    assert (found(postgres, "genêt"), found(postgres, "bruyère")) == ([1], [])
    assert len([table for table in database.get_tables() if table.startswith("search_textes_")]) == 1


def test_a_table_that_somebody_dropped_is_said_and_rebuilt(postgres):
    write(postgres, text(1, "Bruyère"))
    (table,) = (table for table in database.get_tables() if table.startswith("search_textes_"))
    database.execute_sql(f"drop table {table}")
    with pytest.raises(Unreadable):
        found(postgres, "bruyère")
    assert [status.ready for status in postgres.status()] == [True, False]
    postgres.rebuild("textes", [text(1, "Bruyère")], lambda refs: [])
    assert found(postgres, "bruyère") == [1]


def test_an_index_in_the_database_needs_no_folder():
    supervisor.refuse_unwritable_index("postgresql:")
    assert not (config.ROOT / "postgresql:").exists()


def test_a_very_long_text_is_kept_in_part(postgres):
    words = " ".join(f"{letter}{number:038d}" for letter in "abc" for number in range(10_000))
    document = text(1, "Bruyère", words, tags=(5,))
    assert len(terms.vector(document)) < 1_000_000
    write(postgres, document)
    assert found(postgres, "bruyère", tags=(5,)) == [1]


def test_nothing_written_or_asked_leaves_its_quotes(postgres):
    odd = "0'8\\7' | 'x"
    write(postgres, text(1, "Bruyère", places=(odd,)), text(2, "Bruyère"))
    assert found(postgres, "bruyère", places=(odd,)) == [1]
    assert hits(postgres, Query((Word((odd,)),))) == []
    assert hits(postgres, Query((Word(()),))) == []


def test_a_rare_word_and_a_common_one_are_both_found_without_reading_everything(postgres):
    common = [text(number, "Genêt", "bruyère commune") for number in range(20_000, 0, -1)]
    common[19_500] = Document("discussion", 500, "Genêt", "bruyère rarissime", weight=5000)
    postgres.rebuild("textes", common, lambda refs: [])
    assert found(postgres, "bruyère", limit=3) == [20_000, 19_999, 19_998]
    assert "(weight" in _plan(postgres, "bruyere") or "weight_kind_id" in _plan(postgres, "bruyere")
    assert found(postgres, "bruyère rarissime") == [500]
    assert "terms_idx" in _plan(postgres, "bruyere rarissime")


WORDS = (
    "bruyère bruyères militant·e·s militante l’eau porte-parole #insoumis-087 49.3 œuvres informatique informations "
    "inform insoumis insoumises locaux local e-mail haute-vienne genêt ajonc à Limoges"
).split()


def test_whoosh_and_postgresql_find_the_same_things_in_the_same_order(postgres, tmp_path):
    chance = random.Random(87)
    whoosh = WhooshEngine(tmp_path / "index")
    documents = list({document.ref: document for document in _anything(chance, 300)}.values())
    later = [*_anything(chance, 60), *_anything(chance, 20)]
    for engine in (whoosh, postgres):
        for shelf, kinds in (("groupes", ("groupe",)), ("textes", ("discussion", "proposition"))):
            mine = sorted((one for one in documents if one.kind in kinds), key=lambda one: -one.weight)
            engine.rebuild(shelf, mine, lambda refs: [])
        for start in range(0, len(later), 7):
            write(engine, *later[start : start + 7])
        with engine.begin() as batch:
            batch.delete(document.ref for document in later[:10])
    for _ in range(400):
        query = _any_query(chance)
        audience = frozenset(chance.sample(range(1, 5), chance.randrange(3)))
        page = {"limit": chance.choice((3, 20, 60)), "after": chance.choice((0, 0, 5, 50))}
        assert postgres.find(query, audience, **page) == whoosh.find(query, audience, **page), query
    whoosh.close()


def _anything(chance, count):
    weights = chance.sample(range(10_000_000), count)
    return [
        Document(
            chance.choice(("groupe", "discussion", "proposition")),
            chance.randrange(1, 400),
            " ".join(chance.choices(WORDS, k=3)),
            " ".join(chance.choices(WORDS, k=chance.randrange(12))),
            " ".join(chance.choices(WORDS, k=2)),
            tags=tuple(chance.sample(range(1, 6), chance.randrange(3))),
            places=tuple(chance.sample(("087", "087-03", "02A"), chance.randrange(3))),
            group=chance.randrange(1, 5),
            author=chance.randrange(1, 5),
            audience=chance.choice((0, 0, 1, 2, 3)),
            weight=weight,
        )
        for weight in weights
    ]


def _any_query(chance):
    typed = asked(" ".join(chance.choices(WORDS, k=chance.randrange(4))))
    words = tuple(
        Word(word.terms, tuple(chance.sample(range(1, 6), chance.randrange(2))), chance.random() < 0.5)
        for word in typed
    )
    texts = [{"discussion"}, {"proposition"}, {"discussion", "proposition"}]
    return Query(
        words,
        frozenset(chance.choice([{"groupe"}, *texts])),
        places=tuple(chance.sample(("087", "02A", "0"), chance.choice((0, 0, 1, 2)))),
        tags=tuple(chance.sample(range(1, 6), chance.choice((0, 0, 1, 2)))),
        groups=tuple(chance.sample(range(1, 5), chance.choice((0, 0, 0, 2)))),
        authors=tuple(chance.sample(range(1, 5), chance.choice((0, 0, 0, 2)))),
        **chance.choice(({}, {}, {"since": 3_000_000}, {"since": 2_000_000, "until": 5_000_000})),
    )


def _plan(postgres, typed):
    table = tables.current("textes").table
    question = terms.question(Query(asked(typed)))
    statement = f"explain select kind, id from {table} where terms @@ %s::tsquery and audience = any(%s)"
    rows = database.execute_sql(f"{statement} order by weight desc, kind, id limit 21", (question, [0])).fetchall()
    return "\n".join(row for (row,) in rows)


def _full_disk(*_, **__):
    raise OSError("disque plein")
