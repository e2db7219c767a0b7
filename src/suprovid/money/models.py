"""Invoices, payments by the bank's time, allocations, statements. UAH, two decimals."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from suprovid.contracts.models import Contract
from suprovid.documents.models import Content
from suprovid.money.rules import Aside
from suprovid.people.models import Person


class Invoice(models.Model):
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, unique=True)
    issued_on = models.DateField()
    total = models.DecimalField(max_digits=14, decimal_places=2)
    vat = models.DecimalField(max_digits=14, decimal_places=2)
    note = models.CharField(max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.CharField(max_length=300, blank=True)

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


class Account(models.Model):
    """An account of our own: only its statements are taken."""

    iban = models.CharField(max_length=34, unique=True)
    name = models.CharField(max_length=120, blank=True)
    # Lines that leave no doubt are laid at once (decision 0009).
    posts_sure = models.BooleanField(default=True)
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name or self.iban


class Turn(models.Model):
    """Whoever brings money in takes it, locked: one after another.

    Two may type one line of the bank at one moment, or bring one file: without it each
    would not see the other's.
    """

    name = models.CharField(max_length=20, primary_key=True)

    def __str__(self) -> str:
        return self.name


class StatementFile(models.Model):
    """A file of the bank that was brought in, kept byte for byte."""

    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    lines = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    matched = models.PositiveIntegerField(default=0)
    proposed = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    brought_by = models.CharField(max_length=40)
    brought_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=40, blank=True)
    undone_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_file_of_the_bank_counts_once",
                fields=["sha256"],
                condition=Q(undone_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Statement(models.Model):
    """One account between two moments; gone when its file is undone."""

    file = models.ForeignKey(
        StatementFile, on_delete=models.PROTECT, related_name="statements"
    )
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    # What makes two statements the same: period, balances, lines.
    fingerprint = models.CharField(max_length=64)
    identity = models.CharField(max_length=80, blank=True)
    sequence = models.CharField(max_length=40, blank=True)
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)
    opening = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    closing = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    lines = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    known = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_statement_stands_in_a_file_once",
                fields=["file", "account", "fingerprint"],
            ),
        ]
        indexes = [models.Index(fields=["account", "ends"], name="statements_by_end")]

    def __str__(self) -> str:
        return self.identity or f"{self.begins} – {self.ends}"


class StatementLine(models.Model):
    """A movement on an account, once, whatever the number of files that tell it.

    Money in is a payment, unless it was set aside as not a client's.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    # By the bank's reference, else by all that it says and its ordinal among equals.
    key = models.CharField(max_length=64)
    said = models.CharField(max_length=64)
    ordinal = models.PositiveIntegerField()
    # The statement that first brought it.
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    booked_at = models.DateTimeField()
    value_on = models.DateField(null=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    reference = models.CharField(max_length=80, blank=True)
    document = models.CharField(max_length=35, blank=True)
    party_name = models.CharField(max_length=140, blank=True)
    party_code = models.CharField(max_length=12, blank=True)
    party_iban = models.CharField(max_length=34, blank=True)
    party_bank = models.CharField(max_length=140, blank=True)
    purpose = models.CharField(max_length=420, blank=True)
    # Who really pays, when the bank tells one beside the party.
    actual_name = models.CharField(max_length=140, blank=True)
    actual_code = models.CharField(max_length=12, blank=True)
    reversal = models.BooleanField(default=False)
    payment = models.OneToOneField(
        Payment, on_delete=models.PROTECT, null=True, related_name="+"
    )
    set_aside = models.CharField(
        max_length=12, choices=[(w.value, w.name) for w in Aside], blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_line_of_an_account_counts_once", fields=["account", "key"]
            ),
            models.CheckConstraint(
                name="money_in_is_a_payment_or_set_aside",
                condition=Q(amount__lte=0, payment=None)
                | Q(amount__gt=0, payment=None) & ~Q(set_aside="")
                | Q(amount__gt=0, payment__isnull=False, set_aside=""),
            ),
        ]
        indexes = [
            models.Index(fields=["account", "booked_at"], name="lines_by_booking"),
            models.Index(fields=["party_iban"], name="lines_by_party_iban"),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.amount}"


class Entry(models.Model):
    """That a statement tells a line, and at which place."""

    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="entries"
    )
    line = models.ForeignKey(
        StatementLine, on_delete=models.CASCADE, related_name="entries"
    )
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_statement_tells_a_line_once", fields=["statement", "line"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}.{self.number}"
