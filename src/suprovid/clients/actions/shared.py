"""Steps that several actions on clients share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from suprovid.clients.models import Client, SearchWord
from suprovid.clients.queries import standing, visible
from suprovid.clients.rules import CodeKind, fold, may_change
from suprovid.clients.rules.codes import PERSONAL
from suprovid.journal.rules import Actor
from suprovid.lib.decision import Forbidden, Missing, require
from suprovid.people import queries as people
from suprovid.people.rules import Viewer

BATCH = 500


def locked(viewer: Viewer, client_id: int) -> Client:
    """The client this person sees, held until the transaction ends.

    Raises:
        Missing: not found, or not theirs.
    """
    client = visible(viewer).select_for_update().filter(pk=client_id).first()
    if client is None:
        raise Missing
    return client


def locked_to_change(viewer: Viewer, client_id: int) -> Client:
    """The client, if this person may change it.

    Raises:
        Missing, Forbidden.
    """
    client = locked(viewer, client_id)
    require(may_change(viewer, standing(client)), Forbidden)
    return client


def for_whom(actor: Actor, client: Client) -> int | None:
    """The absent person in whose right one changes a client (PROCESS 5)."""
    whose = standing(client)
    return people.viewer(actor).for_whom(lambda one: may_change(one, whose))


@dataclass(frozen=True)
class Told:
    """What a fact says of a client, parted by whether it can be erased."""

    details: Mapping[str, Any]
    personal: Mapping[str, Any]


def told(client: Client, said: Mapping[str, Any], **details: Any) -> Told:
    """A person's name and number are personal data, an organisation's are not."""
    if client.code_kind in PERSONAL:
        return Told(details, said)
    return Told({**said, **details}, {})


def is_personal(kind: str) -> bool:
    return CodeKind(kind) in PERSONAL


def index(client: Client) -> None:
    """Make the client found by its present words and no others.

    By the names and codes of those joined to it too; they are not found themselves.
    """
    joined = Client.objects.filter(merged_into=client.pk)
    now = set().union(*map(words_of, [client, *joined]))
    if client.merged_into_id is not None:
        now = set()
    old = set(SearchWord.objects.filter(client=client).values_list("word", flat=True))
    SearchWord.objects.filter(client=client, word__in=old - now).delete()
    SearchWord.objects.bulk_create(_words(client, now - old))


def index_new(clients: Iterable[Client]) -> None:
    """The words of clients just entered, in a few statements."""
    words = [word for client in clients for word in _words(client, words_of(client))]
    SearchWord.objects.bulk_create(words, batch_size=BATCH)


def words_of(client: Client) -> set[str]:
    return set(fold(f"{client.name} {client.short_name} {client.code} {client.city}"))


def _words(client: Client, words: set[str]) -> list[SearchWord]:
    return [SearchWord(word=word, client=client) for word in sorted(words)]
