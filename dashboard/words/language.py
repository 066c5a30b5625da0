"""Words, numbers, dates and names of countries as a reader of Arabic, English or French expects them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from dashboard.core.text import fold_name
from dashboard.words.catalogue import LANGUAGES, SOURCE, messages

if TYPE_CHECKING:
    from datetime import date

__all__ = ["NUMERALS", "Strings", "strings"]

# News in Arabic from most of the region writes 1, 2, 3; so do we, unless the reader asks for ١، ٢، ٣.
NUMERALS = ("arab", "latn")
_NEARLY_NONE = 0.005  # a share that rounds to 0 %
_BABEL = {"ar": "ar", "en": "en_GB", "fr": "fr"}


@dataclass(frozen=True, slots=True)
class Strings:
    """The words of one language.

    Attributes
    ----------
    numerals
        One of `NUMERALS`; `arab` writes ١، ٢، ٣, in Arabic only.
    """

    language: str
    numerals: str = "latn"

    @property
    def rtl(self) -> bool:
        """Whether the language runs from right to left."""
        return self.language == "ar"

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence `key` with its blanks filled; a number `n` chooses the plural form."""
        entry = messages(self.language).get(key) or messages(SOURCE)[key]
        if isinstance(entry, str):
            form = entry
        else:
            n = values.get("n", 0)
            form = entry.get(_plural(self.language, n if isinstance(n, int) else 0)) or entry["other"]
        shown = {
            name: self.number(value) if name == "n" and isinstance(value, int) else value
            for name, value in values.items()
        }
        return form.format(**shown)

    def number(self, value: float) -> str:
        """Return a whole number, its thousands apart."""
        return self.digits(_number(self.language, round(value)))

    def digits(self, text: str) -> str:
        """Return a text of digits, with those that the reader wants."""
        return text.translate(_TO_ARABIC) if self.numerals == "arab" and self.rtl else text.translate(_DIGITS)

    def share(self, value: float) -> str:
        """Return a share, 0 to 1, as a percentage; what is not quite nothing or all is said so."""
        if 0 < value < _NEARLY_NONE:
            return self("share_under", share=self.share(0.01))
        if 1 - _NEARLY_NONE <= value < 1:
            return self("share_over", share=self.share(0.99))
        return self.digits(
            format_percent(value, format="#,##0%", locale="en")
            if self.language != "fr"
            else f"{round(value * 100)}\u202f%"
        )

    def day(self, value: date | None) -> str:
        """Return a date, or the word for "undated"."""
        if value is None:
            return self("undated")
        first = "d'er'" if self.language == "fr" and value.day == 1 else "d"
        return self.digits(format_date(value, f"{first} MMMM y", locale=_BABEL[self.language]))

    def period(self, step: str, first: date) -> str:
        """Return the `day`, `week`, `month` or `year` that begins on a day, in words."""
        if step == "year":
            return self.digits(str(first.year))
        if step == "month":
            return self.digits(format_date(first, "LLLL y", locale=_BABEL[self.language]))
        return self("week_of", day=self.day(first)) if step == "week" else self.day(first)

    def sort_key(self, name: str) -> str:
        """Return what names are ordered by: letters alone, whatever their marks and hamzas, as dictionaries do."""
        return fold_name(name)

    def country(self, code: str | None) -> str:
        """Return the name of a country; its code when CLDR has none, nothing for None."""
        if not code:
            return ""
        return str(_locale(self.language).territories.get(code, code))

    def tongue(self, code: str) -> str:
        """Return the name of a language; its code when CLDR has none."""
        return str(_locale(self.language).languages.get(code, code))

    def reason(self, code: str, detail: str) -> str:
        """Return a piece of evidence in words; a code that the catalogue lacks is made readable."""
        known = messages(self.language).get(f"reason_{code}")
        said = known if isinstance(known, str) else code.replace("_", " ")
        return f"{said}: {detail}" if detail else said


_DIGITS = {ord("٠") + digit: str(digit) for digit in range(10)}
_TO_ARABIC = {ord(latin): chr(arabic) for arabic, latin in _DIGITS.items()} | str.maketrans(",.%", "٬٫٪")


@lru_cache(maxsize=4)
def _locale(language: str) -> Locale:
    return Locale.parse(_BABEL[language])


@lru_cache(maxsize=4096)
def _number(language: str, value: int) -> str:
    return format_decimal(value, locale=_BABEL[language], numbering_system="latn")


@lru_cache(maxsize=4096)
def _plural(language: str, n: int) -> str:
    return str(_locale(language).plural_form(n))


@lru_cache(maxsize=8)
def strings(language: str, numerals: str = "latn") -> Strings:
    """Return the words of a language; English for one that isn't spoken here."""
    return Strings(language if language in LANGUAGES else "en", numerals if numerals in NUMERALS else "latn")
