"""Contents by SHA-256, papers that carry them, numbers without gaps."""

from __future__ import annotations

from django.db import models

from suprovid.people.models import Person


class Content(models.Model):
    """Bytes, kept once under their SHA-256."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=80)
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:8]


class Paper(models.Model):
    """A paper somebody brought. Its right comes from what it is attached to."""

    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    brought_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """The last number taken of a kind of paper in a year; locked while taken."""

    kind = models.CharField(max_length=40)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "year"], name="one_series_of_a_kind_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"
