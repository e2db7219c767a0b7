"""Working time of a company: which instants are worked, and when a term is due.

The payment came on Wednesday, 15 April 2026, at 10:12; the term is 3 working days:

>>> from datetime import date, datetime
>>> from zoneinfo import ZoneInfo
>>> kyiv = ZoneInfo("Europe/Kyiv")
>>> calendar = standard_calendar(2026, 2027)
>>> paid = datetime(2026, 4, 15, 10, 12, tzinfo=kyiv)
>>> installed = calendar.due(paid, Term(3, Unit.WORKING_DAYS))
>>> print(installed.at.astimezone(kyiv))
2026-04-20 18:00:00+03:00

Every answer explains itself:

>>> for step in installed.steps:
...     print(f"{step.day:%a %d.%m}", step.kind, step.number or "", step.day_kind)
Wed 15.04 event  working
Thu 16.04 counted 1 working
Fri 17.04 counted 2 working
Sat 18.04 not_counted  weekend
Sun 19.04 not_counted  weekend
Mon 20.04 due 3 working

Hours run on working time only, and a warning point is a share of it:

>>> answer = calendar.due(paid, Term(4, Unit.WORKING_HOURS))
>>> print(answer.at.astimezone(kyiv))
2026-04-15 15:12:00+03:00
>>> print(calendar.point(paid, installed.at, 0.8).astimezone(kyiv))
2026-04-20 10:50:24+03:00

The rule with all its cases is in docs/worktime.md.
"""

from .calendar import WorkCalendar
from .days import Day
from .pattern import DayKind, DayRow, Hours, NoWorkingTime, Regime, Week
from .seed import MARTIAL_LAW, public_holidays, standard_calendar, standard_week
from .terms import Due, Mode, Step, StepKind, Term, Unit

__all__ = [
    "MARTIAL_LAW",
    "Day",
    "DayKind",
    "DayRow",
    "Due",
    "Hours",
    "Mode",
    "NoWorkingTime",
    "Regime",
    "Step",
    "StepKind",
    "Term",
    "Unit",
    "Week",
    "WorkCalendar",
    "public_holidays",
    "standard_calendar",
    "standard_week",
]
