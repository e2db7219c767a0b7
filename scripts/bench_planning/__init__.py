"""What `make bench-planning` measures: the planner beside its peers, in one run."""
