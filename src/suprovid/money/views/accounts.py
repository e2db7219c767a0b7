"""Pages of our own accounts."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from suprovid.money import actions, forms, queries
from suprovid.money.views.books import EITHER, crumbs
from suprovid.web.doing import perform
from suprovid.web.http import PersonRequest, asking, page
from suprovid.web.parts import Crumb


def _at(_account: object = None) -> str:
    return reverse("money:accounts")


def _show(request: PersonRequest, form: Form | None = None) -> HttpResponse:
    shown = queries.accounts_page(request.viewer)
    data = {"page": shown, "form": form or forms.NewAccount(), "crumbs": crumbs()}
    return asking(request, "money/accounts.html", data, shown.seeing)


@page
@require_http_methods(EITHER)
def accounts(request: PersonRequest) -> HttpResponseBase:
    if request.method != "POST":
        return _show(request)
    return perform(
        request,
        "money.add_account",
        forms.NewAccount(request.POST),
        work=lambda data: actions.add_account(actor=request.actor, **data),
        done=_at,
        again=lambda form: _show(request, form),
        said=_("The account is added."),
    )


def _one(
    request: PersonRequest, account_id: int, form: Form | None = None
) -> HttpResponse:
    shown = queries.account_row(request.viewer, account_id)
    handling = queries.accounts_page(request.viewer).handling
    start = {
        "name": shown.name,
        "posts_sure": shown.posts_sure,
        "version": shown.version,
    }
    data = {
        "account": shown,
        "handling": handling,
        "form": form or forms.ChangeAccount(initial=start),
        "crumbs": crumbs(Crumb(_("Our accounts"), _at())),
    }
    return asking(request, "money/account.html", data, handling)


@page
@require_http_methods(EITHER)
def account(request: PersonRequest, account_id: int) -> HttpResponseBase:
    if request.method != "POST":
        return _one(request, account_id)
    queries.account_row(request.viewer, account_id)
    return perform(
        request,
        "money.change_account",
        forms.ChangeAccount(request.POST),
        work=lambda data: actions.change_account(
            actor=request.actor, account_id=account_id, **data
        ),
        done=_at,
        again=lambda form: _one(request, account_id, form),
    )


@page
@require_POST
def close_account(request: PersonRequest, account_id: int) -> HttpResponseBase:
    return perform(
        request,
        "money.close_account",
        None,
        work=lambda _data: actions.close_account(
            actor=request.actor, account_id=account_id
        ),
        done=_at,
        again=lambda _form: _show(request),
        said=_("The account is closed."),
    )


@page
@require_POST
def open_account(request: PersonRequest, account_id: int) -> HttpResponseBase:
    return perform(
        request,
        "money.open_account",
        None,
        work=lambda _data: actions.open_account(
            actor=request.actor, account_id=account_id
        ),
        done=_at,
        again=lambda _form: _show(request),
        said=_("The account is open again."),
    )
