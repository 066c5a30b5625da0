"""What may stand in a line that somebody else has written: types, bounds and vocabulary of each of its fields.

Models here only check. What they let through is read as it was written, so that its content keeps its id.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, StrictStr, ValidationError

from dashboard.core.edtf import is_edtf
from dashboard.core.errors import CorrectionError
from dashboard.core.links import clean_title, safe_url, shorten, writable
from dashboard.core.models import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ONE_LINE",
    "SHOWN_LINE",
    "WHO",
    "WHY",
    "ArticleId",
    "Country",
    "Edtf",
    "Language",
    "Link",
    "PlaceModel",
    "RecordId",
    "RecordModel",
    "SignedModel",
    "Stretch",
    "WrittenDay",
    "checked",
    "person",
    "read_time",
    "whole_within",
    "within",
]

WHO, WHY = 500, 2000  # code points of a name and of a reason
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)  # before it nobody decided anything in a store
_AHEAD = timedelta(days=1)  # that the clock of a colleague's machine may be ahead of ours
_LONGEST_TIME = 40
_LATITUDE, _LONGITUDE, _HALF_EARTH_KM, _MOST_PEOPLE = 90.0, 180.0, 20_100.0, 10_000_000_000
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_SHOWN = 60  # code points of what was written instead

_SAID = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "string_type": "must be a text",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "model_type": "must be an object",
    "dict_type": "must be an object",
    "string_too_long": "is longer than {max_length} characters",
    "string_too_short": "is empty",
    "too_long": "has more than {max_length} entries",
    "enum": "can't be {value}",
    "string_pattern_mismatch": "can't be {value}",
    "value_error": "{error}",
}


def read_time(value: object) -> datetime:
    """Read an aware time of ISO 8601, at which somebody may have decided, as UTC.

    Raises
    ------
    ValueError
        It is none, is without a zone, or lies before any store or more than a day ahead.
    """
    if not isinstance(value, str):
        raise ValueError("must be a time such as 2024-05-31T12:00:00+00:00")  # noqa: TRY004 - pydantic's contract
    try:
        read = datetime.fromisoformat(value if len(value) <= _LONGEST_TIME else "")
        time = read.astimezone(UTC) if read.tzinfo else None
    except (OverflowError, ValueError) as error:
        raise ValueError(f"is no time: {_cut(value)}") from error
    if time is None:
        raise ValueError(f"is a time without a zone: {_cut(value)}")
    if time < _EARLIEST:
        raise ValueError(f"lies before any decision: {_cut(value)}")
    if time > datetime.now(UTC) + _AHEAD:
        raise ValueError(f"lies in the future: {_cut(value)}")
    return time


def _time(value: object) -> object:
    read_time(value)
    return value


def _one_line(value: str) -> str:
    if _CONTROL.search(value):
        raise ValueError("must be one line, without control characters")
    return value


def _no_null(value: str) -> str:
    if "\x00" in value:
        raise ValueError("holds a character that no store keeps")
    return value


def _shown_line(value: str) -> str:
    if clean_title(value) != value:
        raise ValueError("must be one line, without invisible characters")
    return value


def _day(value: str) -> str:
    try:
        same = date.fromisoformat(value).isoformat() == value
    except ValueError:
        same = False
    if not same:
        raise ValueError(f"is no day like 2024-05-31: {_cut(value)}")
    return value


def _edtf(value: str) -> str:
    if not is_edtf(value):
        raise ValueError(f"is no date: {_cut(value)}")
    return value


def _link(value: str) -> str:
    if safe_url(value) != value:
        raise ValueError(f"is no web address: {_cut(value)}")
    return value


def _number(low: float, high: float, said: str, value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("must be a number")  # noqa: TRY004 - pydantic's contract
    if not math.isfinite(value) or not low <= value <= high:
        raise ValueError(f"{said}: {value!r} is not from {low:g} to {high:g}")
    return value


def _whole(low: int, high: int, value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError(f"must be a whole number from {low} to {high}, not {_cut(value)}")
    return value


def _cut(value: object) -> str:
    return shorten(clean_title(repr(writable(value) if isinstance(value, str) else value)), _SHOWN)


def within(low: float, high: float, said: str = "is out of bounds") -> PlainValidator:
    """Return what lets numbers from `low` to `high` pass, as they are; `said` is of any other."""
    return PlainValidator(partial(_number, low, high, said))


def whole_within(low: int, high: int) -> PlainValidator:
    """Return what lets whole numbers from `low` to `high` pass."""
    return PlainValidator(partial(_whole, low, high))


ONE_LINE = AfterValidator(_one_line)
SHOWN_LINE = AfterValidator(_shown_line)
RecordId = Annotated[StrictStr, Field(pattern=r"^[0-9a-f]{32}$")]
ArticleId = Annotated[StrictStr, Field(pattern=r"^[\w.\-]{1,120}$")]
Country = Annotated[StrictStr, Field(pattern=r"^[A-Z]{2}$")]
Language = Annotated[StrictStr, Field(pattern=r"^[A-Za-z]{1,8}$")]
Stretch = Annotated[StrictStr, Field(max_length=300), AfterValidator(_no_null)]  # of an article's text
Link = Annotated[StrictStr, AfterValidator(_link)]
WrittenDay = Annotated[StrictStr, AfterValidator(_day)]
Edtf = Annotated[StrictStr, Field(max_length=_LONGEST_TIME), AfterValidator(_edtf)]
_PlaceId = Annotated[StrictStr, Field(pattern=r"^[a-z][a-z0-9]*:[\w.\-]{1,100}$")]
_Time = Annotated[datetime, PlainValidator(_time)]
_Name = Annotated[StrictStr, Field(min_length=1, max_length=300), ONE_LINE]


class RecordModel(BaseModel):
    """An object of JSON: nothing may stand in it but what is declared."""

    model_config = ConfigDict(extra="forbid")


class SignedModel(RecordModel):
    """What all lines hold: who decided what, when and why, and who took it back."""

    id: RecordId
    who: Annotated[StrictStr, Field(min_length=1, max_length=WHO), ONE_LINE]
    why: Annotated[StrictStr, Field(max_length=WHY), ONE_LINE] = ""
    decided_at: _Time
    undone_at: _Time | None = None
    undone_by: Annotated[StrictStr, Field(max_length=WHO), ONE_LINE] | None = None


class PlaceModel(RecordModel):
    """A place, as `dashboard.core.models.Place` has it."""

    id: _PlaceId
    name: _Name
    kind: Kind
    latitude: Annotated[float, within(-_LATITUDE, _LATITUDE, "lies nowhere")]
    longitude: Annotated[float, within(-_LONGITUDE, _LONGITUDE, "lies nowhere")]
    country: Country | None = None
    feature_code: Annotated[StrictStr, Field(max_length=20), ONE_LINE] = ""
    name_ar: _Name | None = None
    name_fr: _Name | None = None
    radius_km: Annotated[float, within(0, _HALF_EARTH_KM)] = 0.0
    population: Annotated[int, whole_within(0, _MOST_PEOPLE)] = 0
    admin1: _PlaceId | None = None


def checked(model: type[RecordModel], record: Mapping[str, Any]) -> None:
    """Refuse a record that is not of a model.

    Raises
    ------
    CorrectionError
        One sentence on the first field that is wrong.
    """
    try:
        model.model_validate(record)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        said = _SAID.get(first["type"], "can't be {value}")
        values = {"value": _cut(first["input"]), **first.get("ctx", {})}
        name = shorten(clean_title(".".join(map(str, first["loc"]))), _SHOWN)
        raise CorrectionError(f"{name!r} {said.format_map(values)}") from error


def person(who: str, unnamed: str) -> str:
    """Return the name under which somebody at this machine decides, as one line that others can read.

    Raises
    ------
    CorrectionError
        It is empty, which `unnamed` says, or too long.
    """
    name = clean_title(who)
    if not name:
        raise CorrectionError(unnamed)
    if len(name) > WHO:
        raise CorrectionError(f"A name has at most {WHO} characters.")
    return name
