"""Ruin and recreate over day patterns, compiled by numba; plain Python without it.

`state` is what is known and what is being tried, `spans` is time along a route,
`routes` takes visits out and puts them in, `ruin` and `recreate` choose which and
where, `anneal` decides whether to stay there; `doors` is what the engine calls.
"""
