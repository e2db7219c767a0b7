"""What pages and other rooms ask about installations and service."""

from suprovid.service.queries.standing import assigned, work, works

__all__ = ["assigned", "work", "works"]
