"""`suprovid`: set up, run, bring in, prove. Every failure says what to do next.

Exit codes: 0 done, 1 refused or not in order, 2 wrong use. With --json nothing but one
JSON document goes to standard output. It speaks the language of the console, or that of
SUPROVID_LANG: Ukrainian or English.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from gettext import bindtextdomain, textdomain
from gettext import gettext as _
from pathlib import Path
from typing import Any

from suprovid.lib.words import word

DONE, REFUSED = 0, 1
SHORTEST_SEAL = 12
Command = Callable[[argparse.Namespace], int]

# What argparse says by itself.
BORROWED = (
    word("usage: "),
    word("positional arguments"),
    word("options"),
    word("show this help message and exit"),
    word("%(prog)s: error: %(message)s\n"),
    word("argument %(argument_name)s: %(message)s"),
    word("the following arguments are required: %s"),
    word("unrecognized arguments: %s"),
    word("expected one argument"),
    word("invalid choice: %(value)r (choose from %(choices)s)"),
    word("invalid %(type)s value: %(value)r"),
)


LANGUAGE_SAID_BY = ("SUPROVID_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


class Failure(Exception):
    """Something that the person at the console can put right; the text says how."""


def main(arguments: Sequence[str] | None = None) -> int:
    settle_language()
    options = parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suprovid.config.settings")
    settle_address(options)

    import django
    from django.utils import translation

    django.setup()
    with translation.override(language()):
        return carry_out(options)


def carry_out(options: argparse.Namespace) -> int:
    """Run the command in an up-to-date home; turn refusals into words and code 1."""
    from suprovid.config import home
    from suprovid.lib.decision import Refused
    from suprovid.web.say import say

    try:
        home.prepare()
        command: Command = options.command
        return command(options)
    except Refused as refused:
        return fail(options, say(refused.reason))
    except Failure as failure:
        return fail(options, str(failure))


def settle_language() -> None:
    """Options are read before Django is there; it and argparse share our words."""
    if said := os.environ.get("SUPROVID_LANG"):
        os.environ["LANGUAGE"] = said  # asked before all that the locale says
    bindtextdomain("django", Path(__file__).parent / "locale")
    textdomain("django")


def language() -> str:
    """As gettext finds it; a console that names no language is told in English."""
    said = (os.environ.get(name) for name in LANGUAGE_SAID_BY)
    return "uk" if next(filter(None, said), "").startswith("uk") else "en"


def settle_address(options: argparse.Namespace) -> None:
    """Links and letters name the address that is really served, unless told."""
    if "port" in options:
        host = "127.0.0.1" if options.host in ("0.0.0.0", "::") else options.host  # noqa: S104 - what was typed
        os.environ.setdefault("SUPROVID_URL", f"http://{host}:{options.port}")


def parser() -> argparse.ArgumentParser:
    about = _("The department’s work.")
    top = argparse.ArgumentParser(prog="suprovid", description=about)
    commands = top.add_subparsers(metavar=_("COMMAND"), required=True)

    init = commands.add_parser(
        "init", help=_("enter the company and its administrator")
    )
    for name, told in (
        ("company", _("Name of the company")),
        ("code", _("Its code in the state register (may be empty)")),
        ("username", _("Administrator’s sign-in")),
        ("email", _("Administrator’s mail box")),
        ("family-name", _("Family name")),
        ("given-name", _("Given name")),
    ):
        init.add_argument(f"--{name}", help=told)
    init.set_defaults(command=init_company)

    serve = commands.add_parser("serve", help=_("the web process"))
    add_address(serve)
    serve.add_argument("--workers", type=positive, default=2, help=_("processes"))
    serve.add_argument("--threads", type=positive, default=8, help=_("threads of each"))
    serve.set_defaults(command=serve_web)

    worker = commands.add_parser("worker", help=_("the worker process"))
    worker.set_defaults(command=run_worker)

    run = commands.add_parser("run", help=_("everything at once, with a demo at first"))
    add_address(run)
    run.add_argument("--no-demo", action="store_true", help=_("leave the base empty"))
    run.set_defaults(command=run_everything)

    demo = commands.add_parser("demo", help=_("a demo department in an empty base"))
    demo.set_defaults(command=build_demo)

    bring = commands.add_parser("import", help=_("bring in a list"))
    what = bring.add_subparsers(metavar=_("WHAT"), required=True)
    clients = what.add_parser(
        "clients", help=_("clients and contracts, from a sheet: XLSX or CSV")
    )
    clients.add_argument("file", metavar=_("FILE"))
    clients.add_argument("--sheet", default="", help=_("which sheet of the workbook"))
    clients.add_argument(
        "--mapping", default="", help=_("name of a saved matching of columns")
    )
    clients.add_argument(
        "--dry-run", action="store_true", help=_("tell, write nothing")
    )
    clients.add_argument(
        "--confirm-warnings",
        action="store_true",
        help=_("take rows that ask for a decision too"),
    )
    add_json(clients)
    clients.set_defaults(command=import_clients)

    statement = what.add_parser("statement", help=_("a bank statement, camt.053"))
    statement.add_argument("file", metavar=_("FILE"))
    statement.add_argument(
        "--dry-run", action="store_true", help=_("tell, write nothing")
    )
    add_json(statement)
    statement.set_defaults(command=import_statement)

    account = commands.add_parser("account", help=_("our own bank accounts"))
    doing = account.add_subparsers(metavar=_("WHAT"), required=True)
    add = doing.add_parser("add", help=_("name an account as ours"))
    add.add_argument("iban", metavar="IBAN")
    add.add_argument("--name", default="", help=_("what we call it"))
    add_json(add)
    add.set_defaults(command=add_account)

    verify = commands.add_parser("verify", help=_("is the journal whole?"))
    kept = _("hash of a seal kept outside, 12 letters of it or more")
    verify.add_argument("--seal", default="", type=seal, help=kept)
    add_json(verify)
    verify.set_defaults(command=verify_journal)

    again = commands.add_parser("settle", help=_("hand facts put aside over again"))
    again.set_defaults(command=settle_parked)

    doctor = commands.add_parser("doctor", help=_("is the installation in order?"))
    add_json(doctor)
    doctor.set_defaults(command=see_doctor)
    return top


def add_address(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=port, default=8000)


def add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help=_("one JSON document"))


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(_("give 1 or more"))
    return number


def port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError(_("a port is 1 to 65535"))
    return number


def seal(text: str) -> str:
    """A part that is too short would call every chain computed anew."""
    if text and not re.fullmatch(f"[0-9a-fA-F]{{{SHORTEST_SEAL},64}}", text.strip()):
        told = _("give 12 to 64 of its signs: {signs}").format(signs="0-9 a-f")
        raise argparse.ArgumentTypeError(told)
    return text


# ---------------------------------------------------------------- what is told


def tell(text: str = "") -> None:
    print(text, flush=True)


def tell_aside(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def tell_json(document: Any) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=1, default=str))


def fail(options: argparse.Namespace, text: str) -> int:
    if getattr(options, "json", False):
        tell_json({"error": text})
    tell_aside(f"suprovid: {text}")
    return REFUSED


# ---------------------------------------------------------------- the commands


def init_company(options: argparse.Namespace) -> int:
    from suprovid.config import home

    link = home.found(
        company=asked(options.company, "--company", _("Name of the company")),
        code=options.code or "",
        username=asked(options.username, "--username", _("Administrator’s sign-in")),
        email=asked(options.email, "--email", _("Administrator’s mail box")),
        family_name=asked(options.family_name, "--family-name", _("Family name")),
        given_name=asked(options.given_name, "--given-name", _("Given name")),
    )
    tell(
        _(
            "The company is entered. The administrator opens this link once, within\n"
            "the days it is good for, and chooses a password:"
        )
    )
    tell(f"\n  {link}\n")
    tell(_("Next: suprovid serve, and beside it suprovid worker."))
    return DONE


def asked(given: str | None, option: str, question: str) -> str:
    if given:
        return given
    if not sys.stdin.isatty():
        told = _("Say it by the option {option}; see suprovid init --help.")
        raise Failure(told.format(option=option))
    return input(f"{question}: ").strip()


def serve_web(options: argparse.Namespace) -> int:
    from suprovid.config import home, running

    home.collect_static()
    running.become_web(options.host, options.port, options.workers, options.threads)
    return DONE


def run_worker(options: argparse.Namespace) -> int:
    from suprovid.config import worker

    return worker.run()


def run_everything(options: argparse.Namespace) -> int:
    from suprovid.config import home, running

    running.require_free(options.host, options.port)
    home.collect_static()
    if not options.no_demo and home.is_empty():
        make_demo()
    return running.run(options.host, options.port, ready)


def ready(address: str) -> None:
    from suprovid.config import home

    tell("\n" + _("Suprovid is up: {address}").format(address=address) + "\n")
    if home.is_demo():
        tell(home.sign_ins())
    tell(_("{keys} stops it.").format(keys="Ctrl-C"))


def build_demo(options: argparse.Namespace) -> int:
    from suprovid.config import home

    make_demo()
    tell(home.sign_ins())
    return DONE


def make_demo() -> None:
    from suprovid.config import home

    def progress(part: float) -> None:
        if sys.stderr.isatty():
            print(f"\r· {demo} {part:4.0%}", end="", file=sys.stderr)

    demo = _("A demo department")
    tell_aside("· " + _("A demo department (about half a minute)"))
    home.build_demo(progress)
    if sys.stderr.isatty():
        tell_aside("")


def import_clients(options: argparse.Namespace) -> int:
    from suprovid.config import lists

    report = lists.bring_clients(
        options.file,
        sheet=options.sheet,
        mapping=options.mapping,
        confirm=options.confirm_warnings,
        dry_run=options.dry_run,
    )
    if options.json:
        tell_json(lists.as_dict(report))
    else:
        tell(lists.in_words(report))
    nothing_good = bool(report.problems) and not report.good
    return REFUSED if nothing_good and not options.dry_run else DONE


def import_statement(options: argparse.Namespace) -> int:
    from suprovid.config import statements

    return statements.import_statement(options)


def add_account(options: argparse.Namespace) -> int:
    from suprovid.config import statements

    return statements.add_account(options)


def verify_journal(options: argparse.Namespace) -> int:
    from suprovid.config import proof

    report = proof.verify(options.seal)
    if options.json:
        tell_json(report.as_dict())
    else:
        tell(proof.in_words(report))
    return DONE if report.whole else REFUSED


def settle_parked(options: argparse.Namespace) -> int:
    """After the cause is mended; each fact stands for itself."""
    from suprovid.config import worker

    left = 0
    for row, error in worker.settle_all():
        left += bool(error)
        ill = _("{step}, fact {fact} ({kind}): still not taken: {error}")
        well = _("{step}, fact {fact} ({kind}): taken")
        told = {"step": row.follower, "fact": row.fact_id, "kind": row.kind}
        tell((ill if error else well).format(**told, error=error))
    return REFUSED if left else DONE


def see_doctor(options: argparse.Namespace) -> int:
    from suprovid.config import doctor

    findings = doctor.examine()
    if options.json:
        tell_json([finding.as_dict() for finding in findings])
    else:
        tell(doctor.in_words(findings))
    return REFUSED if any(finding.bad for finding in findings) else DONE
