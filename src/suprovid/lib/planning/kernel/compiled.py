"""How the kernel's functions are compiled: they release Python's lock and share it."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    return cast(Function, numba.njit(nogil=True, error_model="numpy")(function))


def inlined(function: Function) -> Function:
    """For what runs a thousand times an iteration: a call would cost more than it."""
    return cast(
        Function,
        numba.njit(nogil=True, error_model="numpy", inline="always")(function),
    )
