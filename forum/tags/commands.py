"""flask --app app tags …: what the spelling ladder makes of words, and synonyms from elsewhere."""

import csv
import sys
from typing import TextIO

import click
from flask.cli import AppGroup

from forum.database.connection import database
from forum.errors import Invalid
from forum.tags import actions, spelling

commands = AppGroup("tags", help="Tags, their spellings and their synonyms.")


@commands.command("compare")
@click.argument("file", type=click.File("r", encoding="utf-8"), default="-")
def compare(file: TextIO) -> None:
    """Read `a,b` a line, write `a,b,automatic`, `proposed` or `different`."""
    written = csv.writer(sys.stdout, lineterminator="\n")
    for row in csv.reader(file):
        if len(row) >= 2:
            written.writerow((row[0], row[1], spelling.compare(row[0], row[1])))


@commands.command("import")
@click.argument("file", type=click.File("r", encoding="utf-8"))
def take_in(file: TextIO) -> None:
    """Accept the synonyms of a list downloaded from /synonymes.csv."""
    with database.connection_context():
        try:
            click.echo(f"{actions.take_in(file)} synonyms accepted")
        except Invalid as problem:
            sys.exit(f"parvis: {' '.join(problem.fields.values())}")
