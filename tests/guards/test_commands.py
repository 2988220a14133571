"""Every command is documented, and every command documented exists."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import app as application
from forum import config

HOSTING = Path(__file__).resolve().parents[2] / "docs/hosting.md"
# Flask's own, which a site that is served has no use for.
OF_FLASK = {"run", "shell", "routes"}


@pytest.fixture
def commands(tmp_path) -> set[str]:
    """What can be typed after `flask --app app`, with the arguments that must or may follow."""
    urls = {"DATABASE_URL": f"sqlite:///{tmp_path}/forum.db", "SEARCH_URL": f"whoosh:{tmp_path}/index"}
    site = application.create_app(config.read(urls | {"SECRET_KEY": "a secret for tests"}))
    return set(_usages(site.cli)) - OF_FLASK


def _usages(group: click.Group, before: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _usages(command, f"{before}{name} ")
        else:
            arguments = [part for part in command.params if isinstance(part, click.Argument)]
            yield " ".join([before + name, *(part.make_metavar(click.Context(command)) for part in arguments)])


def test_the_list_of_commands_is_the_real_one(commands):
    listed = re.findall(r"^\| `([a-z][^`]*)` \|", HOSTING.read_text("utf-8"), flags=re.M)
    assert sorted(listed) == sorted(commands)
