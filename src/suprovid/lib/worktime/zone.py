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
    """The first instant at which the clock shows `wall` or more."""
    return _instants(wall, zone)[0]


def latest(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant from which the clock never shows less than `wall` again."""
    first, second = _instants(wall, zone)
    if first < second and _shown(second - timedelta.resolution, zone) >= wall:
        return first  # `wall` is the very mark that the clock goes back to
    return second


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
        return _shown(before + timedelta(seconds=second), zone)

    seconds = range(int((after - before).total_seconds()))
    return before + timedelta(seconds=bisect_left(seconds, wall, key=shown))


def _shown(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)
