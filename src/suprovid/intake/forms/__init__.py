"""Shapes of what is said about what comes in."""
