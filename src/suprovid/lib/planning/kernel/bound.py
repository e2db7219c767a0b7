"""Problem and State as the compiled kernel reads them: by one address each.

A tuple of eighty arrays would be handed over array by array at every call, which takes
minutes to compile and time to run. Instead the places and shapes of the arrays stand in
one table of whole numbers; a field is read from its row. Nothing there ever changes, so
the compiler may keep what it has read, and no owner is counted: the tuples must outlive
the search. Without numba's compiler the tuples serve as they are.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import types
from numba.core import cgutils, config
from numba.core.datamodel import models
from numba.core.typing.templates import AttributeTemplate
from numba.core.typing.typeof import typeof
from numba.extending import (
    infer_getattr,
    intrinsic,
    lower_getattr_generic,
    register_model,
)
from numba.np.arrayobj import make_array, populate_array

from .state import Problem, State, fresh, prepare
from .tiny import TINY

COLUMNS = 4
"""Of a row: the address of an array, then its lengths."""


class Held(types.Opaque):
    """An address of the table of one kind of tuple."""

    def __init__(self, example: NamedTuple) -> None:
        super().__init__(type(example).__name__)
        self.fields = {name: typeof(part) for name, part in example._asdict().items()}


register_model(Held)(models.OpaqueModel)
PROBLEM = Held(prepare(TINY, np.ones(1)))
STATE = Held(fresh(TINY, 0))


@infer_getattr
class _Fields(AttributeTemplate):
    key = Held

    def generic_resolve(self, held: Held, name: str) -> Any:  # type: ignore[override]
        return held.fields.get(name)


@lower_getattr_generic(Held)
def _read(context: Any, builder: Any, held: Held, address: Any, name: str) -> Any:
    kind = held.fields[name]
    row = list(held.fields).index(name) * COLUMNS
    place, *lengths = (
        _word(builder, address, row + column) for column in range(1 + kind.ndim)
    )
    array = make_array(kind)(context, builder)
    size = context.get_abi_sizeof(context.get_data_type(kind.dtype))
    steps = [context.get_constant(types.intp, size)]
    for length in reversed(lengths[1:]):
        steps.insert(0, builder.mul(steps[0], length))
    populate_array(
        array,
        data=builder.inttoptr(place, array.data.type),
        shape=cgutils.pack_array(builder, lengths),
        strides=cgutils.pack_array(builder, steps),
        itemsize=context.get_constant(types.intp, size),
        meminfo=None,
    )
    return array._getvalue()  # noqa: SLF001 - numba has no other word for it


def _word(builder: Any, table: Any, place: int) -> Any:
    words = builder.bitcast(table, cgutils.intp_t.as_pointer())
    read = builder.load(builder.gep(words, [cgutils.intp_t(place)]))
    read.set_metadata("invariant.load", builder.module.add_metadata([]))
    return read


def _reader(held: Held) -> Any:
    """Inside the kernel: the tuple that a table is of."""

    @intrinsic
    def of_table(_: Any, table: Any) -> Any:
        def codegen(context: Any, builder: Any, __: Any, given: Any) -> Any:
            array = make_array(table)(context, builder, given[0])
            return builder.bitcast(array.data, cgutils.voidptr_t)

        return held(table), codegen

    return of_table


def _table(parts: NamedTuple) -> Any:
    rows = [(part.ctypes.data, *part.shape) for part in parts]
    return np.array([(*row, *[0] * (COLUMNS - len(row))) for row in rows], np.int64)


if config.DISABLE_JIT:  # type: ignore[attr-defined]

    def hold(parts: Problem | State) -> Any:
        return parts

    def problem_of(parts: Problem) -> Any:
        return parts

    def state_of(parts: State) -> Any:
        return parts

else:
    hold = _table
    problem_of, state_of = _reader(PROBLEM), _reader(STATE)
