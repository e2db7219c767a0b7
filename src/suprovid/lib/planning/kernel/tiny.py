"""The smallest problem: one client, one day, one route. Kernels are compiled on it."""

import numpy as np

from suprovid.lib.planning.tables import Tables

_ZERO = np.zeros(1)
_FIRST = np.zeros(1, np.int32)

TINY = Tables(
    cost=np.zeros((2, 2)),
    time=np.zeros((2, 2)),
    service=_ZERO,
    demand=_ZERO,
    penalty=np.ones(1),
    pattern_of=np.array([0, 1], np.int32),
    pattern_days=np.zeros((1, 1), np.int32),
    pattern_cost=_ZERO,
    early=np.zeros((1, 1, 1)),
    late=np.ones((1, 1, 1)),
    route_day=_FIRST,
    route_vehicle=_FIRST,
    route_from=np.ones(1, np.int32),
    route_to=np.ones(1, np.int32),
    open=_ZERO,
    close=np.ones(1),
    longest=np.ones(1),
    usual=np.ones(1),
    over_price=_ZERO,
    capacity=np.ones(1),
    least=_FIRST,
    most=np.ones(1, np.int32),
    band_price=_ZERO,
    lunch_from=np.full(1, np.nan),
    lunch_until=np.full(1, np.nan),
    lunch=np.full(1, np.nan),
    extra=np.zeros((1, 1)),
)
