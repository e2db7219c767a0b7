"""The calendars that the tests and the worked examples speak of."""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from suprovid.lib.worktime import (
    DayRow,
    Hours,
    Mode,
    Regime,
    Week,
    WorkCalendar,
    standard_calendar,
    standard_week,
)

KYIV = ZoneInfo("Europe/Kyiv")

USUAL = standard_calendar(2026, 2027)  # Mon-Fri 9-18, lunch 13-14, martial law
PEACE = replace(USUAL, regimes=())
SAME_CLOCK = replace(USUAL, mode=Mode.SAME_CLOCK)

UNTIL_AUGUST = Regime(date(2022, 3, 24), date(2026, 8, 20), holidays_work=True)
FROM_AUGUST = Regime(date(2026, 8, 22), None, holidays_work=True)
PEACE_COMES = replace(USUAL, regimes=(UNTIL_AUGUST,))
PEACE_GOES = replace(USUAL, regimes=(FROM_AUGUST,))

SHORT = Hours(time(9), time(16), time(13), time(14))
EARLY_LUNCH = Hours(time(9), time(18), time(12), time(13))
SHORT_MONDAY = (DayRow(date(2026, 4, 20), SHORT, "Скорочений день"),)
WITH_SHORT_MONDAY = replace(USUAL, exceptions=SHORT_MONDAY)
SAME_CLOCK_SHORT_MONDAY = replace(SAME_CLOCK, exceptions=SHORT_MONDAY)
SAME_CLOCK_EARLY_LUNCH = replace(
    SAME_CLOCK, exceptions=(DayRow(date(2026, 4, 20), EARLY_LUNCH),)
)
WITH_WORKING_SATURDAY = replace(
    USUAL, exceptions=(DayRow(date(2026, 4, 18), SHORT, "Робоча субота"),)
)
WITH_FREE_MONDAY = replace(
    USUAL, exceptions=(DayRow(date(2026, 4, 20), None, "Переїзд"),)
)
NIGHT = Week(date(2026, 1, 1), (Hours(time(1), time(6)),) * 7)
NIGHTS = replace(USUAL, weeks=(NIGHT,))
ROUND_THE_CLOCK = replace(
    USUAL, weeks=(Week(date(2026, 1, 1), (Hours(time(0), time(0)),) * 7),)
)
IDLE = WorkCalendar(weeks=(Week(date(2026, 1, 1), (None,) * 7),))
STARTS_IN_2026 = WorkCalendar(weeks=(standard_week(date(2026, 1, 1)),))


def at(text: str) -> datetime:
    """A moment by the clock of Kyiv: `2026-04-17 23:30`."""
    return datetime.fromisoformat(text).replace(tzinfo=KYIV)
