"""Read a bank's file from standard input, write its statements to standard output.

One JSON document: `{"statements": [...]}` or `{"refused": {"cause", "params"}}`.
"""

from __future__ import annotations

import gc
import sys

from suprovid.lib.statements.answer import answer, refusal
from suprovid.lib.statements.causes import NotAStatement
from suprovid.lib.statements.reading import LARGEST, read_bytes


def main() -> None:
    gc.disable()  # nothing here goes in circles, and a third of the time was its
    write = sys.stdout.buffer.write
    try:
        statements = read_bytes(sys.stdin.buffer.read(LARGEST + 1))
    except NotAStatement as refused:
        write(refusal(refused).encode())
        return
    for piece in answer(statements):
        write(piece.encode())


if __name__ == "__main__":
    main()
