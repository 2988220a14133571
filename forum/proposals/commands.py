"""flask --app app recount KEY: a vote counted again."""

import sys

import click

from forum.database.connection import database
from forum.database.transactions import transaction
from forum.proposals import queries
from forum.proposals.models import Proposal


@click.command("recount")
@click.argument("key")
def commands(key: str) -> None:
    """Count the proposal KEY again from its ballots, and compare with all that was kept, a line each; exit 1 if
    anything differs."""
    with database.connection_context(), transaction():
        proposal = Proposal.get_or_none(Proposal.key == key)
        if proposal is None:
            sys.exit(f"parvis: no proposal {key}")
        wrong = 0
        for name, difference in queries.checks(proposal):
            click.echo(f"{name}: {difference or 'ok'}")
            wrong += bool(difference)
    sys.exit(1 if wrong else 0)
