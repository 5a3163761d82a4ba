"""The benchmark suite: `make bench`. What it measures and how is in docs/benchmarks.md."""
