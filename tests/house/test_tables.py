"""Tables know each other only downstream."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Field
from django.db.models.fields.related import RelatedField

from suprovid.people.models import Person
from tests.house.shape import river

DEPTH = river(Path(__file__).parents[2])


def relations() -> Iterator[tuple[str, str, Any]]:
    """Our relations between apps: from, to, field. Everybody may know a person."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if isinstance(field, RelatedField) and not is_within(field):
                yield label(field.model), label(field.related_model), field


def is_within(field: Any) -> bool:
    here, there = label(field.model), label(field.related_model)
    return here not in DEPTH or there not in DEPTH or here == there


def label(model: Any) -> str:
    return str(model._meta.app_label)


def test_foreign_keys_run_down_the_river() -> None:
    """A key by a text ("handover.Sheet") escapes the import contracts; not this."""
    upward = [
        f"{field} points up the river"
        for here, there, field in relations()
        if DEPTH[here] >= DEPTH[there] and field.related_model is not Person
    ]
    assert upward == []


def test_a_table_does_not_know_who_points_at_it() -> None:
    told = [
        f"{field} needs related_name='+'"
        for _here, _there, field in relations()
        if not field.remote_field.hidden
    ]
    assert told == []


def test_there_are_relations_to_look_at() -> None:
    assert sum(1 for _ in relations()) > 20


def test_tables_keep_no_field_that_holds_several_kinds_of_things() -> None:
    """A generic key is a key by a text too."""
    generic = [
        str(field)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, Field) and label(field.model) in DEPTH
        if field.related_model and label(field.related_model) == "contenttypes"
    ]
    assert generic == []
