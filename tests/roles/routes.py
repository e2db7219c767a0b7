"""Every address and every API operation of the house."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from inspect import getclosurevars, unwrap
from typing import Any
from urllib.parse import urlencode

from django.urls import URLPattern, URLResolver, get_resolver, reverse

OURS = re.compile(r"^suprovid\.")
NOT_OURS = frozenset({"api"})
"""Namespaces walked by their own description (OpenAPI)."""
REQUIRED = "request_method_list"
"""How Django's decorators call the methods they let through."""
FILE = "a file"
"""Stands in an example where a file is sent."""


@dataclass(frozen=True)
class Page:
    """A page by its name; `args` are the names of what its address carries."""

    name: str
    args: tuple[str, ...]
    methods: tuple[str, ...] = ("GET", "POST")
    """What it takes; everything else is turned away with 405."""

    def address(self, things: Mapping[str, Any]) -> str:
        return reverse(self.name, kwargs={arg: things[arg] for arg in self.args})


@dataclass(frozen=True)
class Operation:
    """An operation of the API with a body that its schema lets through."""

    method: str
    path: str
    body: dict[str, Any] | None
    multipart: bool = False
    known: frozenset[str] = frozenset()
    """All names that its body may have, asked for or not."""
    query: tuple[str, ...] = ()
    """What must stand in its address after the question mark."""

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def args(self) -> tuple[str, ...]:
        return tuple(re.findall(r"\{(\w+)\}", self.path))

    def address(self, things: Mapping[str, Any]) -> str:
        path = self.path.format_map(things)
        asked = urlencode({name: things[name] for name in self.query})
        return f"{path}?{asked}" if asked else path


def pages() -> list[Page]:
    """All addresses of our own views, by name."""
    return sorted(_walk(get_resolver().url_patterns, ""), key=lambda page: page.name)


def _walk(entries: list[Any], prefix: str) -> Iterator[Page]:
    for entry in entries:
        if isinstance(entry, URLResolver):
            if entry.namespace not in NOT_OURS:
                inner = f"{entry.namespace}:" if entry.namespace else prefix
                yield from _walk(entry.url_patterns, inner)
        elif isinstance(entry, URLPattern) and _is_ours(entry):
            args = tuple(entry.pattern.regex.groupindex)
            yield Page(f"{prefix}{entry.name}", args, _methods(entry.callback))


def _is_ours(entry: URLPattern) -> bool:
    return bool(OURS.match(entry.callback.__module__)) and entry.name is not None


def _methods(view: Callable[..., Any]) -> tuple[str, ...]:
    """As `require_GET` and its like have it; both where nothing is required."""
    required: list[str] = []

    def look(wrapper: Callable[..., Any]) -> bool:
        required.extend(getclosurevars(wrapper).nonlocals.get(REQUIRED, ()))
        return False

    unwrap(view, stop=look)
    return tuple(m for m in ("GET", "POST") if m in (required or ("GET", "POST")))


def operations() -> list[Operation]:
    """All operations of the API, as its own OpenAPI describes them."""
    from suprovid.config.api import api

    schema = api.get_openapi_schema(path_prefix="/api/v1")
    found = [
        _operation(method.upper(), path, described, schema)
        for path, methods in schema["paths"].items()
        for method, described in methods.items()
    ]
    return sorted(found, key=lambda one: (one.path, one.method))


def _operation(
    method: str, path: str, described: Mapping[str, Any], schema: Mapping[str, Any]
) -> Operation:
    query = tuple(
        told["name"]
        for told in described.get("parameters", ())
        if told["in"] == "query" and told.get("required")
    )
    content = described.get("requestBody", {}).get("content", {})
    for kind, told in content.items():
        body = example(told["schema"], schema)
        named = known(told["schema"], schema)
        multipart = kind != "application/json"
        return Operation(method, path, body, multipart, named, query)
    return Operation(method, path, None, query=query)


def known(told: Mapping[str, Any], schema: Mapping[str, Any]) -> frozenset[str]:
    """Names of the properties of a body."""
    return frozenset(_followed(told, schema).get("properties", ()))


def _followed(told: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in told:
        return told
    found: Mapping[str, Any] = schema["components"]["schemas"][
        told["$ref"].rpartition("/")[2]
    ]
    return found


def example(told: Mapping[str, Any], schema: Mapping[str, Any]) -> Any:
    """The smallest value that a JSON schema takes."""
    told = _followed(told, schema)
    if "allOf" in told:
        return example(told["allOf"][0], schema)
    if "anyOf" in told:
        return example(told["anyOf"][0], schema)
    if "enum" in told:
        return told["enum"][0]
    if "const" in told:
        return told["const"]
    return _plain(told, schema)


def _plain(told: Mapping[str, Any], schema: Mapping[str, Any]) -> Any:
    match told.get("type"):
        case "object":
            required = told.get("required", ())
            named = told.get("properties", {})
            return {name: example(named[name], schema) for name in required}
        case "array":
            return [example(told["items"], schema)] * told.get("minItems", 0)
        case "integer" | "number":
            return told.get("minimum", told.get("exclusiveMinimum", 0) + 1)
        case "boolean":
            return False
    formats = {
        "date": "2026-04-13",
        "date-time": "2026-04-13T09:00:00Z",
        "binary": FILE,
    }
    return formats.get(str(told.get("format")), "x" * max(1, told.get("minLength", 1)))
