"""The words of the house: words.py extract|check|compile [APP ...]

Each app keeps its translations in its own locale/ folder. `extract` gathers msgids
from code and templates and keeps what is translated; `check` tells what is missing or
badly written; `compile` makes what Django reads. A count that bends words is called
{n} or {count}: such a message gets plural forms, in English too (msgid and plural are
one and the same there).
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "suprovid"
# The libraries are no Django apps; the door that says their words keeps them.
KEPT_BY = {"lib": "web"}
PLURALS = {
    # As in Django's own catalogue, so that both become one at run time.
    "uk": (
        "nplurals=4; plural=(n % 1 == 0 && n % 10 == 1 && n % 100 != 11 ? 0 : "
        "n % 1 == 0 && n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) "
        "? 1 : n % 1 == 0 && (n % 10 ==0 || (n % 10 >=5 && n % 10 <=9) || "
        "(n % 100 >=11 && n % 100 <=14 )) ? 2: 3);"
    ),
    "en": "nplurals=2; plural=(n != 1);",
}
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


# ------------------------------------------------------------------- what is said


@dataclass(frozen=True)
class Call:
    """Where the msgid, its plural and its context stand among the arguments."""

    msgid: int = 0
    plural: int | None = None
    context: int | None = None


PLAIN, COUNTED = Call(), Call(plural=1)
IN_CONTEXT, COUNTED_IN_CONTEXT = Call(1, context=0), Call(1, plural=2, context=0)
CALLS = {
    "_": PLAIN,
    "N_": PLAIN,
    "word": PLAIN,
    "deny": PLAIN,
    "not_yours": PLAIN,
    "Reason": PLAIN,
    "invalid": Call(1),
    "gettext": PLAIN,
    "gettext_lazy": PLAIN,
    "gettext_noop": PLAIN,
    "ngettext": COUNTED,
    "ngettext_lazy": COUNTED,
    "pgettext": IN_CONTEXT,
    "pgettext_lazy": IN_CONTEXT,
    "npgettext": COUNTED_IN_CONTEXT,
    "npgettext_lazy": COUNTED_IN_CONTEXT,
}
COUNT = re.compile(r"\{(n|count)\}")


@dataclass
class Said:
    """A message of an app and the files that say it."""

    msgid: str
    plural: str | None = None
    context: str | None = None
    files: set[str] = field(default_factory=set)

    @property
    def key(self) -> tuple[str, str]:
        return self.msgid, self.context or ""

    @property
    def bends_in_english(self) -> bool:
        return self.plural == self.msgid


class Unreadable(Exception):
    """Words that no translator can ever see."""


def said_by_python(text: str) -> Iterator[Said]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and (call := CALLS.get(name_of(node.func))):
            yield from said_by_call(node, call)


def name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def said_by_call(node: ast.Call, call: Call) -> Iterator[Said]:
    msgid = literal(node, call.msgid)
    if not msgid:
        return
    plural = literal(node, call.plural)
    if plural is None and COUNT.search(msgid):
        plural = msgid
    yield Said(msgid, plural, literal(node, call.context))


def literal(node: ast.Call, place: int | None) -> str | None:
    """The text at this place; None where the code gives a variable."""
    if place is None or place >= len(node.args):
        return None
    argument = node.args[place]
    if isinstance(argument, ast.JoinedStr):
        raise Unreadable(f"line {node.lineno}: an f-string cannot be translated")
    value = argument.value if isinstance(argument, ast.Constant) else None
    return value if isinstance(value, str) else None


def said_by_template(text: str) -> Iterator[Said]:
    # Between its calls the text is blanked out; indentation would mean Python's.
    calls = re.sub(r"^\s+", "", templatize(text), flags=re.MULTILINE)
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2)} | {
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }
    found: Iterable[Any] = extract_python(io.BytesIO(calls.encode()), keywords, [], {})
    for _line, name, words, _comments in found:
        parts = [words] if isinstance(words, str) else list(words)
        context = parts.pop(0) if "pg" in name else None
        yield Said(parts[0], parts[1] if name.startswith("n") else None, context)


def apps() -> list[str]:
    return sorted(p.parent.name for p in PACKAGE.glob("*/__init__.py"))


def said_in(app: str) -> dict[tuple[str, str], Said]:
    """Everything an app says, by msgid and context."""
    found: dict[tuple[str, str], Said] = {}
    folders = [app, *(lent for lent, keeper in KEPT_BY.items() if keeper == app)]
    for path in (p for folder in folders for p in sources(PACKAGE / folder)):
        where = path.relative_to(PACKAGE).as_posix()
        for said in said_by(path):
            kept = found.setdefault(said.key, said)
            kept.plural = kept.plural or said.plural
            kept.files.add(where)
    return found


def sources(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and not (
            {"tests", "migrations"} & set(path.parts)
        ):
            yield path


def said_by(path: Path) -> Iterator[Said]:
    read = said_by_python if path.suffix == ".py" else said_by_template
    try:
        yield from read(path.read_text())
    except Unreadable as reason:
        raise SystemExit(f"{path.relative_to(ROOT)}, {reason}") from None


# --------------------------------------------------------------------- catalogues


def file_of(app: str, language: str) -> Path:
    return PACKAGE / app / "locale" / language / "LC_MESSAGES" / "django.po"


def catalogue(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def to_translate(app: str, language: str) -> dict[tuple[str, str], Said]:
    """English needs a catalogue only for words that bend by a count."""
    said = said_in(app)
    if language == "en":
        return {key: one for key, one in said.items() if one.bends_in_english}
    return said


def extract(app: str) -> None:
    for language in PLURALS:
        said, path = to_translate(app, language), file_of(app, language)
        if said:
            write(path, merged(said, catalogue(path, language), language), language)
        else:
            path.unlink(missing_ok=True)


def merged(said: dict[tuple[str, str], Said], old: Catalog, language: str) -> Catalog:
    new = Catalog(locale=language)
    # Babel thinks Ukrainian has three plural forms; Django's catalogues have four.
    new.mime_headers = [("Plural-Forms", PLURALS[language])]
    for one in said.values():
        known = old.get(one.msgid, one.context)
        same = known is not None and known.pluralizable == (one.plural is not None)
        new.add(
            (one.msgid, one.plural) if one.plural else one.msgid,
            known.string if known and same else None,
            locations=[(name, 0) for name in sorted(one.files)],
            flags={"fuzzy"} if known and known.fuzzy else (),
            context=one.context,
        )
    return new


def write(path: Path, words: Catalog, language: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    body = io.BytesIO()
    write_po(
        body, words, width=88, omit_header=True, sort_output=True, include_lineno=False
    )
    header = HEADER.format(language=language, plurals=PLURALS[language])
    path.write_text(header + body.getvalue().decode())


def compile_words(app: str) -> None:
    for language in PLURALS:
        path = file_of(app, language)
        if path.exists():
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, catalogue(path, language))


# ------------------------------------------------------------------------ the check

PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)[sd]|%[sd]")
TAG = re.compile(r"<[^>]+>|&\w+;")
WORD = re.compile(r"[^\W\d_]+")
LATIN, CYRILLIC = re.compile(r"[A-Za-z]"), re.compile(r"[А-Яа-яҐґЄєІіЇї]")
FOREIGN = re.compile(r"[ыэёъ]", re.IGNORECASE)


def check(app: str) -> list[str]:
    return [
        f"{file_of(app, language).relative_to(ROOT)}: {problem}"
        for language in PLURALS
        for problem in problems(
            to_translate(app, language),
            catalogue(file_of(app, language), language),
            language,
        )
    ]


def problems(
    said: dict[tuple[str, str], Said], known: Catalog, language: str
) -> Iterator[str]:
    for one in said.values():
        for problem in problems_of(one, known, language):
            yield f"“{one.msgid}” {problem}"
    for message in known:
        if message.id and key_of(message.id, message.context) not in said:
            yield f"“{message.id}” is said nowhere any more: make words"


def key_of(msgid: str | Iterable[str], context: str | None) -> tuple[str, str]:
    return msgid if isinstance(msgid, str) else next(iter(msgid)), context or ""


def problems_of(one: Said, known: Catalog, language: str) -> Iterator[str]:
    message = known.get(one.msgid, one.context)
    if message is None or message.pluralizable != (one.plural is not None):
        yield "is not in the catalogue yet: make words"
        return
    string = message.string or ""
    texts = [string] if isinstance(string, str) else list(string)
    if not all(texts):
        yield "is not translated"
        return
    if message.fuzzy:
        yield "is marked as fuzzy"
    for text in texts:
        yield from badly_written(one.plural or one.msgid, text, language)


def badly_written(msgid: str, text: str, language: str) -> Iterator[str]:
    if sorted(PLACEHOLDER.findall(msgid)) != sorted(PLACEHOLDER.findall(text)):
        yield f"and “{text}” differ in their {{placeholders}}"
    if language == "uk":
        plain = TAG.sub(" ", PLACEHOLDER.sub(" ", text))
        yield from (f"“{text}” {fault}" for fault in faults(plain))


def two_meanings(names: list[str]) -> Iterator[str]:
    """At run time all catalogues are one: what means two things needs contexts."""
    for language in PLURALS:
        meanings: dict[tuple[str, str], dict[str, list[str]]] = {}
        for name in names:
            for message in catalogue(file_of(name, language), language):
                if message.id:
                    known = meanings.setdefault(key_of(message.id, message.context), {})
                    known.setdefault(str(message.string), []).append(name)
        for (msgid, _context), known in meanings.items():
            if len(known) > 1:
                told = ", ".join(
                    f"{' '.join(who)}: {how}" for how, who in known.items()
                )
                yield f"“{msgid}” means two things ({language}): {told}"


def faults(text: str) -> Iterator[str]:
    """What a Ukrainian text must not have in it."""
    if re.search(r"[\"'`]", text):
        yield "has straight quotes: « », ’"
    if FOREIGN.search(text):
        yield "has a letter that Ukrainian has not"
    if odd := [w for w in WORD.findall(text) if is_mixed(w, text)]:
        yield f"mixes alphabets in {', '.join(odd)}"


def is_mixed(word: str, text: str) -> bool:
    """Both alphabets in one word, or a lone Latin look-alike among Cyrillic words."""
    if LATIN.search(word) and CYRILLIC.search(word):
        return True
    return word in set("aceiopxyABCEHIKMOPTX") and bool(CYRILLIC.search(text))


# ----------------------------------------------------------------------- the command


def for_all(work: Callable[[str], None]) -> Callable[[list[str]], int]:
    def command(names: list[str]) -> int:
        for name in names:
            work(name)
        return 0

    return command


def check_all(names: list[str]) -> int:
    told = [problem for name in names for problem in check(name)]
    told += two_meanings(names)
    print("\n".join(told), end="\n" if told else "")
    return 1 if told else 0


COMMANDS = {
    "extract": for_all(extract),
    "check": check_all,
    "compile": for_all(compile_words),
}


def main(arguments: list[str]) -> int:
    known = [name for name in apps() if name not in KEPT_BY]
    command, *names = arguments or [""]
    if command not in COMMANDS or set(names) - set(known):
        print(__doc__, file=sys.stderr)
        return 2
    return COMMANDS[command](names or known)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
