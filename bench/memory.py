"""Resident memory of the site's processes, after whatever was measured before."""

from collections.abc import Iterator

from bench import processes
from bench.client import burst
from bench.figures import Figure, within
from bench.site import Site

WEB_WORKER = 120
REQUESTS = 200


def measure(site: Site) -> Iterator[Figure]:
    """Each web worker, the server that watches them, and the worker of jobs and index."""
    browsers = [site.browser() for _ in range(8)]
    for path in site.pages.values():
        burst(browsers, lambda browser, path=path: browser.get(path), REQUESTS, 200)
    above, *workers = processes.family(site.web)
    sizes = {pid: processes.megabytes(pid) for pid in workers}
    heaviest = max(sizes.values())
    yield within(
        "memory of the heaviest web worker", round(heaviest[0], 1), WEB_WORKER, " MB", f"PSS {heaviest[1]:.0f}"
    )
    yield _told("memory of the web server above them", above)
    yield _told("memory of the worker", site.worker)
    whole = sum(processes.megabytes(pid)[1] for root in (site.web, site.worker) for pid in processes.family(root))
    yield Figure("memory of all processes (PSS)", f"{whole:.0f} MB")


def _told(what: str, pid: int) -> Figure:
    rss, pss = processes.megabytes(pid)
    return Figure(what, f"{rss:.0f} MB (PSS {pss:.0f})")
