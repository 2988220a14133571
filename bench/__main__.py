"""All benchmarks, or those named: python -m bench [weight] [cpu] [votes] [live] [memory] [search]."""

import subprocess
import sys

from bench import cpu, figures, live, memory, site, votes, weight
from forum.config import ROOT

# Memory comes after the load of the others.
SUBJECTS = {"weight": weight, "cpu": cpu, "votes": votes, "live": live, "memory": memory}


def main() -> None:
    """Run the subjects in their order and end with one table; the search engine prints its own before it."""
    chosen = sys.argv[1:] or [*SUBJECTS, "search"]
    unknown = set(chosen) - {*SUBJECTS, "search"}
    if unknown:
        sys.exit(f"bench: no such subject: {', '.join(sorted(unknown))}")
    if "search" in chosen:
        subprocess.run([sys.executable, "-m", "bench.search"], cwd=ROOT, check=True)
    found = []
    with site.running() as served:
        for name, subject in SUBJECTS.items():
            if name in chosen:
                print(f"{name}…", file=sys.stderr, flush=True)
                found.extend(subject.measure(served))
    print(f"\n{figures.table(found)}")


if __name__ == "__main__":
    main()
