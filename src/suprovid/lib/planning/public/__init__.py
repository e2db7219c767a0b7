"""The public format of periodic routing problems: read, solved, checked.

A file is `type m n t`, then t lines `D Q`, then n + 1 lines
`i x y d q f a list... [e l]`; docs/planning.md says what each letter means. The answers
are routes of client numbers; cost is the Euclidean length of all routes, not rounded.
"""
