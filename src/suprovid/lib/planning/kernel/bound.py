"""Problem and State as the compiled kernel holds them: by one address each.

A tuple of eighty arrays would be handed over array by array at every call, which takes
minutes to compile and time to run. The arrays are borrowed from the tuples, which must
live as long. Without numba's compiler the tuples serve as they are.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numba
import numpy as np
from numba import types
from numba.core import cgutils, config
from numba.core.typing.typeof import typeof
from numba.experimental import structref
from numba.extending import intrinsic
from numba.np.numpy_support import carray

from .state import Problem, State, fresh, prepare
from .tiny import TINY


@structref.register
class HeldProblem(types.StructRef):
    pass


@structref.register
class HeldState(types.StructRef):
    pass


class _Handle(structref.StructRefProxy):
    """What Python has in hand: it only passes it on."""


structref.define_boxing(HeldProblem, _Handle)  # type: ignore[no-untyped-call]
structref.define_boxing(HeldState, _Handle)  # type: ignore[no-untyped-call]


@intrinsic
def _pointer(_context: Any, address: Any) -> Any:  # pragma: no cover - compiling
    def codegen(_: Any, builder: Any, __: Any, given: Any) -> Any:
        return builder.inttoptr(given[0], cgutils.voidptr_t)

    return types.voidptr(address), codegen


@numba.njit
def _borrowed(array: Any) -> Any:  # pragma: no cover - compiled
    """The same array, whose owner is not counted: counting costs more than reading."""
    return carray(_pointer(array.ctypes.data), array.shape, array.dtype)  # type: ignore[call-arg]


def _layout(known: NamedTuple) -> list[tuple[str, Any]]:
    return [
        (name, typeof(part))  # type: ignore[no-untyped-call]
        for name, part in known._asdict().items()
    ]


HELD_PROBLEM = HeldProblem(  # type: ignore[no-untyped-call]
    _layout(prepare(TINY, np.ones(1)))
)
HELD_STATE = HeldState(  # type: ignore[no-untyped-call]
    _layout(fresh(TINY, 0))
)


def _holder(name: str, fields: tuple[str, ...]) -> Any:
    """Fills the structure field by field; numba wants that written out."""
    lines = [f"def hold(parts):\n    held = new({name})"]
    lines += [f"    held.{field} = borrowed(parts.{field})" for field in fields]
    space = {"new": structref.new, "borrowed": _borrowed, name: globals()[name]}
    exec("\n".join([*lines, "    return held"]), space)  # noqa: S102 - our own words
    return numba.njit(space["hold"])


if config.DISABLE_JIT:  # type: ignore[attr-defined]

    def hold_problem(parts: Problem) -> Any:
        return parts

    def hold_state(parts: State) -> Any:
        return parts

else:
    hold_problem = _holder("HELD_PROBLEM", Problem._fields)
    hold_state = _holder("HELD_STATE", State._fields)
