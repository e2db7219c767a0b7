"""Handovers, sheets with their own definition, items, papers, forms, visas."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from suprovid.clients.models import Client
from suprovid.contracts.models import Contract
from suprovid.contracts.rules import Delivery
from suprovid.documents.models import Paper
from suprovid.handover.rules import CalledOffWhy, Carrier, ItemCode, Stage, Verdict
from suprovid.money.models import Invoice
from suprovid.people.models import Person, ServiceGroup
from suprovid.people.rules import Role

ROLES = [(r.value, r.name) for r in Role]


class Definition(models.Model):
    """A version of the sheet; `items` are rules.ItemRule as JSON."""

    version = models.PositiveIntegerField(unique=True)
    valid_from = models.DateField(unique=True)
    items = models.JSONField()

    def __str__(self) -> str:
        return f"definition {self.version}"


class Handover(models.Model):
    """A client on the way from sales into service.

    `paid_at` and `paid_with` are the payment as the clocks know it: they follow the
    money by the journal. `installer` and `installed_at` tell who owes the installation
    and when it was done; the record itself is kept by service.
    """

    number = models.CharField(max_length=20, unique=True)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(ServiceGroup, on_delete=models.PROTECT, related_name="+")
    sales = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    first_invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, null=True, related_name="+"
    )
    stage = models.CharField(
        max_length=12, choices=[(s.value, s.name) for s in Stage], default=Stage.DRAFT
    )
    remarks = models.TextField(blank=True)
    returned_at = models.DateTimeField(null=True)
    returns = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    paid_with = models.JSONField(default=list)
    installer = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    installed_at = models.DateTimeField(null=True)
    called_off_why = models.CharField(
        max_length=16, choices=[(w.value, w.name) for w in CalledOffWhy], blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract"],
                condition=~Q(stage__in=["in_service", "called_off"]),
                name="one_open_handover_per_contract",
            ),
            models.CheckConstraint(
                name="an_ended_handover_says_when",
                condition=Q(
                    stage__in=["in_service", "called_off"], ended_at__isnull=False
                )
                | (Q(ended_at=None) & ~Q(stage__in=["in_service", "called_off"])),
            ),
        ]
        indexes = [
            models.Index(fields=["group", "stage"], name="handovers_of_a_group"),
            models.Index(fields=["sales", "stage"], name="handovers_of_sales"),
        ]

    def __str__(self) -> str:
        return self.number


class Sheet(models.Model):
    """The slip that travels with a new client; closed by acceptance for good."""

    handover = models.ForeignKey(
        Handover, on_delete=models.PROTECT, related_name="sheets"
    )
    round = models.PositiveIntegerField(default=1)
    definition = models.ForeignKey(
        Definition, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    accepted_for = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "round"], name="sheets_of_a_handover_differ"
            ),
            models.UniqueConstraint(
                fields=["handover"],
                condition=Q(closed_at=None),
                name="one_open_sheet_per_handover",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handover_id}/{self.round}"


class Item(models.Model):
    """A line of the sheet; requirements are codes a refusal names."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveIntegerField()
    code = models.CharField(
        max_length=24, choices=[(c.value, c.name) for c in ItemCode]
    )
    carrier = models.CharField(
        max_length=8, choices=[(c.value, c.name) for c in Carrier]
    )
    role = models.CharField(max_length=20, choices=ROLES)
    requirements = models.JSONField()
    needed = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "number"], name="items_of_a_sheet_differ"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.code}"


class ItemPaper(models.Model):
    """A paper on an item; replaced ones stay readable."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="papers")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    for_whom = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    attached_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.item_id} {self.paper_id}"


class FilledForm(models.Model):
    """A version of a form of an item; the newest is the one in force."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="forms")
    version = models.PositiveIntegerField()
    values = models.JSONField()
    digest = models.CharField(max_length=64)
    filled_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    for_whom = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    filled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "version"], name="versions_of_a_form_differ"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.version}"


class Visa(models.Model):
    """One act of an authorised person on an item; `holds` is what it confirmed."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="visas")
    verdict = models.CharField(
        max_length=10, choices=[(v.value, v.name) for v in Verdict]
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=ROLES)
    for_whom = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    holds = models.JSONField()
    requirement = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    allowance = models.CharField(max_length=60, blank=True)
    standing = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(standing=True),
                name="one_standing_visa_per_item",
            ),
            models.CheckConstraint(
                name="a_refused_visa_says_why",
                condition=~Q(verdict="refused") | (~Q(requirement="") & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.verdict}"


class Objection(models.Model):
    """What proved wrong after acceptance; answered by a new sheet (PROCESS 3.6)."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, related_name="+"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    for_whom = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    text = models.TextField()
    new_sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"objection to {self.sheet_id}"


class FirstContact(models.Model):
    """What was agreed with the client's responsible person (S18, PROCESS 3.7)."""

    handover = models.OneToOneField(
        Handover, on_delete=models.PROTECT, related_name="first_contact"
    )
    made_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    for_whom = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    spoke_with = models.CharField(max_length=200)
    install_on = models.DateField()
    install_time = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=300)
    workplaces = models.PositiveIntegerField()
    systems = models.CharField(max_length=200)
    network = models.BooleanField()
    taught = models.CharField(max_length=300, blank=True)
    visit_days = models.CharField(max_length=60, blank=True)
    visit_hours = models.CharField(max_length=60, blank=True)
    delivery = models.CharField(
        max_length=12, choices=[(d.value, d.name) for d in Delivery]
    )
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"first contact of {self.handover_id}"
