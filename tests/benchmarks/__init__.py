"""Benchmarks: each module runs alone, ``python -m tests.benchmarks.NAME``, and prints one JSON object."""
