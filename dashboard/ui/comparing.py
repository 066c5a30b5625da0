"""The second selection of a comparison, as the address says it: only what differs from the first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from dashboard.query import FILTER_NAMES, FilterProblem, Filters, format_filters, parse_filters

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["format_versus", "read_versus", "versus_filters"]

_LONGEST = 2000  # code points


def format_versus(changes: Mapping[str, str]) -> str:
    """Return the query string of changed filters; an empty value takes a filter of the first selection off."""
    return urlencode([(name, changes[name]) for name in FILTER_NAMES if name in changes])


def read_versus(filters: Filters, value: str) -> tuple[str, list[FilterProblem | tuple[str, str]]]:
    """Read `vs`: what it changes, in its one form, and what could not be read."""
    if not value:
        return "", []
    if len(value) > _LONGEST:
        return "", [("vs", value[:80])]
    changes = _changes(value)
    if not changes:
        return "", [("vs", value[:80])]
    _, problems = parse_filters(format_filters(filters) | changes)
    return format_versus(changes), list(problems)


def versus_filters(filters: Filters, value: str) -> Filters | None:
    """Return the filters of the second selection: the first's, with what `value` changes."""
    changes = _changes(value)
    if not changes:
        return None
    return parse_filters({name: v for name, v in (format_filters(filters) | changes).items() if v})[0]


def _changes(value: str) -> dict[str, str]:
    pairs = parse_qsl(value, keep_blank_values=True, max_num_fields=None)
    return {name: given for name, given in pairs if name in FILTER_NAMES}
