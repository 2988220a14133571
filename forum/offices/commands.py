"""flask --app app role [NAME OFFICE]: who holds an office of the site, without a page."""

import sys

import click

from forum.database.connection import connected
from forum.errors import Invalid
from forum.offices import actions, queries
from forum.offices.names import OFFICES, WORDS


@click.command("role")
@click.argument("name", required=False)
@click.argument("office", type=click.Choice(WORDS), required=False)
def commands(name: str | None, office: str | None) -> None:
    """Give NAME an office of the site, or take it (membre); without arguments, who holds what."""
    with connected():
        if name is None:
            _list()
        elif office is None:
            sys.exit(f"parvis: which office? One of {', '.join(WORDS)}")
        else:
            _appoint(name, office)


def _list() -> None:
    words = {known.role: known.word for known in OFFICES}
    for account in queries.holders():
        click.echo(f"{account.username}\t{words[account.role]}")


def _appoint(name: str, office: str) -> None:
    try:
        account = actions.appoint_by_command(name, office)
    except Invalid:
        sys.exit(f"parvis: nobody here is called {name}, but perhaps in the demonstration")
    click.echo(f"{account.username}: {office}")
