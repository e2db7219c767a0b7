"""Where the clock on the wall meets the time line, on days of clock changes too."""

from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def to_utc(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError("Give an instant with its zone; a naive one is no instant.")
    return instant.astimezone(UTC)


def to_minute(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)


def earliest(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first instant at which the clock shows `wall` or has jumped over it."""
    return _instants(wall, zone)[0]


def latest(wall: datetime, zone: ZoneInfo) -> datetime:
    """The last such instant: in autumn the clock shows an hour twice."""
    return _instants(wall, zone)[1]


def _instants(wall: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first <= second:
        return first, second
    # Spring: the clock never shows `wall`; both readings stand around the jump.
    jump = _jump_between(second, first, wall, zone)
    return jump, jump


def _jump_between(
    before: datetime, after: datetime, wall: datetime, zone: ZoneInfo
) -> datetime:
    def shown(second: int) -> datetime:
        instant = before + timedelta(seconds=second)
        return instant.astimezone(zone).replace(tzinfo=None)

    seconds = range(int((after - before).total_seconds()))
    return before + timedelta(seconds=bisect_left(seconds, wall, key=shown))
