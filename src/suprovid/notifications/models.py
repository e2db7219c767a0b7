"""The letters of a morning; letters about facts are rows of `obligations.Message`."""

from __future__ import annotations

from django.db import models

from suprovid.notifications.rules import DailyKind
from suprovid.people.models import Person

KINDS = [(k.value, k.name) for k in DailyKind]


class Round(models.Model):
    """A morning's letters were written: one row per firing of the schedule."""

    kind = models.CharField(max_length=10, choices=KINDS)
    day = models.DateField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "day"], name="one_round_of_letters_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.day}"


class DailyLetter(models.Model):
    """One morning letter to one person; `holds` is what may not change by itself."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=KINDS)
    day = models.DateField()
    holds = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "day"], name="one_daily_letter_of_a_kind"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(next_try_at__isnull=False),
                name="daily_letters_to_send",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.day} to {self.person_id}"
