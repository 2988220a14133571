"""flask --app app reindex"""

import sys

import click

from forum.search import indexer
from forum.search.engine import Busy


@click.command("reindex")
def commands() -> None:
    """Rebuild the search index from the database while readers keep reading the old one."""
    try:
        for shelf, count in indexer.reindex().items():
            click.echo(f"{shelf}: {count}")
    except Busy:
        sys.exit("parvis: the index is being rebuilt already")
