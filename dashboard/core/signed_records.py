"""What people decided, as lines that travel: the id of each is made of what it says, so that a change is found out."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import orjson

from dashboard.core.errors import CorrectionError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["content_id", "read_signed", "written_times"]

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
    kind: str,
    build: Callable[[dict[str, Any], dict[str, Any]], _Line],
    sign: Callable[[_Line], _Line],
) -> _Line | None:
    """Read a line from an object of JSON; None when the object is of another kind.

    Parameters
    ----------
    kind
        What stands in the object's `record`.
    build
        Makes the line of the object and of what all kinds have: who, why, when, undone or not, id.
    sign
        Checks the line and gives it the id that its content makes.

    Raises
    ------
    CorrectionError
        It makes no sense, or was changed after it was written.
    """
    if not isinstance(record, dict) or record.get("record") != kind:
        return None
    try:
        read = build(record, _decided(record))
        signed = sign(read)
    except KeyError as error:
        raise CorrectionError(f"{error.args[0]!r} is missing") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise CorrectionError(str(error)) from error
    if signed.id != read.id:
        raise CorrectionError(_OTHERWISE)
    return read


def _decided(record: dict[str, Any]) -> dict[str, Any]:
    undone = record.get("undone_at")
    return {
        "who": str(record["who"]),
        "why": str(record.get("why", "")),
        "decided_at": datetime.fromisoformat(record["decided_at"]).astimezone(UTC),
        "undone_at": datetime.fromisoformat(undone).astimezone(UTC) if undone else None,
        "undone_by": str(record["undone_by"]) if record.get("undone_by") else None,
        "id": str(record["id"]),
    }
