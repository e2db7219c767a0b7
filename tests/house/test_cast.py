"""The cast that is laid row by row is the one that was hired by actions."""

from __future__ import annotations

import pytest
from django.core import serializers
from django.db import transaction

from tests.cast import HIRED, Hired, hire
from tests.cast import _models as models

pytestmark = pytest.mark.django_db


def everything() -> str:
    rows = (row for model in models() for row in model._base_manager.order_by("pk"))
    return str(serializers.serialize("json", rows))


def test_the_cast_laid_again_has_the_rows_of_the_cast_hired(db: None) -> None:
    hired = Hired()
    with transaction.atomic():
        people = hired.again()
        first = everything()
        transaction.set_rollback(True)
    with transaction.atomic():
        assert hired.again().everybody() == people.everybody()
        again = everything()
        transaction.set_rollback(True)

    assert again == first


def test_where_people_are_already_the_actions_do_it(db: None) -> None:
    hired = Hired()
    with transaction.atomic():
        hire(HIRED)
        with pytest.raises(Exception, match="already"):
            hired.again()
        transaction.set_rollback(True)
