"""What the intake says in English, in the reader's language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.intake.sentences import code_of_step, recognise
from dashboard.render.markup import bdi, element, join
from dashboard.words.catalogue import SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.words import Strings

__all__ = ["told_reasons", "told_steps"]

_BLANK = re.compile(
    "\ue000(\\d+)\ue001"
)  # a value that is put in afterwards, isolated from the sentence's direction


def told_reasons(sentences: Iterable[str], words: Strings) -> Markup:
    """Return what is wrong, in sentences; one that has no translation stays English and says that it is."""
    return join([_reason(sentence, words) for sentence in sentences], " ")


def told_steps(steps: Iterable[str], words: Strings) -> Markup:
    """Return what to do, in sentences."""
    return join([_step(step, words) for step in steps], " ")


def _reason(sentence: str, words: Strings) -> Markup:
    found = recognise(sentence)
    if found is None:
        return _english(sentence)
    values = [
        _value(found.code, name, value.strip("'").rstrip("."), words) for name, value in found.values.items()
    ]
    blanks = {name: f"\ue000{number}\ue001" for number, name in enumerate(found.values)}
    parts = _BLANK.split(words(f"refused_{found.code}", **blanks))
    return element("span", join([values[int(one)] if at % 2 else one for at, one in enumerate(parts)]))


def _value(code: str, name: str, value: str, words: Strings) -> Markup:
    """Return a value of a sentence; what a library says in English of a fault is said in the reader's language.

    The library's own words are shown to who points at them.
    """
    if name != "detail" or words.language == SOURCE:
        return bdi(value)
    return element("span", words(f"detail_{code}"), title=value)


def _step(step: str, words: Strings) -> Markup:
    code = code_of_step(step)
    return element("span", words(f"step_{_FIRST.get(code, code)}")) if code else _english(step)


def _english(sentence: str) -> Markup:
    return element("bdi", sentence, lang="en", dir="ltr") if sentence else Markup("")


# Codes whose next step is worded as that of another.
_FIRST = {"unsupported": "binary", "broken": "empty", "nested": "bomb", "too_many": "unpacked_size"}
