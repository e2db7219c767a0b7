"""The description of the API that programs are written by (OpenAPI)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ninja import Schema


def shapes(of: type[Schema] = Schema) -> Iterator[type[Schema]]:
    for shape in of.__subclasses__():
        if shape.__module__.startswith("suprovid."):
            yield shape
        yield from shapes(shape)


def test_no_two_shapes_bear_one_name() -> None:
    """The description knows shapes by their names alone: the later would hide the
    earlier, whatever app it is of. The same shape may stand twice.
    """
    from suprovid.config.api import api

    assert api.get_openapi_schema()["openapi"].startswith("3.")
    told = defaultdict(set)
    for shape in shapes():
        fields = {name: str(one) for name, one in shape.model_fields.items()}
        told[shape.__name__].add(str(sorted(fields.items())))

    assert {name for name, different in told.items() if len(different) > 1} == set()
