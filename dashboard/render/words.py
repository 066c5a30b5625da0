"""What the renderers ask of whoever knows the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Words"]


class Words(Protocol):
    """The interface's language: its words, numbers, dates and country names."""

    @property
    def language(self) -> str:
        """`ar`, `en` or `fr`."""

    @property
    def rtl(self) -> bool:
        """Whether the language runs from right to left."""

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence `key`, its `{blanks}` filled; `n` chooses the plural form."""

    def number(self, value: float) -> str:
        """Return a whole number as the language writes it."""

    def share(self, value: float) -> str:
        """Return a share, 0 to 1, as a percentage."""

    def day(self, value: date | None) -> str:
        """Return a date, or the word for "undated"."""

    def period(self, step: str, first: date) -> str:
        """Return the `day`, `week`, `month` or `year` that begins on a day, in words."""

    def country(self, code: str | None) -> str:
        """Return the name of an ISO 3166-1 alpha-2 country; empty for None."""

    def tongue(self, code: str) -> str:
        """Return the name of a language."""

    def reason(self, code: str, detail: str) -> str:
        """Return a piece of evidence in words; a code that nobody worded is made readable."""
