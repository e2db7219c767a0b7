"""The planner of visits: who is visited on which day, in which order, at what hour."""
