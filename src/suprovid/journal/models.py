"""Facts, their order, their seals. Triggers refuse to change any of them."""

from __future__ import annotations

from django.db import models


class Fact(models.Model):
    """Something that happened. Written once, never changed (PROCESS 6)."""

    kind = models.CharField(max_length=80)
    actor = models.CharField(max_length=40)
    for_whom = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    channel = models.CharField(max_length=16)
    subject = models.CharField(max_length=120)
    client = models.BigIntegerField(null=True)
    details = models.JSONField()
    personal = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["client", "-id"], name="fact_by_client"),
            models.Index(fields=["subject", "-id"], name="fact_by_subject"),
            models.Index(fields=["kind", "-id"], name="fact_by_kind"),
            models.Index(fields=["actor", "-id"], name="fact_by_actor"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} {self.subject}"


class PersonalValues(models.Model):
    """Personal data beside a fact; erasing the row leaves the seal valid."""

    fact = models.OneToOneField(
        Fact, on_delete=models.PROTECT, primary_key=True, related_name="private"
    )
    salt = models.CharField(max_length=32)
    values = models.JSONField()

    def __str__(self) -> str:
        return f"personal values of #{self.pk}"


class Fresh(models.Model):
    """Facts that have no place yet; written beside the fact, so seen on commit."""

    fact = models.OneToOneField(
        Fact, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"fresh #{self.pk}"


class Line(models.Model):
    """The place of a committed fact: what followers, seals and feeds walk."""

    seq = models.BigIntegerField(primary_key=True)
    fact = models.OneToOneField(Fact, on_delete=models.PROTECT, related_name="line")

    def __str__(self) -> str:
        return f"{self.seq}"


class Seal(models.Model):
    """A chained hash over the lines first_seq..last_seq."""

    number = models.BigIntegerField(primary_key=True)
    first_seq = models.BigIntegerField(unique=True)
    last_seq = models.BigIntegerField(unique=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="seal_covers_lines",
                condition=models.Q(last_seq__gte=models.F("first_seq")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:8]}"


class Mark(models.Model):
    """How far a walker has come; locked while it walks, so there is one of each."""

    name = models.CharField(max_length=60, primary_key=True)
    seq = models.BigIntegerField(default=0)
    tries = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} at {self.seq}"


class Parked(models.Model):
    """A fact that a follower could not digest; the mark went on without it."""

    follower = models.CharField(max_length=60)
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="+")
    error = models.TextField()
    parked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["follower", "fact"], name="a_fact_is_parked_once_per_follower"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.follower} could not digest #{self.fact_id}"


class Heartbeat(models.Model):
    """The last sign of life of a worker (UTC)."""

    name = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M:%S}"
