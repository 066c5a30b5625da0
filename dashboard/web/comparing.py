"""The second selection of a comparison, as the address says it: only what differs from the first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from dashboard.query import FILTER_NAMES, FilterProblem, Filters, format_filters, parse_filters

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["compared_filters", "difference", "differing", "format_versus", "read_versus", "versus_filters"]

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


def differing(first: Filters, second: Filters) -> list[str]:
    """Return the names of the filters in which two selections differ."""
    one, two = format_filters(first), format_filters(second)
    return [name for name in FILTER_NAMES if one.get(name) != two.get(name)]


def difference(first: Filters, second: Filters) -> str:
    """Return how the second selection differs from the first, as `vs` says it."""
    values = format_filters(second)
    return format_versus({name: values.get(name, "") for name in differing(first, second)})


def compared_filters(
    filters: Filters, other: Filters | None, first: Mapping[str, Any], second: Mapping[str, Any]
) -> tuple[Filters, Filters]:
    """Return two selections that differ in the given fields; what was compared before is put back.

    Raises
    ------
    FilterError
        A value makes no sense.
    """
    dropped = set(differing(filters, other)) if other else set()
    if dropped & {"from", "to"}:
        dropped.add("undated")
    kept = {name: value for name, value in format_filters(filters).items() if name not in dropped}
    base = parse_filters(kept)[0]
    return replace(base, **first), replace(base, **second)
