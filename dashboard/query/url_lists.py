r"""Values out of URL parameters, with a note of what is wrong with them.

A list is joined by commas; a comma in a value is written `\,` and a backslash `\\`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from dashboard.core.errors import FilterError
from dashboard.core.links import clean_title
from dashboard.store.search import parse_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = ["MAX_TEXT", "FilterIssue", "FilterProblem", "UrlReader", "join_list"]

MAX_TEXT = 500  # code points of a search
MAX_VALUES = 200  # values in one list
_LIST_ITEM = re.compile(r"(?:\\.|[^,\\])+", re.DOTALL)
_FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
_Value = TypeVar("_Value")


class FilterIssue(StrEnum):
    """What may be wrong with a value in a URL; the interface words it."""

    BAD_LANGUAGE = "bad_language"
    BAD_COUNTRY = "bad_country"
    BAD_KIND = "bad_kind"
    BAD_DATE = "bad_date"
    BAD_FLAG = "bad_flag"
    BAD_NUMBER = "bad_number"
    BAD_PLACE = "bad_place"
    BAD_NEAR = "bad_near"
    BAD_BOX = "bad_box"
    BAD_SHAPE = "bad_shape"
    BAD_ACTOR = "bad_actor"
    BAD_MOVE = "bad_move"
    BAD_STATUS = "bad_status"
    REVERSED_DATES = "reversed_dates"
    NO_WORDS = "no_words"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class FilterProblem:
    """A value that was left out: the URL name, the value (cut if long), and what is wrong."""

    name: str
    value: str
    issue: FilterIssue


class UrlReader:
    """Takes values out of URL parameters, and notes what is wrong with them."""

    def __init__(self, params: Mapping[str, str | Sequence[str]]) -> None:
        self._params = params
        self.problems: list[FilterProblem] = []

    def reject(self, name: str, value: str, issue: FilterIssue) -> None:
        """Note a value that is left out."""
        self.problems.append(FilterProblem(name, clean_title(value)[:80], issue))

    def _all(self, name: str) -> list[str]:
        value = self._params.get(name, ())
        return [value] if isinstance(value, str) else list(value)

    def _last(self, name: str) -> str:
        return next((value.strip() for value in reversed(self._all(name))), "")

    def text(self, name: str) -> str:
        """Return a search; empty when it has no words."""
        value = clean_title(self._last(name))
        if not value:
            return ""
        if len(value) > MAX_TEXT:
            self.reject(name, value, FilterIssue.TOO_LONG)
            return ""
        if not parse_terms(value):
            self.reject(name, value, FilterIssue.NO_WORDS)
            return ""
        return value

    def values(
        self,
        name: str,
        read: Callable[[str], str | None],
        issue: FilterIssue | None,
        most: int = MAX_VALUES,
    ) -> tuple[str, ...]:
        """Return a list, each value as `read` gives it; None is a value that makes no sense."""
        found = []
        for item in (_unescaped(part) for whole in self._all(name) for part in _LIST_ITEM.findall(whole)):
            value = read(item.strip())
            if value is not None:
                found.append(value)
            elif issue is not None and item.strip():
                self.reject(name, item.strip(), issue)
        if len(found) > most:
            self.reject(name, ",".join(found), FilterIssue.TOO_LONG)
        return tuple(found[:most])

    def one(self, name: str, read: Callable[[str], _Value], issue: FilterIssue) -> _Value | None:
        """Return what `read` makes of the value; None when there is none, or when it raises FilterError."""
        value = self._last(name)
        if not value:
            return None
        try:
            return read(value)
        except FilterError:
            self.reject(name, value, issue)
            return None

    def day(self, name: str) -> date | None:
        """Return a day."""
        return self.one(name, _day, FilterIssue.BAD_DATE)

    def moment(self, name: str) -> datetime | None:
        """Return a time; one that names no zone is UTC."""
        return self.one(name, _moment, FilterIssue.BAD_DATE)

    def flag(self, name: str, *, default: bool) -> bool:
        """Return yes or no."""
        value = self._last(name).lower()
        if value and value not in _FLAGS:
            self.reject(name, value, FilterIssue.BAD_FLAG)
        return _FLAGS.get(value, default)

    def share(self, name: str, default: float) -> float:
        """Return a number from 0 to 1."""
        value = self._last(name)
        if not value:
            return default
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if 0 <= number <= 1:
            return number
        self.reject(name, value, FilterIssue.BAD_NUMBER)
        return default

    def whole(self, name: str, least: int, most: int) -> int:
        """Return a whole number; the least when there is none."""
        value = self._last(name)
        if not value:
            return least
        if (
            value.isascii()
            and value.isdecimal()
            and len(value) <= len(str(most))
            and least <= int(value) <= most
        ):
            return int(value)
        self.reject(name, value, FilterIssue.BAD_NUMBER)
        return least


def join_list(values: Iterable[str]) -> str:
    """Return a list as it is written in a URL."""
    return ",".join(value.replace("\\", "\\\\").replace(",", "\\,") for value in values)


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value, flags=re.DOTALL)


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise FilterError(f"{value!r} is no date.") from error


def _moment(value: str) -> datetime:
    try:
        found = datetime.fromisoformat(value)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise FilterError(f"{value!r} is no time.") from error
