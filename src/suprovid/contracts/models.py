"""Catalogue of banks and kits; contracts, price agreements, subscription lines."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from suprovid.clients.models import Client
from suprovid.contracts.rules import CountFrom, Delivery, Periodicity, Variant


class Bank(models.Model):
    """An information bank of the legal system."""

    name = models.CharField(max_length=120, unique=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class Kit(models.Model):
    """A named set of banks sold together."""

    name = models.CharField(max_length=120, unique=True)
    banks = models.ManyToManyField(Bank, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class Contract(models.Model):
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, unique=True)
    # Folded: asked by its beginning, the same on both databases.
    number_key = models.CharField(max_length=60, db_index=True, default="")
    signed_on = models.DateField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    regular = models.BooleanField(default=True)
    price_agreement = models.CharField(max_length=60, blank=True)
    price_agreed_on = models.DateField(null=True)
    own_term_count = models.PositiveIntegerField(null=True)
    own_term_unit = models.CharField(max_length=20, blank=True)
    own_term_from = models.CharField(
        max_length=12, choices=[(c.value, c.name) for c in CountFrom], blank=True
    )
    may_agree_later = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contract_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="an_own_term_is_whole_or_absent",
                condition=Q(own_term_count=None, own_term_unit="", own_term_from="")
                | (
                    Q(own_term_count__isnull=False)
                    & ~Q(own_term_unit="")
                    & ~Q(own_term_from="")
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["-signed_on", "-id"], name="contracts_newest_first"),
        ]

    def __str__(self) -> str:
        return self.number


class Line(models.Model):
    """What is subscribed: kit, variant, seats, periodicity, price a month."""

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="lines"
    )
    kit = models.ForeignKey(Kit, on_delete=models.PROTECT, related_name="+")
    variant = models.CharField(
        max_length=12, choices=[(v.value, v.name) for v in Variant]
    )
    seats = models.PositiveIntegerField()
    periodicity = models.CharField(
        max_length=16, choices=[(p.value, p.name) for p in Periodicity]
    )
    delivery = models.CharField(
        max_length=12, choices=[(d.value, d.name) for d in Delivery]
    )
    monthly_price = models.DecimalField(max_digits=14, decimal_places=2)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_line_has_seats_and_a_price",
                condition=Q(seats__gte=1, monthly_price__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kit_id} x {self.seats}"
