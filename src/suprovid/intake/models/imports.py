"""Lists of clients and contracts brought in: the file, what was read, what became."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from suprovid.clients.models import Client
from suprovid.contracts.models import Contract
from suprovid.documents.models import Content
from suprovid.intake.rules import Did, ListState
from suprovid.people.models import Person


class SavedMatching(models.Model):
    """Which column means what, by headings, kept under a name for the next file."""

    name = models.CharField(max_length=80, unique=True)
    columns = models.JSONField()
    saved_by = models.CharField(max_length=40)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class ListImport(models.Model):
    """A list that waits for a yes, or was brought in, or undone.

    `cells` are the rows as the file has them, dropped once it is decided;
    the file itself stays. `answers` are the values a person typed in place of cells,
    `ticks` what the person ticked otherwise than proposed.
    """

    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    sheet = models.CharField(max_length=255, blank=True)
    state = models.CharField(
        max_length=12, choices=[(s.value, s.name) for s in ListState]
    )
    # Whose page shows it while it waits; the console waits for nobody.
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    brought_by = models.CharField(max_length=40)
    brought_at = models.DateTimeField()
    cells = models.JSONField(null=True)
    columns = models.JSONField()
    answers = models.JSONField(default=dict)
    ticks = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=40, blank=True)
    undone_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state=ListState.WAITING),
                name="one_list_of_a_person_waits",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class BroughtRow(models.Model):
    """What a row of a list did here: the proof of an import, and its way back.

    `values` are what the sheet said, `before` what stood in their place.
    """

    brought = models.ForeignKey(
        ListImport, on_delete=models.PROTECT, related_name="rows"
    )
    row = models.PositiveIntegerField()
    did = models.CharField(max_length=12, choices=[(d.value, d.name) for d in Did])
    client = models.ForeignKey(
        Client, on_delete=models.PROTECT, null=True, related_name="+"
    )
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Of the two, which the row itself entered: those go again with an undo.
    entered_client = models.BooleanField(default=False)
    entered_contract = models.BooleanField(default=False)
    values = models.JSONField()
    before = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["brought", "row"], name="a_row_of_a_list_acts_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.brought_id}:{self.row} {self.did}"
