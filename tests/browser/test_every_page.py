"""Every page of the URL map in a real browser: readable by all, in both languages.

axe-core finds nothing, nothing is wider than a phone, no word mixes two alphabets, no
word of ours stands in the other language. A department is built once a look; each page
is opened by one person and looked at in both sizes and both themes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page as Browser
from playwright.sync_api import Route
from pytest_django.live_server_helper import LiveServer

from suprovid.people.models import Person
from tests.browser.looking import SIZES, Look, faults
from tests.browser.tour import secret_of_an_invitation, tour
from tests.cast import HIRED, PASSWORD, Cast, hire
from tests.fixtures.browser import OpenAs

LOOKS = (Look("uk", "light", "desk"), Look("en", "dark", "phone"))
ERRORS = sorted(
    int(path.stem)
    for path in Path("src/suprovid/web/templates/web/errors").glob("[0-9]*.html")
)
Opened = Callable[[Person | None], Browser]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(params=LOOKS, ids=lambda look: look.language)
def look(request: pytest.FixtureRequest) -> Look:
    chosen: Look = request.param
    return chosen


@pytest.fixture
def opened(look: Look, open_as: OpenAs, live_server: LiveServer) -> Opened:
    """That person's browser, the same one every time."""
    kept: dict[Person | None, Browser] = {}

    def new(person: Person | None) -> Browser:
        if person is not None:
            person.language = look.language
            person.save(update_fields=["language"])
        browser = open_as(person, language=look.language)
        browser.set_viewport_size(SIZES[look.size])
        browser.emulate_media(reduced_motion="reduce")  # no colour half way
        chosen = {"theme": look.theme, "django_language": look.language}
        browser.context.add_cookies(
            [{"name": n, "value": v, "url": live_server.url} for n, v in chosen.items()]
        )
        return browser

    def browser_of(person: Person | None) -> Browser:
        if person not in kept:
            kept[person] = new(person)
        return kept[person]

    return browser_of


def test_every_page_of_the_map_is_for_everyone(look: Look, opened: Opened) -> None:
    shown = tour()
    found = {}
    for stop in shown.stops:
        browser = opened(getattr(shown.house.cast, stop.who))
        browser.goto(stop.address)
        if wrong := faults(browser, look):
            found[f"{stop.who} {stop.address}"] = wrong

    assert found == {}
    assert shown.missed == (), "nobody was shown these pages of the map"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return hire(HIRED)


def test_strangers_can_read_what_is_shown_to_them(
    look: Look, cast: Cast, opened: Opened
) -> None:
    secret = secret_of_an_invitation(cast, datetime.now(UTC))
    browser, found = opened(None), {}
    for address in (
        reverse("account_login"),
        reverse("account_reset_password"),
        reverse("account_reset_password_done"),
        reverse("account_reset_password_from_key", args=["1", "set-password"]),
        reverse("account_reset_password_from_key_done"),
        reverse("people:invitation", args=[secret]),
    ):
        browser.goto(address)
        if wrong := faults(browser, look):
            found[address] = wrong

    assert found == {}


def test_the_second_factor_is_for_everyone(
    look: Look, cast: Cast, opened: Opened
) -> None:
    """Signed in with a password and a code, as people do it."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(cast.olena, secret)
    RecoveryCodes.activate(cast.olena)
    cast.olena.language = look.language
    cast.olena.save(update_fields=["language"])
    browser, found = opened(None), {}

    def looked(name: str) -> None:
        if wrong := faults(browser, look):
            found[name] = wrong

    browser.goto(reverse("account_login"))
    browser.fill("[name=login]", cast.olena.username)
    browser.fill("[name=password]", PASSWORD)
    browser.press("[name=password]", "Enter")
    browser.wait_for_url("**/2fa/authenticate/**")
    looked("mfa_authenticate")
    browser.fill("[name=code]", _code(secret))
    browser.press("[name=code]", "Enter")
    browser.wait_for_url(lambda url: "/2fa/" not in url)
    browser.goto(reverse("account_reauthenticate"))
    looked("account_reauthenticate")
    browser.fill("[name=password]", PASSWORD)
    browser.press("[name=password]", "Enter")
    browser.wait_for_url(lambda url: "/reauthenticate/" not in url)
    for name in OWN_ACCOUNT:
        browser.goto(reverse(name))
        looked(name)
    Authenticator.objects.all().delete()
    browser.goto(reverse("mfa_activate_totp"))
    assert browser.locator(".qr").count()
    looked("mfa_activate_totp")

    assert found == {}


OWN_ACCOUNT = (
    "mfa_index",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_deactivate_totp",
    "mfa_reauthenticate",
    "account_change_password",
    "account_logout",
)


def _code(secret: str) -> str:
    counter = next(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def test_refusals_are_for_everyone(look: Look, cast: Cast, opened: Opened) -> None:
    """Each error page, painted by the real styles."""
    browser, found = opened(cast.olena), {}
    for number in ERRORS:
        with translation.override(look.language):
            html = render_to_string(f"web/errors/{number}.html")
        browser.route("**/refused/", partial(_answer, html))
        browser.goto("/refused/")
        browser.unroute("**/refused/")
        if wrong := faults(browser, look):
            found[number] = wrong

    assert found == {}


def _answer(html: str, route: Route) -> None:
    route.fulfill(body=html, content_type="text/html")


def test_what_opens_over_a_page_is_for_everyone(
    look: Look, cast: Cast, opened: Opened
) -> None:
    """The search by Ctrl-K with its finds, the person's panel, the menu of a phone."""
    browser, found = opened(cast.iryna), {}

    def looked(name: str) -> None:
        if wrong := faults(browser, look):
            found[name] = wrong

    browser.goto("/")
    browser.keyboard.press("Control+k")
    browser.keyboard.type("ткачук")
    browser.wait_for_selector("#palette-out a")
    looked("search")
    browser.keyboard.press("Escape")
    if look.size == "phone":
        browser.click("[data-menu]")
        looked("menu")
        browser.click("[data-menu]")  # a wide screen has closed it
    browser.click("[data-me] > summary")
    looked("panel")

    assert found == {}


@pytest.mark.parametrize("address", ["/clients/new/", "/clients/lookup/"])
def test_what_is_wrong_with_a_form_is_told_to_everyone(
    address: str, look: Look, cast: Cast, opened: Opened
) -> None:
    browser = opened(cast.iryna)
    browser.goto(address)
    browser.evaluate("""() => {
        const form = document.querySelector("main form");
        form.noValidate = true;
        form.requestSubmit();
    }""")
    browser.wait_for_selector("[data-errors]")

    assert faults(browser, look) == []
