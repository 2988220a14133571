"""Processor time of a request, as a multiple of a Flask hello under the same server, in the same run."""

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from bench import processes
from bench.client import Answer, Browser, burst
from bench.figures import Figure
from bench.site import Site, free_port
from bench.weight import watched

ROUNDS = 5
CONNECTIONS = 4
# Seconds of processor a burst should take: /proc counts in hundredths.
ENOUGH = 0.5
ANONYMOUS, SIGNED_IN = 2, 6


@dataclass
class Case:
    """A request measured: how it is asked, and seconds of processor a request, round after round."""

    name: str
    pid: int
    browsers: list[Browser]
    ask: Callable[[Browser], Answer]
    budget: float | None = None
    status: int = 200
    requests: int = 100
    seconds: list[float] = field(default_factory=list)

    def run(self) -> float:
        before = processes.processor_seconds(self.pid)
        burst(self.browsers, self.ask, self.requests, self.status)
        return (processes.processor_seconds(self.pid) - before) / self.requests


def measure(site: Site) -> Iterator[Figure]:
    """Bursts in turn, hello first in each round, so that what slows the machine slows all alike."""
    settings = replace(site.settings, port=free_port())
    with processes.hello(settings) as pid:
        browsers = [Browser(settings.port) for _ in range(CONNECTIONS)]
        hello = Case("hello", pid, browsers, lambda browser: browser.get("/"))
        cases = [hello, *_cases(site)]
        for case in cases:
            case.requests = max(40, min(4_000, int(ENOUGH / max(case.run(), 0.0001))))
        for turn in range(ROUNDS):
            for case in cases if turn % 2 else reversed(cases):
                case.seconds.append(case.run())
    yield Figure("hello, the unit", f"{statistics.median(hello.seconds) * 1e6:.0f} us of processor a request")
    for case in cases[1:]:
        yield _figure(case, hello)


def _cases(site: Site) -> Iterator[Case]:
    guests = [site.browser() for _ in range(CONNECTIONS)]
    for name, path in site.pages.items():
        yield Case(f"{name}, a guest", site.web, guests, _reading(path), ANONYMOUS)
    yield Case("tally unchanged, a guest", site.web, guests, _reading(watched(site)), ANONYMOUS, 204)
    members = [site.browser(member) for member in site.members(site.group, CONNECTIONS)]
    yield Case("discussion of 20 comments, a member", site.web, members, _reading(site.pages["discussion"]), SIGNED_IN)


def _reading(path: str) -> Callable[[Browser], Answer]:
    return lambda browser: browser.get(path)


def _figure(case: Case, hello: Case) -> Figure:
    """The median of the rounds' ratios, each to the hello of its own round."""
    ratios = [seconds / unit for seconds, unit in zip(case.seconds, hello.seconds, strict=True)]
    median, what = statistics.median(ratios), f"processor: {case.name}"
    measured = f"{median:.1f} x hello ({min(ratios):.1f} to {max(ratios):.1f})"
    return Figure(what, measured, f"<= {case.budget:g} x hello", median <= case.budget)
