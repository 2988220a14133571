"""PostgreSQL as this site speaks to it: what is composed once is planned once too, and the plan kept by the server."""

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

import psycopg
from peewee import NotSupportedError, Psycopg3Adapter
from playhouse.pool import PooledPostgresqlDatabase
from psycopg import sql
from psycopg.types.numeric import Int8BinaryDumper, Int8Dumper
from psycopg.types.string import StrDumper

# How many statements each connection keeps planned, at some 65 kB each in the server; the one least used goes first.
MOST_KEPT = 200
PLACE = re.compile("%s|%%")


class KeptCursor(psycopg.RawCursor):
    """Statements whose arguments stand as $1, $2: the server reads and plans them once for each connection."""

    def execute(self, query: Any, params: Any = None, **_: Any) -> "KeptCursor":
        return super().execute(query, params, prepare=True)


class Adapter(Psycopg3Adapter):
    """Opens connections on which every integer is of one type and every text of another: of each type of an argument
    the server would make a statement of its own, and a small number would have another type than a great one."""

    def connect(self, db: Any, **params: Any) -> psycopg.Connection:
        connection = super().connect(db, **params)
        connection.prepared_max = MOST_KEPT
        for kind, dumper in ((int, Int8Dumper), (int, Int8BinaryDumper), (str, StrDumper)):
            connection.adapters.register_dumper(kind, dumper)
        return connection


class PostgreSQL(PooledPostgresqlDatabase):
    """A pool of connections; `kept=True` has the server keep the plan of a statement made by `with_numbers`."""

    psycopg3_adapter = Adapter

    def execute_sql(self, sql: str, params: Sequence[Any] | None = None, kept: bool = False) -> Any:
        if not kept:
            return super().execute_sql(sql, params)
        try:
            return self._execute_cursor(sql, params, kept=True)
        except NotSupportedError:
            # A column has changed its type since the plan was made, by a migration beside this process. Within a
            # transaction nothing more can be asked: it fails, and what comes after it is planned anew.
            if self.in_transaction():
                raise
            self.execute_sql("deallocate all")
            return self._execute_cursor(sql, params, kept=True)

    def cursor(self, named_cursor: Any = None, kept: bool = False) -> Any:
        return KeptCursor(self.connection()) if kept else super().cursor(named_cursor)

    def writing(self) -> AbstractContextManager[Any]:
        """A transaction."""
        return self.atomic()


def pool(url: str, threads: int) -> PostgreSQL:
    """A pool of so many connections to the database of this URL."""
    return PostgreSQL(
        # Whole, as libpq reads it (PostgreSQL, 34.1.1.2): several hosts, target_session_attrs, sslmode, all it knows.
        url,
        prefer_psycopg3=True,
        # Bound by the client: the server cannot guess the type of count('*') nor see that two parameters are one. What
        # is composed once (forum.database.prepared) is bound by the server, which keeps its plan.
        cursor_factory=psycopg.ClientCursor,
        max_connections=threads,
        timeout=10,
    )


def with_numbers(statement: str, params: Sequence[Any], numbers: Sequence[int | None]) -> tuple[str, list[int]]:
    """The statement with $1, $2 for the parameters that have a number, the same for the same, and the constants written
    into it; and the numbers in the order of these names.

    The server cannot guess the type of a constant that stands as a parameter, nor see that two parameters are one.
    """
    named = list(dict.fromkeys(number for number in numbers if number is not None))
    rest = iter(zip(params, numbers, strict=True))

    def write(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        value, number = next(rest)
        return sql.Literal(value).as_string() if number is None else f"${named.index(number) + 1}"

    return PLACE.sub(write, statement), named
