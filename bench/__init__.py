"""The benchmarks: what a page weighs, what it costs, how many votes a second; see README.md."""
