"""Installations, what stands installed, take-overs, control calls (S19-S21)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from suprovid.clients.models import Client
from suprovid.contracts.models import Contract
from suprovid.documents.models import Paper
from suprovid.handover.models import Handover
from suprovid.people.models import Person


class Standard(models.Model):
    """A version of the standard’s checklist: codes of steps; records keep theirs."""

    version = models.PositiveIntegerField(unique=True)
    valid_from = models.DateField(unique=True)
    steps = models.JSONField()

    def __str__(self) -> str:
        return f"standard {self.version}"


class Installation(models.Model):
    """One installation and its record (акт встановлення)."""

    handover = models.OneToOneField(
        Handover, on_delete=models.PROTECT, related_name="+"
    )
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="+")
    installer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_recorded_at = models.DateTimeField(null=True)
    kit = models.CharField(max_length=200, blank=True)
    version = models.CharField(max_length=40, blank=True)
    workplaces = models.PositiveIntegerField(null=True)
    steps_done = models.JSONField(default=list)
    note = models.TextField(blank=True)
    signed_by = models.CharField(max_length=200, blank=True)
    signature = models.ForeignKey(
        Paper, on_delete=models.PROTECT, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)
    round = models.PositiveIntegerField(default=0)
    remarks = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_submitted_record_is_signed",
                condition=Q(submitted_at=None)
                | (Q(signature__isnull=False) & ~Q(signed_by="")),
            ),
            models.CheckConstraint(
                name="only_a_submitted_record_is_confirmed",
                condition=Q(confirmed_at=None) | Q(submitted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"installation of {self.handover_id}"


class Photo(models.Model):
    installation = models.ForeignKey(
        Installation, on_delete=models.PROTECT, related_name="photos"
    )
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"photo of {self.installation_id}"


class TakeOver(models.Model):
    """A client served before Suprovid, taken over on record (PROCESS 3.10)."""

    # Of one client there are several only when clients were joined to it.
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    contract = models.OneToOneField(
        Contract, on_delete=models.PROTECT, related_name="+"
    )
    manager = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    served_since = models.DateField()
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"take-over of {self.client_id}"


class ControlCall(models.Model):
    """The head asks the client how it went (S21)."""

    handover = models.OneToOneField(
        Handover, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    spoke_with = models.CharField(max_length=200)
    satisfied = models.BooleanField()
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"control call of {self.handover_id}"
