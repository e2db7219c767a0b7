"""The process that measures: `inside PART ... [--quick]`, a figure a line as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping

import django
from django.conf import settings

from scripts.bench.figures import Figure


def main(arguments: list[str]) -> int:
    django.setup()
    if not settings.TESTING:
        collect()
    quick = "--quick" in arguments
    for part in arguments:
        if part != "--quick":
            for one in parts()[part](quick):
                print(json.dumps(one.as_dict()), flush=True)
    return 0


def collect() -> None:
    """Pages name styles and scripts by what is in them, as at work."""
    from suprovid.config.home import collect_static

    collect_static()


def parts() -> Mapping[str, Callable[[bool], Iterator[Figure]]]:
    """They ask for models, so they are there only when Django is set up."""
    from scripts.bench import bringing, first, scale, ticking

    return {
        "terms": first.terms,
        "demo": first.demo,
        "scale": scale.run,
        "tick": ticking.run,
        "import": bringing.clients,
        "statement": bringing.statements,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
