"""Obligations, the terms of their kinds, the working calendar, message rows."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from suprovid.clients.models import Client
from suprovid.journal.models import Fact
from suprovid.obligations.rules import Ending, Point
from suprovid.people.models import Person, ServiceGroup
from suprovid.people.rules import Role

ROLES = [(r.value, r.name) for r in Role]


class Company(models.Model):
    """The one row of the company's own settings."""

    name = models.CharField(max_length=200)
    code = models.CharField(max_length=12, blank=True)
    term_mode = models.CharField(max_length=20, default="end_of_day")
    authors_may_confirm = models.BooleanField(default=False)
    one_person_for_lawyer_and_accountant = models.BooleanField(default=False)
    # A digest of the calendar's rows: no process keeps a calendar of another content.
    calendar_version = models.CharField(max_length=64, blank=True)
    sending_paused = models.BooleanField(default=False)
    demo = models.BooleanField(default=False)
    single = models.BooleanField(default=True, unique=True)

    heard_at: datetime | None = None
    """When some worker gave its last sign of life; no column, `company()` asks."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="there_is_one_company", condition=Q(single=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WeekRow(models.Model):
    """Hours of seven days from a date: [start, end, lunch, lunch end] or null."""

    valid_from = models.DateField(unique=True)
    days = models.JSONField()

    def __str__(self) -> str:
        return f"week from {self.valid_from}"


class HolidayRow(models.Model):
    day = models.DateField(unique=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class RegimeRow(models.Model):
    """Dated regime; under martial law holidays are working days (PROCESS 2)."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    holidays_work = models.BooleanField()
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class DayRow(models.Model):
    """One day unlike its week: off when hours are null, extra or shortened else."""

    day = models.DateField(unique=True)
    hours = models.JSONField(null=True)
    note = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.day} {self.note}"


class TermRow(models.Model):
    """The term of a kind from a date; copied into an obligation when it opens."""

    kind = models.CharField(max_length=60)
    valid_from = models.DateField()
    count = models.PositiveIntegerField()
    unit = models.CharField(max_length=20)
    warn_share = models.DecimalField(max_digits=3, decimal_places=2, null=True)
    escalate = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "valid_from"], name="one_term_of_a_kind_from_a_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.count} {self.unit}"


class Obligation(models.Model):
    """Something somebody owes by some time. Ends exactly once (PROCESS 4, 7.3).

    `about` names the thing for people ({"item": "contract"}); `page` and `page_args`
    say where it is done. `next_moment` is the only thing the worker looks for; from
    `soon_at` on screens colour the term. `owner_group` of a person says in which group
    the person owes it.
    """

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    round = models.PositiveIntegerField(default=1)
    client = models.ForeignKey(
        Client, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    about = models.JSONField(default=dict)
    page = models.CharField(max_length=80)
    page_args = models.JSONField(default=list)
    owner_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    owner_role = models.CharField(max_length=20, choices=ROLES, blank=True)
    owner_group = models.ForeignKey(
        ServiceGroup,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    escalate = models.JSONField(default=list)
    warn_share = models.DecimalField(max_digits=3, decimal_places=2, null=True)
    opened_at = models.DateTimeField()
    known_at = models.DateTimeField()
    term = models.JSONField(null=True)
    due_at = models.DateTimeField()
    due_steps = models.JSONField(default=list)
    due_reason = models.CharField(max_length=300, blank=True)
    warn_at = models.DateTimeField(null=True)
    soon_at = models.DateTimeField()
    next_moment = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(
        max_length=12, choices=[(e.value, e.name) for e in Ending], blank=True
    )
    ended_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    end_note = models.CharField(max_length=300, blank=True)
    # Taken off control, it is not owed anew while what it was owed for still stands.
    waiver_holds = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "round"], name="owed_once_per_round"
            ),
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(ended_at=None),
                name="one_open_obligation_of_a_kind",
            ),
            models.CheckConstraint(
                name="an_ended_obligation_says_how",
                condition=Q(ended_at=None, ending="")
                | (Q(ended_at__isnull=False) & ~Q(ending="")),
            ),
            models.CheckConstraint(
                name="ended_obligations_fire_nothing",
                condition=Q(ended_at=None) | Q(next_moment=None),
            ),
            models.CheckConstraint(
                name="only_a_waiver_holds",
                condition=Q(waiver_holds=False) | Q(ending=Ending.WAIVED),
            ),
            models.CheckConstraint(
                name="an_obligation_has_an_owner",
                condition=Q(owner_person__isnull=False) | ~Q(owner_role=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_moment"],
                condition=Q(next_moment__isnull=False),
                name="moments_to_fire",
            ),
            models.Index(
                fields=["due_at"], condition=Q(ended_at=None), name="open_by_due"
            ),
            # Of those only: asked for open ones, SQLite takes any index of `ended_at`.
            models.Index(
                fields=["-ended_at", "-id"],
                condition=Q(ended_at__isnull=False),
                name="ended_lately",
            ),
            models.Index(fields=["subject", "kind"], name="owed_about_a_thing"),
            models.Index(fields=["client", "due_at"], name="owed_about_a_client"),
            # Not those that are nobody's own yet: SQLite would read all of them.
            models.Index(
                fields=["owner_person", "due_at"],
                condition=Q(owner_person__isnull=False),
                name="owed_by_a_person",
            ),
            models.Index(
                fields=["owner_role", "owner_group", "due_at"], name="owed_by_a_role"
            ),
            models.Index(fields=["owner_group", "due_at"], name="owed_in_a_group"),
            models.Index(fields=["ended_by", "ended_at"], name="ended_by_a_person"),
            # Open ones are few among those that years have ended.
            models.Index(
                fields=["owner_person", "due_at"],
                condition=Q(ended_at=None, owner_person__isnull=False),
                name="open_of_a_person",
            ),
            models.Index(
                fields=["owner_role", "owner_group", "due_at"],
                condition=Q(ended_at=None),
                name="open_of_a_role",
            ),
            models.Index(
                fields=["owner_group", "due_at"],
                condition=Q(ended_at=None),
                name="open_in_a_group",
            ),
            models.Index(
                fields=["client", "due_at"],
                condition=Q(ended_at=None),
                name="open_about_a_client",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Message(models.Model):
    """Who is told of which fact; one row each, sent at least once (DESIGN 4)."""

    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    point = models.CharField(
        max_length=12, choices=[(p.value, p.name) for p in Point], blank=True
    )
    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # The point's own moment: a term that moved has other points than before.
    moment = models.DateTimeField(null=True)
    by_letter = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fact", "person"], name="a_person_is_told_once_of_a_fact"
            ),
            models.UniqueConstraint(
                fields=["obligation", "point", "moment", "person"],
                name="a_point_fires_once_for_a_person",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(next_try_at__isnull=False),
                name="letters_to_send",
            ),
            models.Index(fields=["person", "-id"], name="messages_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"#{self.fact_id} to {self.person_id}"
