"""How the kernel's functions are compiled: they release Python's lock and share it.

None of them makes or owns an array, so no owners are counted (`_nrt`): counting took a
seventh of the time.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])

_way: Any = partial(numba.njit, nogil=True, error_model="numpy", _nrt=False)


def compiled(function: Function) -> Function:
    return cast(Function, _way()(function))


def inlined(function: Function) -> Function:
    """For what runs a thousand times an iteration: a call would cost more than it."""
    return cast(Function, _way(forceinline=True)(function))


def kept(function: Any) -> Any:
    """What Python calls: compiled for good, in a file beside it."""
    return _way(cache=True)(function)
