"""Two clients become one, and are parted again, as intake tells it.

These are steps of its actions, inside their transaction: they decide nothing and record
nothing (its facts stand in the journal), but keep the base's promises.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from suprovid.clients.actions.shared import index
from suprovid.clients.models import Client, Contact, Site
from suprovid.lib.decision import Missing
from suprovid.people.rules import sort_key

ROOM = 120
"""Letters of a site's name."""


def hold_clients(*client_ids: int) -> list[Client]:
    """Lock clients in one order for everybody; told in the order asked.

    Raises:
        Missing: one of them is not there.
    """
    rows = Client.objects.select_for_update().filter(pk__in=client_ids).order_by("pk")
    found = {client.pk: client for client in rows}
    if set(found) != set(client_ids):
        raise Missing
    return [found[client_id] for client_id in client_ids]


@dataclass(frozen=True)
class Followed:
    """What of a client's own went to another: enough to bring it back."""

    contacts: list[int] = field(default_factory=list)
    stepped_down: int | None = None
    """The responsible person who is not it any more: the survivor has one."""
    sites: list[int] = field(default_factory=list)
    renamed: dict[str, list[str]] = field(default_factory=dict)
    """By the site's id: its name before and after."""
    clients: list[int] = field(default_factory=list)
    """Those that had been joined to the one that goes."""


def join(*, gone: Client, kept: Client, values: Mapping[str, Any]) -> Followed:
    """People, places and old names go to the survivor, which gets its new values."""
    followed = Followed(
        stepped_down=_step_down(gone, kept),
        contacts=_contacts(gone.pk, kept.pk),
        renamed=_rename_sites(gone, kept),
        sites=_sites(gone.pk, kept.pk),
        clients=_follow_clients(gone.pk, kept.pk),
    )
    gone.merged_into = kept
    _save(gone)
    change(kept, values)
    return followed


def part(
    *, gone: Client, kept: Client, values: Mapping[str, Any], followed: Followed
) -> None:
    """The same back again; what was changed since is brought back as it is now."""
    gone.merged_into = None
    _save(gone)
    _contacts(kept.pk, gone.pk, followed.contacts)
    _step_up(gone, followed)
    _sites(kept.pk, gone.pk, followed.sites)
    _name_sites_back(gone, followed)
    _follow_clients(kept.pk, gone.pk, followed.clients)
    change(kept, values)
    index(gone)


def change(client: Client, values: Mapping[str, Any]) -> None:
    """Write values by the names of columns; it is found by its words anew."""
    for name, value in values.items():
        setattr(client, name, value)
    client.sort_key = sort_key(str(client), room=420)
    _save(client)


def _save(client: Client) -> None:
    client.version += 1
    client.save()
    index(client)


def _follow_clients(
    before: int, after: int, only: Collection[int] | None = None
) -> list[int]:
    rows = Client.objects.filter(merged_into=before)
    rows = rows if only is None else rows.filter(pk__in=only)
    ids = sorted(rows.values_list("pk", flat=True))
    Client.objects.filter(pk__in=ids).update(merged_into=after)
    return ids


# ---------------------------------------------------------------- people


def _contacts(
    before: int, after: int, only: Collection[int] | None = None
) -> list[int]:
    rows = Contact.objects.filter(client=before)
    rows = rows if only is None else rows.filter(pk__in=only)
    ids = sorted(rows.values_list("pk", flat=True))
    Contact.objects.filter(pk__in=ids).update(client=after)
    return ids


def _step_down(gone: Client, kept: Client) -> int | None:
    """One responsible person a client: the survivor's stays, if it has one."""
    active = Contact.objects.filter(responsible=True, left_at=None)
    if not active.filter(client=kept).exists():
        return None
    person = active.filter(client=gone).first()
    if person is None:
        return None
    Contact.objects.filter(pk=person.pk).update(responsible=False)
    return person.pk


def _step_up(gone: Client, followed: Followed) -> None:
    of_gone = Contact.objects.filter(client=gone, left_at=None)
    if not of_gone.filter(responsible=True).exists():
        of_gone.filter(pk=followed.stepped_down or 0).update(responsible=True)


# ---------------------------------------------------------------- places


def _sites(before: int, after: int, only: Collection[int] | None = None) -> list[int]:
    rows = Site.objects.filter(client=before)
    rows = rows if only is None else rows.filter(pk__in=only)
    ids = sorted(rows.values_list("pk", flat=True))
    Site.objects.filter(pk__in=ids).update(client=after)
    return ids


def _rename_sites(gone: Client, kept: Client) -> dict[str, list[str]]:
    """Sites of a client differ by name: the code tells from where one came."""
    taken = set(Site.objects.filter(client=kept).values_list("name", flat=True))
    sites = list(Site.objects.filter(client=gone).order_by("pk"))
    renamed = {}
    taken_there = taken | {site.name for site in sites}
    for site in (one for one in sites if one.name in taken):
        new = _free_name(site.name, gone.code, taken_there)
        taken_there.add(new)
        renamed[str(site.pk)] = [site.name, new]
        _name_site(site, new)
    return renamed


def _free_name(name: str, code: str, taken: Collection[str]) -> str:
    """«Офіс (32855961)», and with a number where that is taken too."""
    number = 1
    while True:
        tail = f" ({code})" if number == 1 else f" ({code}, {number})"
        new = name[: ROOM - len(tail)] + tail
        if new not in taken:
            return new
        number += 1


def _name_sites_back(gone: Client, followed: Followed) -> None:
    taken = set(Site.objects.filter(client=gone).values_list("name", flat=True))
    for site in Site.objects.filter(client=gone).order_by("pk"):
        before, after = followed.renamed.get(str(site.pk), ("", ""))
        if before and site.name == after and before not in taken:
            taken.add(before)
            _name_site(site, before)


def _name_site(site: Site, name: str) -> None:
    site.name = name
    site.version += 1
    site.save(update_fields=["name", "version"])
