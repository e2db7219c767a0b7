"""What a heading of a list says, in the words people give to their columns."""

from __future__ import annotations

from functools import lru_cache

from suprovid.clients.rules.folding import fold
from suprovid.intake.rules.fields import Field

EXACT, PART, OF_THE_LOWER = 2.0, 1.0, 0.95
LONGEST = 200
_SAID: dict[Field, str] = {
    Field.CODE: (
        "єдрпоу іпн; код єдрпоу іпн; код юр особи; ід код; ідентиф код; "
        "code of company; "
        "єдрпоу; код єдрпоу; код за єдрпоу; єдрпоу рнокпп; код єдрпоу рнокпп; рнокпп;"
        "єгрпоу; код єгрпоу; окпо; код окпо; код; код клієнта; код організації;"
        "код підприємства; ідентифікаційний код; ідентифікаційний код юридичної особи;"
        "реєстраційний номер; податковий номер; іпн; інн; edrpou; edrpou code; egrpou;"
        "usreou; code; client code; company code; tax code; tax id; tax number;"
        "registration code; registration number; client id code; id code; code edrpou"
    ),
    Field.NAME: (
        "назва контрагента; найменування контрагента; компанія; "
        "назва компанії; фірма; назва фірми; споживач; заклад; назва закладу; "
        "найменування закладу; найменування установи; "
        "найменування підприємства; юрособа; business name; "
        "назва; повна назва; найменування; повне найменування; назва організації;"
        "назва клієнта; назва підприємства; назва установи; найменування клієнта;"
        "найменування організації; організація; підприємство; установа; клієнт;"
        "абонент; контрагент; покупець; замовник; юридична особа; лікар; name;"
        "full name; client; client name; company; company name; customer;"
        "customer name; organisation; organization; organisation name;"
        "organization name; legal name; legal entity; account name; subscriber"
    ),
    Field.SHORT_NAME: (
        "коротка назва; скорочена назва; скорочене найменування; скорочено;"
        "коротке найменування; short name; short"
    ),
    Field.LEGAL_FORM: (
        "форма господарювання; тип організації; company type; "
        "форма; опф; правова форма; організаційно правова форма; форма власності;"
        "орг форма; legal form; form; entity type"
    ),
    Field.REGION: (
        "область; обл; регіон; region; oblast; province; state; client region"
    ),
    Field.CITY: (
        "місто смт; нас п; locality; place; "
        "місто; населений пункт; нас пункт; н п; м сто; місто село; city; town;"
        "settlement; city town; city village; client city"
    ),
    Field.POSTCODE: (
        "поштовий код; post index; "
        "індекс; поштовий індекс; пошт індекс; postcode; post code; postal code; zip;"
        "zip code; index"
    ),
    Field.ADDRESS: (
        "юр адреса; факт адреса; адреса офісу; location; "
        "адреса; юридична адреса; поштова адреса; фактична адреса;"
        "адреса місцезнаходження; місцезнаходження; вулиця; вул; адреса клієнта;"
        "вулиця будинок; address; legal address; street; street address"
    ),
    Field.SOURCE: "джерело; source",
    Field.CONTRACT: (
        "реквізити договору; номер і дата договору; номер та дата договору;"
        "№ і дата договору; № та дата договору; договір № і дата; договір номер дата;"
        "реквізити договору номер дата; договір № дата;"
        "договір; договір №; № договору; номер договору; договір номер; дог; дог №;"
        "№ дог; договір n; n договору; номер дог; контракт; № контракту;"
        "номер контракту; угода; угода №; № угоди; номер угоди; contract;"
        "contract no; contract number; contract n;"
        "agreement; agreement no; agreement number; contract #"
    ),
    Field.SIGNED_ON: (
        "дата заключення; дата заключення договору; дата підпису; підписання; "
        "дата угоди; дата початку дії; початок дії; договір з; contract start; "
        "start date; "
        "дата договору; дата; дата укладення; дата укладання; дата підписання; від;"
        "підписано; укладено; підписаний; договір від; договір дата; дата дог;"
        "дата укладення договору; дата підписання договору; дата контракту;"
        "договір підписано; contract date; contract signed; date; signed; signed on;"
        "date signed; agreement date; contract date signed; signing date; дата початку"
    ),
    Field.VALID_TO: (
        "договір до; договір по; кінець; кінець дії; дата завершення; "
        "завершення; закінчення договору; дата закінчення дії; contract end; "
        "contract to; "
        "діє до; договір діє до; дата закінчення; дата закінчення договору; строк дії;"
        "строк дії договору; термін дії; термін дії договору; закінчення; дійсний до;"
        "чинний до; valid to; valid until; until; end date; expires; expiry;"
        "expiry date; contract until; contract end date; contract valid until"
    ),
    Field.KIT: (
        "програма; система; інформаційний комплект; тип комплекту; "
        "комплект; комплект поставки; назва комплекту; комплектація; набір; пакет; kit;"
        "package; product; set; bundle; kit name; продукт;"
        "тариф; тарифний план; plan"
    ),
    Field.PERIODICITY: (
        "графік; графік візитів; графік обслуговування; частота відвідувань; "
        "періодичність візитів; visits; "
        "періодичність; періодичність оновлення; періодичність оновлень;"
        "періодичність обслуговування; частота; частота оновлення; частота візитів;"
        "оновлення; periodicity; frequency; how often; update frequency; updates"
    ),
    Field.PRICE: (
        "вартість обслуговування; вартість послуг; щомісячний платіж; "
        "платіж на місяць; місячна плата; ціна з пдв; сума з пдв; ціна міс; "
        "міс; monthly payment; rate; monthly; "
        "ціна; ціна на місяць; ціна за місяць; ціна грн; ціна грн міс; абонплата;"
        "абонентська плата; абон плата; вартість; вартість на місяць; сума;"
        "сума на місяць; щомісячна плата; тариф; price; price per month; monthly price;"
        "price a month; monthly fee; fee; amount; price uah; cost; price month"
    ),
    Field.SEATS: (
        "к сть пк; кількість пк; пк; робочі місця; місця; "
        "кількість робочих станцій; computers; "
        "місць; кількість місць; робочих місць; кількість робочих місць; к сть місць;"
        "к ть місць; кільк місць; ліцензій; кількість ліцензій; кількість користувачів;"
        "користувачів; seats; users; number of seats; workplaces; licences; licenses"
    ),
    Field.NOTE: (
        "додатково; інше; other; "
        "примітка; примітки; коментар; коментарі; нотатки; note; notes; comment;"
        "comments; remark; remarks"
    ),
}
#: Words that make a heading speak of something else.
_BUT_NOT: dict[Field, str] = {
    Field.CODE: (
        "мфо поштовий міста телефону банку коатуу катоттг квед postal zip post phone"
        " країни ok promo договору contract"
    ),
    Field.NAME: (
        "комплекту комплект продукту контакт контактна контактної директор"
        " менеджер банку вулиці міста код адреса місто тип email телефон форма область"
        " коротка скорочена скорочене short code id type phone address city manager"
        " since contact file region note notes піб bank kit product street mail дата"
        " contract договір посада"
    ),
    Field.ADDRESS: "email електронна e mail сайт ip web пошти",
    Field.CONTRACT: (
        "дата сума ціна вартість строк термін діє предмет тип вид статус date type"
        " status price sum value end start signed until від підписано менеджер"
    ),
    Field.SIGNED_ON: (
        "народження birth закінчення реєстрації оплати оплата акта рахунку останнього"
        " visit візиту payment end expiry оновлення birthday діє до"
    ),
    Field.VALID_TO: "народження гарантії",
    Field.PRICE: (
        "словами борг боргу оплачено paid debt рік річна договору annual year total"
    ),
    Field.POSTCODE: "телефонний",
    Field.CITY: "код code",
}
#: Columns that are nothing to us, whatever their values look like.
_NOTHING = (
    "№; № з п; № п п; з п; п п; номер з п; n; n з п; n п п; порядковий номер; no; #;"
    "телефон; телефони; тел; контактний телефон; phone; phones; phone number; tel;"
    "mobile; email; e mail; mail; електронна пошта; ел пошта; електронна адреса;"
    "менеджер; manager; директор; керівник; піб; піб директора; піб керівника;"
    "контактна особа; контакт; contact; contact person; contact name; рахунок; iban;"
    "мфо; банк; bank; сайт; web; website; широта; довгота; lat; lon; id; ordinal"
)


#: Units beside a heading say nothing of its field.
_UNITS = frozenset(fold("грн гривень гривнях uah hrn шт"))


def _phrases(said: str) -> list[frozenset[str]]:
    return [frozenset(fold(phrase)) for phrase in said.split(";") if fold(phrase)]


_KNOWN = {field: _phrases(said) for field, said in _SAID.items()}
_VETO = {field: frozenset(fold(said)) for field, said in _BUT_NOT.items()}
_NO_FIELD = frozenset(_phrases(_NOTHING))


@lru_cache(maxsize=16_384)
def meaning(upper: str, lower: str, field: Field) -> float:
    """How well a heading says the field; `upper` is the heading of its group.

    Wholly is 2 and a little more for each word, in part from 1 to 1.5, else 0.
    """
    both = _meaning(f"{upper} {lower}", field)
    if not upper or not lower or frozenset(fold(lower[:LONGEST])) in _NO_FIELD:
        return both
    vetoed = _VETO.get(field, frozenset()) & frozenset(fold(upper[:LONGEST]))
    return max(both, 0 if vetoed else OF_THE_LOWER * _meaning(lower, field))


def says_nothing(upper: str, lower: str) -> bool:
    """An ordinal, a telephone: a column that is never read."""
    words = frozenset(fold(f"{upper} {lower}"[:LONGEST]))
    return words in _NO_FIELD or (
        not any(meaning(upper, lower, field) for field in Field)
        and frozenset(fold(lower[:LONGEST])) in _NO_FIELD
    )


def _meaning(heading: str, field: Field) -> float:
    words = frozenset(fold(heading[:LONGEST]))
    words = words - _UNITS or words
    if not words or words in _NO_FIELD:
        return 0
    if words in _KNOWN[field]:
        return EXACT + len(words) / 100
    if words & _VETO.get(field, frozenset()):
        return 0
    parts = [len(known) for known in _KNOWN[field] if known <= words]
    return PART + max(parts) / len(words) / 2 if parts else 0
