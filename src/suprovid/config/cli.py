"""`suprovid`: set up, run, bring in, prove. Every failure says what to do next.

Exit codes: 0 done, 1 refused or not in order, 2 wrong use. With --json nothing but one
JSON document goes to standard output.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

DONE, REFUSED = 0, 1
Command = Callable[[argparse.Namespace], int]


class Failure(Exception):
    """Something that the person at the console can put right; the text says how."""


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suprovid.config.settings")
    settle_address(options)

    import django
    from django.utils import translation

    django.setup()
    with translation.override("en"):
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


def settle_address(options: argparse.Namespace) -> None:
    """Links and letters name the address that is really served, unless told."""
    if "port" in options:
        host = "127.0.0.1" if options.host in ("0.0.0.0", "::") else options.host  # noqa: S104 - what was typed
        os.environ.setdefault("SUPROVID_URL", f"http://{host}:{options.port}")


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="suprovid", description="The department’s work.")
    commands = top.add_subparsers(metavar="COMMAND", required=True)

    init = commands.add_parser("init", help="enter the company and its administrator")
    for name, told in (
        ("company", "name of the company"),
        ("code", "its code in the state register (may be empty)"),
        ("username", "the administrator's sign-in"),
        ("email", "the administrator's mail box"),
        ("family-name", "family name"),
        ("given-name", "given name"),
    ):
        init.add_argument(f"--{name}", help=told)
    init.set_defaults(command=init_company)

    serve = commands.add_parser("serve", help="the web process")
    add_address(serve)
    serve.add_argument("--workers", type=positive, default=2, help="processes")
    serve.add_argument("--threads", type=positive, default=8, help="threads of each")
    serve.set_defaults(command=serve_web)

    worker = commands.add_parser("worker", help="the worker process")
    worker.set_defaults(command=run_worker)

    run = commands.add_parser("run", help="everything at once, with a demo at first")
    add_address(run)
    run.add_argument("--no-demo", action="store_true", help="leave the base empty")
    run.set_defaults(command=run_everything)

    demo = commands.add_parser("demo", help="a demo department in an empty base")
    demo.set_defaults(command=build_demo)

    bring = commands.add_parser("import", help="bring in a list")
    what = bring.add_subparsers(metavar="WHAT", required=True)
    clients = what.add_parser("clients", help="organisations, from CSV")
    clients.add_argument("file")
    clients.add_argument("--dry-run", action="store_true", help="tell, write nothing")
    clients.add_argument("--confirm", action="store_true", help="take unusual codes")
    add_json(clients)
    clients.set_defaults(command=import_clients)

    verify = commands.add_parser("verify", help="is the journal whole?")
    verify.add_argument("--seal", default="", help="hash of a seal kept outside")
    add_json(verify)
    verify.set_defaults(command=verify_journal)

    again = commands.add_parser("settle", help="hand facts put aside over again")
    again.set_defaults(command=settle_parked)

    doctor = commands.add_parser("doctor", help="is the installation in order?")
    add_json(doctor)
    doctor.set_defaults(command=see_doctor)
    return top


def add_address(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=port, default=8000)


def add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="one JSON document")


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give 1 or more")
    return number


def port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError("a port is 1 to 65535")
    return number


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
        company=asked(options.company, "Name of the company"),
        code=options.code or "",
        username=asked(options.username, "Administrator's sign-in"),
        email=asked(options.email, "Administrator's mail box"),
        family_name=asked(options.family_name, "Family name"),
        given_name=asked(options.given_name, "Given name"),
    )
    tell("The company is entered. The administrator opens this link once, within")
    tell("the days it is good for, and chooses a password:")
    tell(f"\n  {link}\n")
    tell("Next: suprovid serve, and beside it suprovid worker.")
    return DONE


def asked(given: str | None, question: str) -> str:
    if given:
        return given
    if not sys.stdin.isatty():
        option = question.lower()
        raise Failure(f"Say it by an option ({option}); see suprovid init --help.")
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

    tell(f"\nSuprovid is up: {address}\n")
    if home.is_demo():
        tell(home.sign_ins())
    tell("Ctrl-C stops it.")


def build_demo(options: argparse.Namespace) -> int:
    from suprovid.config import home

    make_demo()
    tell(home.sign_ins())
    return DONE


def make_demo() -> None:
    from suprovid.config import home

    def progress(part: float) -> None:
        if sys.stderr.isatty():
            print(f"\r· A demo department {part:4.0%}", end="", file=sys.stderr)

    tell_aside("· A demo department (about half a minute)")
    home.build_demo(progress)
    if sys.stderr.isatty():
        tell_aside("")


def import_clients(options: argparse.Namespace) -> int:
    from suprovid.config import lists

    report = lists.bring_clients(
        options.file, dry_run=options.dry_run, confirm=options.confirm
    )
    if options.json:
        tell_json(lists.as_dict(report))
    else:
        tell(lists.in_words(report))
    return REFUSED if report.problems and not report.good else DONE


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
        told = f"still not taken: {error}" if error else "taken"
        tell(f"{row.follower}, fact {row.fact_id} ({row.kind}): {told}")
    return REFUSED if left else DONE


def see_doctor(options: argparse.Namespace) -> int:
    from suprovid.config import doctor

    findings = doctor.examine()
    if options.json:
        tell_json([finding.as_dict() for finding in findings])
    else:
        tell(doctor.in_words(findings))
    return REFUSED if any(finding.bad for finding in findings) else DONE
