"""Take the pictures of README from a demo department of its own."""

from __future__ import annotations

import io
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
HEAVIEST = 300_000
COLOURS = 200


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served() -> Iterator[str]:
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    server: WSGIServer = make_server("127.0.0.1", 0, application, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def session(username: str) -> str:
    """The session of somebody signed in."""
    from django.conf import settings
    from django.test import Client

    from suprovid.people.models import Person

    client = Client()
    person = Person.objects.get(username=username)
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def browser_of(browser: Browser, url: str, username: str, width: int) -> BrowserContext:
    from django.conf import settings

    context = browser.new_context(
        base_url=url,
        locale="uk-UA",
        timezone_id="Europe/Kyiv",
        color_scheme="light",
        viewport={"width": width, "height": 900 if width > 400 else 740},
        is_mobile=width < 400,
    )
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": session(username), "url": url}])
    return context


def take(browser: Browser, url: str, name: str, shot: tuple[str, str, int]) -> None:
    username, page_of, width = shot
    context = browser_of(browser, url, username, width)
    page = context.new_page()
    answer = page.goto(page_of, wait_until="networkidle")
    if answer is None or answer.status != 200:
        raise SystemExit(f"{page_of} does not open for {username}.")
    keep(name, page.screenshot())
    context.close()


def keep(name: str, taken: bytes) -> None:
    """Few colours are enough for a page; a heavy picture is a mistake."""
    picture = Image.open(io.BytesIO(taken)).convert("RGB")
    path = PICTURES / f"{name}.png"
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > HEAVIEST:
        raise SystemExit(f"{path} weighs {path.stat().st_size} bytes.")
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")


def shots() -> dict[str, tuple[str, str, int]]:
    """By name: who looks, at what, how wide."""
    from suprovid.handover.models import Handover
    from suprovid.money.models import Statement

    told = Handover.objects.select_related("installer").order_by("pk")
    sheet = told.filter(stage="collecting", paid_at__isnull=False).first()
    going = told.filter(installer__isnull=False, installed_at=None).first()
    bank = Statement.objects.first()
    if sheet is None or bank is None or going is None or going.installer is None:
        raise SystemExit("The demo has nothing to show.")
    return {
        "day": ("tkachuk", "/", 1440),
        "board": ("doroshenko", "/handovers/", 1440),
        "sheet": ("tkachuk", f"/handovers/{sheet.pk}/", 1440),
        "statement": ("polishchuk", f"/money/statements/{bank.pk}/", 1440),
        "phone": (going.installer.username, f"/installations/{going.pk}/", 360),
    }


def picture_everything() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from suprovid.demo.build import build
    from suprovid.journal.actions import beat

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    build(datetime.now(UTC))
    beat("worker", datetime.now(UTC))  # none runs here: no alarm about that
    PICTURES.mkdir(parents=True, exist_ok=True)
    wanted = shots()
    with served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, shot in wanted.items():
            take(browser, url, name, shot)
        browser.close()


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suprovid.config.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps an event loop
    os.environ.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory(prefix="suprovid-pictures-") as home:
        os.environ["SUPROVID_HOME"] = home
        picture_everything()
    return 0


if __name__ == "__main__":
    sys.exit(main())
