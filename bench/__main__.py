"""All benchmarks, or those named, each a subject below: python -m bench [SUBJECT] …"""

import subprocess
import sys

from bench import cpu, figures, fresh, live, memory, site, votes, watch, weight
from forum.config import ROOT

# Run on data of their own, with tables of their own.
APART = ("search", "finding")
# Memory comes after the load of the others.
SUBJECTS = {
    "weight": weight,
    "cpu": cpu,
    "votes": votes,
    "live": live,
    "watch": watch,
    "fresh": fresh,
    "memory": memory,
}


def main() -> None:
    """Run the subjects in their order and end with one table; those apart print their own before it."""
    chosen = sys.argv[1:] or [*SUBJECTS, *APART]
    unknown = set(chosen) - {*SUBJECTS, *APART}
    if unknown:
        sys.exit(f"bench: no such subject: {', '.join(sorted(unknown))}")
    for name in APART:
        if name in chosen:
            subprocess.run([sys.executable, "-m", f"bench.{name}"], cwd=ROOT, check=True)
    found = []
    with site.running() as served:
        for name, subject in SUBJECTS.items():
            if name in chosen:
                print(f"{name}…", file=sys.stderr, flush=True)
                found.extend(subject.measure(served))
    print(f"\n{figures.table(found)}")


if __name__ == "__main__":
    main()
