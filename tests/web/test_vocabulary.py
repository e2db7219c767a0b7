"""What apps call their things, as the doors say it."""

from __future__ import annotations

from suprovid.config import vocabulary
from suprovid.web import say


def test_an_enum_with_words_has_a_word_for_every_member() -> None:
    # Members of two enums with one value are equal: in one table one would be lost.
    vocabulary.gather()
    wordless = [
        f"{kind.__name__}.{member.name}"
        for kind in {kind for kind, _ in say.WORDS}
        for member in kind
        if (kind, member.value) not in say.WORDS
    ]
    assert wordless == []
