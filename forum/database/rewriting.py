"""Writing tables anew, so that their file tells nothing of how they came to be what they are."""

from peewee import chunked

from forum.database.connection import database, is_postgresql
from forum.database.tables import Base

BATCH = 200


def rewrite(*tables: type[Base]) -> None:
    """Write all rows of these tables anew in the order of their keys, inside the present transaction.

    In a page of SQLite cells lie in the order in which they came, and what was deleted stays to be read until
    something else is written there; PostgreSQL keeps with each row the transaction that wrote it. Afterwards all rows
    have one transaction, one order, and what stood there is overwritten (SQLite; `forget` does it on PostgreSQL).
    """
    if not is_postgresql():
        database.execute_sql("pragma secure_delete = on")
    for table in tables:
        key = table._meta.get_primary_keys()
        rows = list(table.select().order_by(*key).dicts())
        table.delete().execute()
        for batch in chunked(rows, BATCH):
            table.insert_many(batch).execute()
    if not is_postgresql():
        database.execute_sql("pragma secure_delete = off")


def forget(*tables: type[Base]) -> bool:
    """After that transaction: empty the log in which it and those before it stand (SQLite), or the tables' files of
    the rows that were (PostgreSQL; its own write-ahead log is beyond reach). False when somebody reads meanwhile, and
    it is to be done later."""
    if is_postgresql():
        for table in tables:
            database.execute_sql(f'vacuum full "{table._meta.table_name}"')
        return True
    busy, _, _ = database.execute_sql("pragma wal_checkpoint(truncate)").fetchone()
    return not busy
