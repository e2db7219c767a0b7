"""The house keeps its shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.shape import apps, faults, river

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "suprovid"


def test_the_house_has_no_faults() -> None:
    assert faults(PACKAGE) == []


def test_every_app_stands_in_every_contract(pyproject: str) -> None:
    standing = {app.name for app in apps(PACKAGE)}
    assert standing <= set(river(ROOT))
    for app in standing:
        assert pyproject.count(f'"suprovid.{app}"') == 2, f"{app}: rooms and doors"


@pytest.fixture
def pyproject() -> str:
    return (ROOT / "pyproject.toml").read_text()


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The smallest house: one app."""
    (tmp_path / "money" / "templates").mkdir(parents=True)
    (tmp_path / "money" / "__init__.py").touch()
    return tmp_path


def test_a_small_house_has_no_faults(house: Path) -> None:
    assert faults(house) == []


@pytest.mark.parametrize(
    ("place", "text", "fault"),
    [
        ("money/actions.py", "x = 1\n" * 401, "401 lines"),
        ("money/utils.py", "", "money/utils.py: there is no such room"),
        ("money/helpers/__init__.py", "", "money/helpers: there is no such room"),
        ("money/rules.py", "import importlib", "rules.py:1: importlib imports by"),
        (
            "money/actions.py",
            "def f():\n    return import_module('suprovid.handover')",
            "actions.py:2: import_module imports by a text",
        ),
        ("money/models.py", "apps.get_model('handover', 'X')", "get_model imports by"),
        ("money/rules.py", "__import__('suprovid.desk')", "__import__ imports by"),
        ("money/views.py", "mark_safe(text)", "mark_safe lets a text"),
        ("money/api.py", "from x import csrf_exempt", "csrf_exempt opens a door"),
        ("money/queries.py", "Invoice.objects.raw(q)", "raw asks the database"),
        ("money/queries.py", "Invoice.objects.extra(q)", "extra asks the database"),
        (
            "web/x.py",
            "from django.db.models.signals import post_save",
            "a signal hides",
        ),
        ("money/actions.py", "import django.dispatch", "a signal hides"),
        ("money/templates/a.html", '<b style="x">', "a.html:1: style in a tag"),
        ("money/templates/a.html", '\n<b onclick="x">', "a.html:2: a script in a tag"),
        ("money/templates/a.html", "<script>x</script>", "a script in the page"),
        ("money/templates/a.html", "<a href='javascript:x'>", "a script in a link"),
        ("money/templates/a.html", "{{ name|safe }}", "safe: lets a text"),
        ("money/templates/a.html", "{% autoescape off %}", "autoescape off"),
        ("money/templates/a.html", '<img src="//cdn.example">', "another host"),
    ],
)
def test_a_planted_fault_is_found(
    house: Path, place: str, text: str, fault: str
) -> None:
    planted = house / place
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(text)
    assert fault in "\n".join(faults(house))


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("config/words.py", "import_module('suprovid.money.rules')"),
        ("money/tests/test_x.py", "import_module('suprovid.money.rules')"),
        ("money/migrations/0002_x.py", "apps.get_model('money', 'Invoice')"),
        ("money/actions/invoices.py", "x = 1"),
        ("money/templates/a.html", '<script src="a.js" defer></script>'),
        ("money/templates/a.html", '<script type="application/json">{}</script>'),
        ("money/templates/a.html", "{# style= onclick= |safe #}"),
        ("money/templates/a.html", '<input name="once" data-style="x">'),
    ],
)
def test_what_is_allowed_is_no_fault(house: Path, place: str, text: str) -> None:
    planted = house / place
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_text(text)
    assert faults(house) == []
