"""Invoices, payments by the bank's time, allocations. UAH, two decimals."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from suprovid.contracts.models import Contract
from suprovid.people.models import Person


class Invoice(models.Model):
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, unique=True)
    issued_on = models.DateField()
    total = models.DecimalField(max_digits=14, decimal_places=2)
    vat = models.DecimalField(max_digits=14, decimal_places=2)
    note = models.CharField(max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_invoice_asks_for_money",
                condition=Q(total__gt=0, vat__gte=0, vat__lt=F("total")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Payment(models.Model):
    """Money in; `booked_at` is the bank's own time, whenever it was entered."""

    booked_at = models.DateTimeField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    payer_name = models.CharField(max_length=140)
    payer_code = models.CharField(max_length=12, blank=True)
    payer_iban = models.CharField(max_length=34, blank=True)
    document = models.CharField(max_length=35)
    purpose = models.CharField(max_length=420, blank=True)
    line_key = models.CharField(max_length=64, unique=True)
    entered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    entered_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_payment_is_positive", condition=Q(amount__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.amount}"


class Allocation(models.Model):
    """A part of a payment laid on an invoice; undone, never deleted."""

    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, related_name="allocations"
    )
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="allocations"
    )
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    made_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undone_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_allocation_is_positive", condition=Q(amount__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} of {self.payment_id} on {self.invoice_id}"
