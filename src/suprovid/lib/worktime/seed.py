"""What a Ukrainian company starts with; it keeps these as rows and edits them."""

from collections.abc import Iterable
from datetime import date, time

from .calendar import WorkCalendar
from .pattern import Hours, Regime, Week

NINE_TO_SIX = Hours(time(9), time(18), lunch_start=time(13), lunch_end=time(14))

# Law 2136-IX art. 6, in force since 24.03.2022: under martial law holidays are worked.
MARTIAL_LAW = Regime(date(2022, 3, 24), None, holidays_work=True, name="Воєнний стан")

# The government's advice to swap a working day with a Saturday, given up to 2022, is no
# holiday: a company that followed it has its own two rows.
SWAPPED = "Вихідний день (перенесено"


def standard_week(valid_from: date) -> Week:
    """Monday to Friday, 9:00-18:00, lunch 13:00-14:00."""
    return Week(valid_from, (NINE_TO_SIX,) * 5 + (None, None))


def public_holidays(years: Iterable[int]) -> dict[date, str]:
    """Holidays by Labour Code art. 73, those suspended by martial law included.

    Transfers are left out: the calendar works them out from regime and week.
    """
    from holidays import country_holidays  # slow, and needed once a year

    found = country_holidays(
        "UA",
        years=list(years),
        categories=("public", "workday"),
        observed=False,
        language="uk",
    )
    named = {day: _typeset(name) for day, name in sorted(found.items())}
    return {day: name for day, name in named.items() if not name.startswith(SWAPPED)}


def standard_calendar(first_year: int, last_year: int) -> WorkCalendar:
    """The calendar of a company that has changed nothing yet."""
    return WorkCalendar(
        weeks=(standard_week(date(first_year, 1, 1)),),
        holidays=public_holidays(range(first_year, last_year + 1)),
        regimes=(MARTIAL_LAW,),
    )


def _typeset(name: str) -> str:
    return name.replace("ʼ", "’").replace("1939-1945", "1939–1945")
