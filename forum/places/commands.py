"""The command line of places: flask --app app places …"""

from typing import TextIO

import click
from flask.cli import AppGroup

from forum.database.connection import database
from forum.places import queries

commands = AppGroup("places", help="Places, and how a typed query is read.")


@commands.command("read")
@click.argument("file", type=click.File(encoding="utf-8"), default="-")
def read(file: TextIO) -> None:
    """Read one query a line; print it, a tab, and the codes of its places in the order offered."""
    with database.connection_context():
        for line in file:
            query = line.rstrip("\r\n")
            codes = (place.code for place in queries.read(query).places)
            click.echo(f"{query}\t{' '.join(dict.fromkeys(codes))}")
