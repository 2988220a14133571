"""What CONTRIBUTING.md names on its walks through the house is there."""

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = sorted(set(re.findall(r"`((?:[a-z_]+\.)+\w+)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))))
NAMES = [name for name in NAMED if (ROOT / "forum" / name.partition(".")[0]).is_dir()]


def test_the_walks_are_seen():
    assert {"groups.actions.enter", "proposals.actions.vote", "search.queries.find_groups"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_named_is_there(name):
    module, _, thing = name.rpartition(".")
    assert hasattr(import_module(f"forum.{module}"), thing)
