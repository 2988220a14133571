"""What dies is started again, after a pause that grows as long as it dies young."""

import sys
import time

import pytest

from forum.server import processes
from forum.server.processes import Child
from tests.server.running import PATIENCE, wait_until

ENDLESS = [sys.executable, "-c", "import time; time.sleep(600)"]


@pytest.fixture
def child(monkeypatch):
    monkeypatch.setattr(processes, "FIRST_PAUSE", 0.01)
    made = Child("something", ENDLESS)
    yield made
    made.process.kill()
    made.process.wait()


def tended(child: Child) -> Child:
    child.tend()
    return child


def kill(child: Child) -> int:
    """Kill it and tend it until it is there again; the id it had."""
    former = child.process
    former.kill()
    former.wait()
    wait_until(lambda: tended(child).process is not former, PATIENCE, "it does not come back")
    return former.pid


def test_what_dies_comes_back_each_time_a_little_later(child, capfd):
    pauses = []
    for _ in range(4):
        pauses.append(child.pause)
        assert kill(child) != child.process.pid
    assert pauses == [0.01, 0.02, 0.04, 0.08]
    assert capfd.readouterr().err.count("the something ended with status -9, starting it again in") == 4


def test_no_pause_grows_without_end(child, monkeypatch):
    monkeypatch.setattr(processes, "LONGEST_PAUSE", 0.02)
    for _ in range(3):
        kill(child)
    assert child.pause == 0.02


def test_what_has_run_well_for_a_while_is_pardoned(child):
    kill(child)
    assert child.pause > processes.FIRST_PAUSE
    child.begun = time.monotonic() - processes.STEADY - 1
    child.tend()
    assert child.pause == processes.FIRST_PAUSE
