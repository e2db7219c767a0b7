"""Clients joined to one, each with the way back."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from suprovid.clients.models import Client
from suprovid.people.models import Person


class Merge(models.Model):
    """One client joined to another; undone, never deleted.

    `moved` are the ids of what went over, by kind; `before` are values of the survivor
    by name, as they were and as they became; `standing` is how the handovers and
    take-overs of both stood: an undo asks whether they still do.
    """

    kept = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    moved = models.JSONField()
    before = models.JSONField()
    standing = models.JSONField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undone_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gone"],
                condition=Q(undone_at=None),
                name="a_client_is_joined_to_one",
            ),
            models.CheckConstraint(
                name="two_clients_are_joined", condition=~Q(kept=F("gone"))
            ),
            models.CheckConstraint(
                name="an_undone_merge_says_why",
                condition=Q(undone_at=None, undone_why="")
                | (Q(undone_at__isnull=False) & ~Q(undone_why="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} joined to {self.kept_id}"
