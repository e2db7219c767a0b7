"""Legal forms: many spellings, one short form each (DOMAIN B1)."""

from __future__ import annotations

import re

from suprovid.clients.rules.folding import fold
from suprovid.intake.rules.texts import also, as_meant
from suprovid.intake.rules.told import Told
from suprovid.lib.decision import Reason
from suprovid.lib.words import word

SHORT = Reason(word("The legal form is written in its short form."))
FORMS: dict[str, tuple[str, ...]] = {
    "ТОВ": ("Товариство з обмеженою відповідальністю", "ТзОВ"),
    "ТДВ": ("Товариство з додатковою відповідальністю",),
    "ПП": ("Приватне підприємство",),
    "ФОП": ("Фізична особа-підприємець", "Фізична особа підприємець"),
    "АТ": ("Акціонерне товариство",),
    "ПрАТ": ("Приватне акціонерне товариство",),
    "ПАТ": ("Публічне акціонерне товариство",),
    "ВАТ": ("Відкрите акціонерне товариство",),
    "ЗАТ": ("Закрите акціонерне товариство",),
    "ДП": ("Державне підприємство",),
    "КП": ("Комунальне підприємство",),
    "КНП": ("Комунальне некомерційне підприємство",),
    "КУ": ("Комунальна установа",),
    "КЗ": ("Комунальний заклад",),
    "ДУ": ("Державна установа",),
    "ДНУ": ("Державна наукова установа",),
    "ДВНЗ": ("Державний вищий навчальний заклад",),
    "ПВНЗ": ("Приватний вищий навчальний заклад",),
    "ОСББ": ("Об’єднання співвласників багатоквартирного будинку",),
    "ГО": ("Громадська організація",),
    "БФ": ("Благодійний фонд", "Благодійна організація благодійний фонд"),
    "ФГ": ("Фермерське господарство",),
    "СФГ": ("Селянське фермерське господарство",),
    "СТОВ": ("Сільськогосподарське товариство з обмеженою відповідальністю",),
}


def key(text: str) -> str:
    """A form in one piece, as all its spellings have it.

    >>> key("Т. О. В."), key("ТОВ")
    ('тов', 'тов')
    """
    return "".join(fold(re.sub(r"[\W_]+", "", text[:200])))


_BY_KEY = {key(one): short for short, full in FORMS.items() for one in (short, *full)}


def read_form(text: str) -> Told[str]:
    """A known form in its short form; an unknown one as it stands."""
    return also(as_meant(text), lambda plain: _BY_KEY.get(key(plain), plain), SHORT)
