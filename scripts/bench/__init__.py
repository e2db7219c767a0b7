"""Measure, print a table, write bench/latest.json: `python -m scripts.bench --help`.

Never part of the tests: figures depend on the machine. What is bounded is a ratio of
two sides measured in turns in one process; docs/bench.md keeps those of an earlier day.

A run orders parts, each on a database of its own, in a process of its own
(`__main__`). `world` lays a department of a thousand clients, `growth` lays a hundred
thousand around it, `scale` looks at the pages of the same people in both, `ticking`
at the worker, `demo` at what a first run waits for; `bringing` is what comes in.
"""
