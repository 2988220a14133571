"""Processes that are kept running: whatever dies comes back, after a pause that grows; whatever is orphaned ends."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from typing import NoReturn

from forum.config import ROOT

# prctl(2): the signal a process gets when its parent dies, so that a killed `make run` leaves no port taken.
PR_SET_PDEATHSIG = 1
# Seconds: before what died is started again, the first time and at most; and how long it must run to be well again.
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0
STEADY = 60.0


class Child:
    """A process that is to run as long as we do, with all that it starts in a group of its own."""

    def __init__(self, name: str, command: Sequence[str]):
        self.name, self.command = name, command
        self.pause, self.due = FIRST_PAUSE, 0.0
        self.begin()

    def begin(self) -> None:
        self.process, self.begun, self.due = start(self.command), time.monotonic(), 0.0

    def tend(self) -> None:
        """Start it again where it has ended and its pause is over."""
        moment = time.monotonic()
        if self.process.poll() is None:
            self.pause = FIRST_PAUSE if moment - self.begun > STEADY else self.pause
        elif not self.due:
            self._bury(moment)
        elif moment >= self.due:
            self.begin()

    def _bury(self, moment: float) -> None:
        # What it leaves behind would hold its port.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        ended = f"the {self.name} ended with status {self.process.returncode}"
        print(f"parvis: {ended}, starting it again in {self.pause:g} s", file=sys.stderr, flush=True)
        self.due, self.pause = moment + self.pause, min(2 * self.pause, LONGEST_PAUSE)


def watch(children: Sequence[Child]) -> NoReturn:
    """Keep these running until a signal ends us."""
    while True:
        for child in children:
            child.tend()
        time.sleep(0.2)


def start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own, so that Ctrl-C reaches it through us and once."""
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True, preexec_fn=end_with_parent)  # noqa: S603


def end_with_parent(by: int = signal.SIGTERM) -> None:
    """Ask Linux to end this process, by this signal, with its parent; elsewhere nothing is promised. It is not
    inherited: each process that a server forks asks for itself."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, by)


def stop(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    """End what was started: politely, then after ten seconds by force."""
    started = list(processes)
    for process in started:
        process.terminate()
    for process in started:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
