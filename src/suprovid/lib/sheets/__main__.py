"""`python -m suprovid.lib.sheets [--sheet NAME]`: bytes in, one JSON document out.

It is run in a child that cannot take too much (see `suprovid.lib.bounded`).
"""

from __future__ import annotations

import argparse
import sys

from suprovid.lib.sheets import limits
from suprovid.lib.sheets.causes import NotASheet
from suprovid.lib.sheets.kinds import opened
from suprovid.lib.sheets.shape import encoded, refused


def answer(data: bytes, sheet: str) -> bytes:
    try:
        return encoded(opened(data, sheet), limits.ANSWER)
    except NotASheet as refusal:
        return refused(refusal)


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m suprovid.lib.sheets")
    asked.add_argument("--sheet", default="")
    data = sys.stdin.buffer.read(limits.FILE + 1)
    sys.stdout.buffer.write(answer(data, asked.parse_args().sheet))


if __name__ == "__main__":
    main()
