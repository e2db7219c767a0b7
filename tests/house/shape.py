"""What a house must look like, asked of any copy of it: each answer lists the faults.

These are the rules that import-linter cannot see: imports by a text, rooms by the name
of a file, what a template writes into a page.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

LONGEST = 400
NO_ROOMS = {"config", "demo", "lib", "web"}
ROOMS = {
    "__init__", "urls", "views", "api", "jobs", "management", "followers", "forms",
    "actions", "queries", "models", "rules", "apps", "migrations", "tests",
}  # fmt: skip
FOLDERS = {"templates", "locale", "static", "__pycache__"}
DYNAMIC = {
    "import_module", "import_string", "__import__", "get_model", "get_app_config",
}  # fmt: skip
UNSAFE = {
    "mark_safe": "lets a text into a page as it stands",
    "SafeString": "lets a text into a page as it stands",
    "csrf_exempt": "opens a door to forged requests",
    "raw": "asks the database past the models",
    "extra": "asks the database past the models",
    "RawSQL": "asks the database past the models",
}
SIGNALS = ("django.db.models.signals", "django.dispatch", "django.core.signals")
PAGE_FAULTS = {
    r"<[^>]*\sstyle\s*=": "style in a tag: the policy refuses it, use a class",
    r"<[^>]*\son[a-z]+\s*=": "a script in a tag: the policy refuses it",
    r"<script(?![^>]*\bsrc\s*=)(?![^>]*application/json)": "a script in the page",
    r"javascript:": "a script in a link",
    r"\|\s*safe(seq)?\b": "safe: lets a text into a page as it stands",
    r"\bautoescape\s+off": "autoescape off: lets texts into a page as they stand",
    r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//": "an address of another host",
}


def faults(package: Path) -> list[str]:
    """Everything that is wrong with the house in this folder."""
    return [
        *long_modules(package),
        *strange_rooms(package),
        *dynamic_imports(package),
        *unsafe_calls(package),
        *signals(package),
        *faulty_pages(package),
    ]


# ----------------------------------------------------------------------- its files


def modules(package: Path) -> Iterator[tuple[str, Path]]:
    """Modules by their place in the house; migrations and tests live otherwise."""
    for path in sorted(package.rglob("*.py")):
        place = path.relative_to(package)
        if not {"migrations", "tests"} & set(place.parts):
            yield place.as_posix(), path


def apps(package: Path) -> Iterator[Path]:
    for path in sorted(package.glob("*/__init__.py")):
        if path.parent.name not in NO_ROOMS:
            yield path.parent


def long_modules(package: Path) -> Iterator[str]:
    for place, path in modules(package):
        lines = len(path.read_text().splitlines())
        # Compiled kernels are one piece by their nature.
        if lines > LONGEST and not place.startswith("lib/planning/"):
            yield f"{place}: {lines} lines, make it a folder of topics"


def strange_rooms(package: Path) -> Iterator[str]:
    for app in apps(package):
        for path in sorted(app.iterdir()):
            known = FOLDERS if path.is_dir() else set()
            if path.stem not in ROOMS | known and not path.name.startswith("."):
                yield f"{app.name}/{path.name}: there is no such room"


# -------------------------------------------------------------------------- its code


def names_used(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Names that a module imports or calls, with their lines."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(names=names) | ast.Import(names=names):
                yield from ((node.lineno, name.name) for name in names)
            case (
                ast.Call(func=ast.Attribute(attr=name))
                | ast.Call(func=ast.Name(id=name))
            ):
                yield node.lineno, name


def dynamic_imports(package: Path) -> Iterator[str]:
    """An import by a text is invisible to the contracts; config alone may."""
    for place, path in modules(package):
        if place.startswith("config/"):
            continue
        for line, name in names_used(ast.parse(path.read_text())):
            if name in DYNAMIC or name.split(".")[0] == "importlib":
                yield f"{place}:{line}: {name} imports by a text, out of sight"


def unsafe_calls(package: Path) -> Iterator[str]:
    for place, path in modules(package):
        for line, name in names_used(ast.parse(path.read_text())):
            if name in UNSAFE:
                yield f"{place}:{line}: {name} {UNSAFE[name]}"


def signals(package: Path) -> Iterator[str]:
    for place, path in modules(package):
        for node in ast.walk(ast.parse(path.read_text())):
            wanted = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if isinstance(node, ast.Import):
                wanted = [name.name for name in node.names]
            if any(name.startswith(SIGNALS) for name in wanted):
                line = getattr(node, "lineno", 0)
                yield f"{place}:{line}: a signal hides the story, say it in an action"


# ------------------------------------------------------------------------- its pages


def faulty_pages(package: Path) -> Iterator[str]:
    for path in sorted(package.rglob("*.html")):
        page = without_comments(path.read_text())
        for pattern, fault in PAGE_FAULTS.items():
            for found in re.finditer(pattern, page, re.IGNORECASE):
                line = page.count("\n", 0, found.start()) + 1
                yield f"{path.relative_to(package)}:{line}: {fault}"


def without_comments(page: str) -> str:
    """Django's comments blanked out, lines kept."""
    comment = r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}"
    return re.sub(
        comment, lambda found: "\n" * found[0].count("\n"), page, flags=re.DOTALL
    )


# ------------------------------------------------------------------------- the river


def river(root: Path) -> dict[str, int]:
    """How deep each package lies: the larger the number, the lower."""
    linter = tomllib.loads((root / "pyproject.toml").read_text())["tool"][
        "importlinter"
    ]
    layers = next(c["layers"] for c in linter["contracts"] if c["id"] == "river")
    return {
        name.strip(" ()"): depth
        for depth, layer in enumerate(layers)
        for name in layer.split("|")
    }
