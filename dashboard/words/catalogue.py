"""The message catalogues: `locale/<language>/kharita.po`, each read once, when its language is first spoken."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from babel.messages.catalog import Catalog

__all__ = ["LANGUAGES", "SOURCE", "catalogue_path", "messages", "plural_names", "read_catalogue"]

LANGUAGES = ("ar", "en", "fr")
SOURCE = "en"  # its messages are what the other catalogues translate

_FORMS = ("zero", "one", "two", "few", "many", "other")  # CLDR's, in the order of its rules


def catalogue_path(language: str) -> Path:
    """Return the file of a language's messages."""
    return Path(__file__).parent / "locale" / language / "kharita.po"


def read_catalogue(language: str) -> Catalog:
    """Read a language's file, as gettext's own tools see it."""
    with catalogue_path(language).open("rb") as file:
        return read_po(file, locale=language)


def plural_names(language: str) -> tuple[str, ...]:
    """Return CLDR's names of a language's plural forms, in the order of `msgstr[0]`, `msgstr[1]`, ..."""
    used = {*Locale.parse(language).plural_form.tags, "other"}
    return tuple(name for name in _FORMS if name in used)


@lru_cache(maxsize=len(LANGUAGES))
def messages(language: str) -> Mapping[str, str | Mapping[str, str]]:
    """Return a language's sentences by key; one that counts is given by plural form.

    What is not translated yet, or marked `fuzzy`, is given in English.
    """
    spoken: dict[str, str | Mapping[str, str]] = {}
    for message in read_catalogue(language):
        if not message.context:  # the file's header
            continue
        english, said = _texts(message.id), _texts(message.string)
        done = bool(said) and all(said) and not message.fuzzy
        forms = plural_names(language if done else SOURCE)
        chosen = said if done else english
        spoken[message.context] = dict(zip(forms, chosen, strict=True)) if message.pluralizable else chosen[0]
    return spoken


def _texts(said: str | Iterable[str] | None) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said or ())
