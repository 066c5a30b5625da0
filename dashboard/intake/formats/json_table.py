"""JSON files: a list of objects, wherever in the file it stands, or one object that is an article; streamed."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import ijson

from dashboard.intake.columns import field_of
from dashboard.intake.formats.records import table_of_records
from dashboard.intake.formats.table import drafts_of_rows, look_at
from dashboard.intake.sentences import Refusal, refusal
from dashboard.intake.streams import utf8_stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dashboard.intake.columns import TableView
    from dashboard.intake.draft import Content, Draft, Options, Part

__all__ = ["MAX_DEPTH", "checked_events", "preview", "read", "streamed"]

MAX_DEPTH = 64  # objects and lists in one another
_LOOKED_AT = 200_000  # events in which the list of articles must begin


def read(content: Content, options: Options) -> Iterator[Draft | Part]:
    """Give the articles, with the number of each in its list."""
    yield from drafts_of_rows(*table_of_records(_records(content)), options)


def preview(content: Content, options: Options) -> TableView:
    """Describe the table that the objects make, for a page."""
    return look_at(*table_of_records(_records(content)), options)


def _records(content: Content) -> Iterator[tuple[str, Mapping[str, object]]]:
    stream = utf8_stream(content)
    begin = stream.tell()
    prefix = _prefix(stream)
    stream.seek(begin)
    for number, record in enumerate(streamed(stream, prefix), start=1):
        if isinstance(record, dict):
            yield (f"#{number}" if prefix else ""), record


def _prefix(stream: BinaryIO) -> str:
    """Find the list of the articles: the first of objects that is not inside another object's list.

    Returns
    -------
    prefix
        As ijson names what is in the list; empty when the whole is one article.
    """
    previous = ("", "")
    root_keys: set[str] = set()
    for count, (prefix, event, value) in enumerate(checked_events(stream)):
        if event == "start_map" and previous[1] == "start_array":
            return prefix
        if event == "map_key" and prefix == "":
            root_keys.add(str(value))
            if any(field_of(key) == "text" for key in root_keys):
                return ""
        if count > _LOOKED_AT:
            break
        previous = (prefix, event)
    return ""


def checked_events(stream: BinaryIO) -> Iterator[tuple[str, str, object]]:
    """Give the events of a JSON text.

    Raises
    ------
    Refusal
        It is none, or nested too deeply.
    """
    depth = 0
    try:
        for prefix, event, value in ijson.parse(stream, use_float=True):
            depth += event in ("start_map", "start_array")
            depth -= event in ("end_map", "end_array")
            if depth > MAX_DEPTH:
                raise refusal("too_deep")
            yield prefix, event, value
    except Refusal:
        raise
    except (ijson.JSONError, ValueError, RecursionError) as error:
        raise refusal("broken", format="JSON", detail=str(error).strip().partition("\n")[0]) from error


def streamed(stream: BinaryIO, prefix: str) -> Iterator[object]:
    """Give the values at a prefix, one at a time.

    Raises
    ------
    Refusal
        The text breaks off or is no JSON; what came before was given.
    """
    try:
        yield from ijson.items(checked_events(stream), prefix)
    except Refusal:
        raise
    except (ijson.JSONError, ValueError, RecursionError) as error:
        raise refusal("broken", format="JSON", detail=str(error).strip().partition("\n")[0]) from error
