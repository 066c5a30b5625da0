"""What people decided, as lines that travel: the id of each is made of what it says, so that a change is found out."""

from __future__ import annotations

import hashlib
from datetime import UTC
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import orjson

from dashboard.core.errors import CorrectionError
from dashboard.core.record_types import SignedModel, checked, read_time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["content_id", "kind_of", "read_signed", "written_times"]

_NOT_SIGNED = ("id", "undone_at", "undone_by")
_OTHERWISE = "the id does not fit what the line says: it was changed by hand, or cut"


class _Signed(Protocol):
    @property
    def id(self) -> str: ...


_Line = TypeVar("_Line", bound=_Signed)


def content_id(record: Mapping[str, Any]) -> str:
    """Return 32 hexadecimal digits made from all of a record but its id and whether it was undone."""
    content = {name: value for name, value in record.items() if name not in _NOT_SIGNED}
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


def written_times(record: Mapping[str, Any]) -> dict[str, str | None]:
    """Return the times of a record as they are written: ISO 8601 in UTC."""
    times = {name: record[name] for name in ("decided_at", "undone_at")}
    return {
        name: time.astimezone(UTC).isoformat(timespec="microseconds") if time else None
        for name, time in times.items()
    }


def read_signed(
    record: object,
    kind: str | None,
    model: type[SignedModel],
    build: Callable[[dict[str, Any], dict[str, Any]], _Line],
    sign: Callable[[_Line], _Line],
) -> _Line | None:
    """Read a line from an object of JSON; None when the object is of another kind.

    Parameters
    ----------
    kind
        What stands in the object's `record`; None: there must be none.
    model
        What each of its fields may be.
    build
        Makes the line of the object and of what all kinds have: who, why, when, undone or not, id.
    sign
        Checks the line and gives it the id that its content makes.

    Raises
    ------
    CorrectionError
        It makes no sense, or was changed after it was written.
    """
    if not isinstance(record, dict) or kind_of(record) != kind:
        return None
    checked(model, {name: value for name, value in record.items() if name != "record"})
    read = build(record, _decided(record))
    if sign(read).id != read.id:
        raise CorrectionError(_OTHERWISE)
    return read


def kind_of(record: Mapping[str, Any]) -> str | None:
    """Return what kind of line an object is by its `record`; None for a correction of a place, which has none.

    Raises
    ------
    CorrectionError
        What stands there is no text.
    """
    kind = record.get("record")
    if "record" in record and not isinstance(kind, str):
        raise CorrectionError("'record' must be a text")
    return kind


def _decided(record: dict[str, Any]) -> dict[str, Any]:
    undone = record.get("undone_at")
    return {
        "who": record["who"],
        "why": record.get("why", ""),
        "decided_at": read_time(record["decided_at"]),
        "undone_at": read_time(undone) if undone else None,
        "undone_by": record.get("undone_by"),
        "id": record["id"],
    }
