"""flask --app app reindex"""

import sys

import click

from forum.search.actions import reindex
from forum.search.engines.protocol import Busy


@click.command("reindex")
def commands() -> None:
    """Rebuild the search index from the database while readers keep reading the old one."""
    try:
        for shelf, count in reindex().items():
            click.echo(f"{shelf}: {count}")
    except Busy:
        sys.exit("parvis: the index is being rebuilt already")
