"""The checker of words finds what a reader would stumble over."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from scripts import words
from scripts.words import Said, Unreadable, problems, said_by_python, said_by_template

CODE = """
from x import deny, gettext_lazy as later, ngettext, pgettext, word
deny("Only the {role} "
     "may.", role=1)
raise invalid("number", "Taken.")
pgettext("time", "at")
ngettext("{n} day", "{n} days", n)
word("{count} rows are good.")
gettext(variable)
"""


def test_code_is_read_as_python_reads_it() -> None:
    assert [(s.msgid, s.plural, s.context) for s in said_by_python(CODE)] == [
        ("Only the {role} may.", None, None),
        ("Taken.", None, None),
        ("at", None, "time"),
        ("{n} day", "{n} days", None),
        ("{count} rows are good.", "{count} rows are good.", None),
    ]


def test_templates_are_read_as_django_reads_them() -> None:
    page = """{% load i18n %}
      {% translate "Clients" %} it's {{ _("Shown") }}
        {% blocktranslate count n=rows|length trimmed %}
          one row of {{ all }}
    {% plural %}{{ n }} rows of {{ all }}{% endblocktranslate %}
    {% translate "May" context "month" %}"""
    assert [(s.msgid, s.plural, s.context) for s in said_by_template(page)] == [
        ("Clients", None, None),
        ("Shown", None, None),
        ("one row of %(all)s", "%(n)s rows of %(all)s", None),
        ("May", None, "month"),
    ]


def test_an_f_string_is_refused() -> None:
    with pytest.raises(Unreadable, match="line 1"):
        list(said_by_python('deny(f"Only {role} may.")'))


def told(msgid: str, text: str, *, fuzzy: bool = False) -> str:
    known = Catalog(locale="uk")
    known.add(msgid, text, flags=["fuzzy"] if fuzzy else [])
    return "\n".join(problems({(msgid, ""): Said(msgid)}, known, "uk"))


def test_a_good_translation_is_good() -> None:
    text = "Завантажте PDF-файл «{name}» — обов’язково <a href='/x'>тут</a>."
    assert told("Upload the PDF file “{name}” <a href='/x'>here</a>.", text) == ""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "not translated"),
        ("Рахунок {nomer}", "differ in their {placeholders}"),
        ("Рахунок", "differ in their {placeholders}"),
        ('Рахунок "{number}"', "straight quotes"),
        ("Об'єкт {number}", "straight quotes"),
        ("Рахунoк {number}", "mixes alphabets in Рахунoк"),
        ("Рахунок i акт {number}", "mixes alphabets in i"),
        ("Счёт {number}", "a letter that Ukrainian has not"),
        ("Объект {number}", "a letter that Ukrainian has not"),
    ],
)
def test_a_bad_translation_is_told(text: str, problem: str) -> None:
    assert problem in told("Invoice {number}", text)


def test_a_fuzzy_translation_is_told() -> None:
    assert "fuzzy" in told("Invoice", "Рахунок", fuzzy=True)


def test_a_message_that_nobody_says_is_told() -> None:
    known = Catalog(locale="uk")
    known.add("Invoice", "Рахунок")
    assert "said nowhere" in "\n".join(problems({}, known, "uk"))


def test_every_plural_form_is_asked_for() -> None:
    known, said = Catalog(locale="uk"), Said("{n} day", "{n} days")
    known.add((said.msgid, "{n} days"), ("{n} день", "{n} дні", "{n} днів", ""))
    assert "not translated" in "\n".join(problems({said.key: said}, known, "uk"))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house of one app, money, that says one thing."""
    monkeypatch.setattr(words, "ROOT", tmp_path)
    monkeypatch.setattr(words, "PACKAGE", tmp_path)
    (tmp_path / "money").mkdir()
    (tmp_path / "money" / "__init__.py").touch()
    (tmp_path / "money" / "rules.py").write_text('word("Invoice {number}")')
    return tmp_path / "money" / "locale" / "uk" / "LC_MESSAGES" / "django.po"


def test_a_translation_survives_the_next_extraction(house: Path) -> None:
    words.extract("money")
    translated = house.read_text().replace(
        'number}"\nmsgstr ""', 'number}"\nmsgstr "Рахунок {number}"'
    )
    house.write_text(translated)
    words.extract("money")
    assert 'msgstr "Рахунок {number}"' in house.read_text()
    assert words.check("money") == []


def test_extraction_twice_changes_nothing(house: Path) -> None:
    words.extract("money")
    first = house.read_text()
    words.extract("money")
    assert house.read_text() == first


def test_an_untranslated_house_fails_the_check(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words.extract("money")
    assert words.main(["check"]) == 1
    assert "“Invoice {number}” is not translated" in capsys.readouterr().out


def test_a_message_means_one_thing_in_the_whole_house(house: Path) -> None:
    for app, text in (("one", "Чому"), ("two", "Причина")):
        path = words.file_of(app, "uk")
        known = Catalog(locale="uk")
        known.add("Why", text)
        words.write(path, known, "uk")

    (told,) = words.two_meanings(["one", "two"])

    assert "“Why” means two things" in told
    assert "one: Чому, two: Причина" in told
