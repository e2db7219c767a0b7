"""Staff, their roles from a date to a date, groups, absence and deputies."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractBaseUser, UserManager
from django.db import models
from django.db.models import Q

from suprovid.people.rules import GROUP_ROLES, AbsenceKind, Role

SEATED_IN_A_GROUP = sorted(role.value for role in GROUP_ROLES)


class Person(AbstractBaseUser):
    """One of the staff. What one may do stands in RoleGrant, nowhere else."""

    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(unique=True)
    family_name = models.CharField(max_length=80)
    given_name = models.CharField(max_length=80)
    patronymic = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=5, default="uk")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    sort_key = models.CharField(max_length=255, db_index=True)
    version = models.PositiveIntegerField(default=1)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Family name first, as papers in Ukraine print it."""
        parts = (self.family_name, self.given_name, self.patronymic)
        return " ".join(part for part in parts if part)

    @property
    def short_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class ServiceGroup(models.Model):
    name = models.CharField(max_length=80, unique=True)
    sort_key = models.CharField(max_length=160)
    closed_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class Grants(models.QuerySet["RoleGrant"]):
    def on(self, day: date) -> Grants:
        """Rows in force on a day of the company's calendar (Kyiv)."""
        return self.filter(
            Q(valid_from__lte=day),
            Q(valid_to=None) | Q(valid_to__gt=day) | Q(valid_to=day, ended_at=None),
        )

    def not_over(self, day: date) -> Grants:
        """Rows in force on a day or later."""
        return self.filter(
            Q(valid_to=None) | Q(valid_to__gt=day) | Q(valid_to=day, ended_at=None)
        )


class RoleGrant(models.Model):
    """A role held from a day to a day, both inclusive; open when valid_to is null.

    One ended at once says when (`ended_at`): its last day no longer counts.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=[(r.value, r.name) for r in Role])
    group = models.ForeignKey(
        ServiceGroup, on_delete=models.PROTECT, null=True, related_name="+"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = Grants.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="group_roles_and_only_they_name_a_group",
                condition=Q(role__in=SEATED_IN_A_GROUP, group__isnull=False)
                | (Q(group=None) & ~Q(role__in=SEATED_IN_A_GROUP)),
            ),
            models.CheckConstraint(
                name="role_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
            ),
            models.CheckConstraint(
                name="role_ended_at_once_has_a_last_day",
                condition=Q(ended_at=None) | Q(valid_to__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(valid_to=None, group=None),
                name="one_open_grant_of_a_role",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "group"],
                condition=Q(valid_to=None, group__isnull=False),
                name="one_open_grant_of_a_role_in_a_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"


class Absences(models.QuerySet["Absence"]):
    def standing(self) -> Absences:
        """Absences that nobody took back."""
        return self.filter(cancelled_at=None)

    def on(self, day: date) -> Absences:
        return self.standing().filter(first_day__lte=day, last_day__gte=day)


class Absence(models.Model):
    """Days away, both inclusive; the deputy acts for this person within them."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(
        max_length=20, choices=[(k.value, k.name) for k in AbsenceKind]
    )
    first_day = models.DateField()
    last_day = models.DateField()
    cancelled_at = models.DateTimeField(null=True)

    objects = Absences.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_begins",
                condition=Q(last_day__gte=models.F("first_day")),
            ),
            models.CheckConstraint(
                name="nobody_stands_in_for_himself",
                condition=Q(deputy=None) | ~Q(deputy=models.F("person")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.first_day}..{self.last_day}"


class Token(models.Model):
    """An API token; only its SHA-256 is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.name} of {self.person_id}"


class Invitation(models.Model):
    """A one-time link by which a person sets the first password."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation of {self.person_id}"
