"""What the doors remember: what was already done once (DESIGN 4)."""

from __future__ import annotations

from django.db import models


class OnceKey(models.Model):
    """One person's one operation under one key, and the answer it got."""

    who = models.CharField(max_length=60)
    operation = models.CharField(max_length=120)
    key = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["who", "operation", "key"], name="done_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.key}"


class Firing(models.Model):
    """One firing of a daily job: whoever inserts the row does the day's work."""

    job = models.CharField(max_length=60)
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "day"], name="fires_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.job} {self.day}"


class CacheRow(models.Model):
    """The table of Django's DatabaseCache: the limiters count in it.

    It must be one for all web machines, and here there is only the database (DESIGN 1).
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "web_cache"

    def __str__(self) -> str:
        return self.cache_key
