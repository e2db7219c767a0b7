"""Organisations, their sites and people (PROCESS 5: group and manager decide sight)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from suprovid.clients.rules import CodeKind, ServedBy, Serving
from suprovid.people.models import Person, ServiceGroup


class Client(models.Model):
    name = models.CharField(max_length=400)
    short_name = models.CharField(max_length=200, blank=True)
    legal_form = models.CharField(max_length=120, blank=True)
    code = models.CharField(max_length=12, unique=True)
    code_kind = models.CharField(
        max_length=12, choices=[(k.value, k.name) for k in CodeKind]
    )
    # A person looked at an unusual code and said that it is right (DOMAIN B1).
    code_confirmed = models.BooleanField(default=False)
    region = models.CharField(max_length=80, blank=True)
    city = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=40, blank=True)
    group = models.ForeignKey(
        ServiceGroup, on_delete=models.PROTECT, null=True, related_name="+"
    )
    manager = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    sales = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    serving = models.CharField(
        max_length=12,
        choices=[(s.value, s.name) for s in Serving],
        default=Serving.KNOWN,
    )
    served_by = models.CharField(
        max_length=12, choices=[(s.value, s.name) for s in ServedBy], blank=True
    )
    served_since = models.DateField(null=True)
    # The survivor this one was joined to; its code stays here and leads there.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    sort_key = models.CharField(max_length=420, db_index=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_client_is_not_joined_to_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
            ),
            models.CheckConstraint(
                name="served_clients_say_how_and_since_when",
                condition=~Q(serving="served")
                | (~Q(served_by="") & Q(served_since__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["group", "sort_key"], name="clients_of_a_group"),
            models.Index(fields=["manager", "sort_key"], name="clients_of_a_manager"),
            # Of the few that were joined only: "not joined" must not choose it.
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="clients_joined_to_one",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class Site(models.Model):
    """A place where the system stands and visits go to."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=300)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "name"], name="sites_of_a_client_differ"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """A person at the client; the responsible one is whom first contact calls."""

    client = models.ForeignKey(
        Client, on_delete=models.PROTECT, related_name="contacts"
    )
    name = models.CharField(max_length=200)
    position = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    responsible = models.BooleanField(default=False)
    decides = models.BooleanField(default=False)
    left_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(responsible=True, left_at=None),
                name="one_responsible_person_per_client",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SearchWord(models.Model):
    """Folded words of what can be found, asked by prefix (DESIGN 4, Search)."""

    word = models.CharField(max_length=60, db_index=True)
    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["word", "client"], name="a_word_finds_a_client_once"
            ),
        ]
        indexes = [models.Index(fields=["client", "word"], name="words_of_a_client")]

    def __str__(self) -> str:
        return self.word
