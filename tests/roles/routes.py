"""Every address and every API operation, and something to call it with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

OURS = re.compile(r"^suprovid\.")
NOT_OURS = frozenset({"api"})
"""Namespaces walked by their own description (OpenAPI)."""


@dataclass(frozen=True)
class Page:
    """A page by its name; `args` are the names of what its address carries."""

    name: str
    args: tuple[str, ...]

    def address(self, things: Mapping[str, Any]) -> str:
        return reverse(self.name, kwargs={arg: things[arg] for arg in self.args})


@dataclass(frozen=True)
class Operation:
    """An operation of the API with a body that its schema lets through."""

    method: str
    path: str
    body: dict[str, Any] | None
    multipart: bool = False

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    def address(self, things: Mapping[str, Any]) -> str:
        """What the house has none of gets a number that nobody has."""
        return re.sub(r"\{(\w+)\}", lambda m: str(things.get(m[1], 0)), self.path)


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
            yield Page(f"{prefix}{entry.name}", args)


def _is_ours(entry: URLPattern) -> bool:
    return bool(OURS.match(entry.callback.__module__)) and entry.name is not None


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
    content = described.get("requestBody", {}).get("content", {})
    for kind, told in content.items():
        body = example(told["schema"], schema)
        return Operation(method, path, body, multipart=kind != "application/json")
    return Operation(method, path, None)


def example(told: Mapping[str, Any], schema: Mapping[str, Any]) -> Any:
    """The smallest value that a JSON schema takes."""
    if "$ref" in told:
        name = told["$ref"].rpartition("/")[2]
        return example(schema["components"]["schemas"][name], schema)
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
            return []
        case "integer" | "number":
            return told.get("minimum", told.get("exclusiveMinimum", 0) + 1)
        case "boolean":
            return False
    formats = {
        "date": "2026-04-13",
        "date-time": "2026-04-13T09:00:00Z",
        "email": "a@b.example",
    }
    return formats.get(str(told.get("format")), "x" * max(1, told.get("minLength", 1)))
