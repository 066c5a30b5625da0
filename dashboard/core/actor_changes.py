"""What a newsroom says of actors: names by language, kind, country, and the offices that they held."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, StrictStr

from dashboard.core.edtf import bounds, is_edtf
from dashboard.core.errors import CorrectionError
from dashboard.core.models import ActorType
from dashboard.core.record_types import ONE_LINE, Country, RecordModel, SignedModel
from dashboard.core.signed_records import content_id, read_signed, written_times

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["ActorChange", "HeldOffice", "actor_record", "read_actor_change", "signed_actor_change"]

_RECORD = "actor"  # of a line, beside which lines are corrections of places and decisions about journeys
_MOST_NAMES, _MOST_OFFICES = 30, 30
_LONGEST = 200  # code points of a name, a key or a role
_LONGEST_DATE = 40
_COUNTRY = re.compile(r"[A-Z]{2}\Z")
_LANGUAGES = ("names_ar", "names_en", "names_fr")


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """An office held: what it is, of which country (ISO 3166-1 alpha-2), from when until when (EDTF or empty)."""

    role: str
    country: str | None = None
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class ActorChange:
    """All that one person says of one actor at one time; the latest in force counts.

    Attributes
    ----------
    actor
        Key of the actor, as its journeys bear it.
    type
        What sort of actor it is: a value of `ActorType`, such as `person`.
    names_ar, names_en, names_fr
        The first of each is the one that is shown.
    decided_at, undone_at
        Aware UTC.
    id
        32 hexadecimal digits made from all but `undone_at` and `undone_by`.
    """

    actor: str
    type: str
    country: str | None
    names_ar: tuple[str, ...]
    names_en: tuple[str, ...]
    names_fr: tuple[str, ...]
    offices: tuple[HeldOffice, ...]
    who: str
    why: str
    decided_at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None
    id: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All names, Arabic ones first."""
        return tuple(dict.fromkeys((*self.names_ar, *self.names_en, *self.names_fr)))


_Names = Annotated[
    list[Annotated[StrictStr, Field(max_length=_LONGEST), ONE_LINE]], Field(max_length=_MOST_NAMES)
]


class _OfficeModel(RecordModel):
    role: Annotated[StrictStr, Field(min_length=1, max_length=_LONGEST), ONE_LINE]
    country: Country | None = None
    since: Annotated[StrictStr, Field(max_length=_LONGEST_DATE), ONE_LINE] = ""
    until: Annotated[StrictStr, Field(max_length=_LONGEST_DATE), ONE_LINE] = ""


class _Model(SignedModel):
    actor: Annotated[StrictStr, Field(min_length=1, max_length=_LONGEST), ONE_LINE]
    type: ActorType
    country: Country | None
    names_ar: _Names
    names_en: _Names
    names_fr: _Names
    offices: Annotated[list[_OfficeModel], Field(max_length=_MOST_OFFICES)]


def signed_actor_change(change: ActorChange) -> ActorChange:
    """Return a change, its names in order, with the id that its content makes.

    Raises
    ------
    CorrectionError
        Nobody makes it, the actor has no name, or a country or a date is none.
    """
    who, why = " ".join(change.who.split()), " ".join(change.why.split())
    change = replace(
        change,
        who=who,
        why=why,
        offices=tuple(map(_office, change.offices)),
        names_ar=_tidy(change.names_ar),
        names_en=_tidy(change.names_en),
        names_fr=_tidy(change.names_fr),
    )
    if not who:
        raise CorrectionError("Say who makes the change.")
    if not change.names or not change.actor or not change.type:
        raise CorrectionError("An actor needs a name.")
    if change.type not in set(ActorType):
        raise CorrectionError(f"{change.type!r} is no sort of actor: give one of {', '.join(ActorType)}.")
    texts = (who, why, change.actor, change.type, *change.names, *(one.role for one in change.offices))
    if max(map(len, texts)) > _LONGEST or len(change.names) > _MOST_NAMES:
        raise CorrectionError(f"An actor has at most {_MOST_NAMES} names of at most {_LONGEST} characters.")
    if change.country is not None and not _COUNTRY.match(change.country):
        raise CorrectionError(f"{change.country!r} is no country: give two letters, such as LY.")
    if len(change.offices) > _MOST_OFFICES:
        raise CorrectionError(f"An actor has at most {_MOST_OFFICES} offices.")
    return replace(change, id=content_id(actor_record(change)))


def _tidy(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (" ".join(name.split()) for name in names) if name))


def _office(office: HeldOffice) -> HeldOffice:
    found = HeldOffice(
        office.role.strip(), office.country or None, office.since.strip(), office.until.strip()
    )
    for day in (found.since, found.until):
        if day and not is_edtf(day):
            raise CorrectionError(f"{day!r} is no date: write 2019, 2019-04 or 2019-04-13.")
    first, last = bounds(found.since)[0], bounds(found.until)[1]
    if first and last and first > last:
        raise CorrectionError(f"An office can't end ({found.until}) before it begins ({found.since}).")
    if not found.role:
        raise CorrectionError("Say which office it is.")
    if found.country is not None and not _COUNTRY.match(found.country):
        raise CorrectionError(f"{found.country!r} is no country: give two letters, such as LY.")
    return found


def actor_record(change: ActorChange) -> dict[str, Any]:
    """Return a change as an object of JSON; its `record` tells it from other lines."""
    record = {**asdict(change), "record": _RECORD}
    for name in _LANGUAGES:
        record[name] = list(record[name])
    record["offices"] = list(record["offices"])
    return record | written_times(record)


def read_actor_change(record: object) -> ActorChange | None:
    """Read a change from an object of JSON; None when the object is something else.

    Raises
    ------
    CorrectionError
        It is a change, but makes no sense or was changed after it was written.
    """
    return read_signed(record, _RECORD, _Model, _change, signed_actor_change)


def _change(record: dict[str, Any], decided: dict[str, Any]) -> ActorChange:
    return ActorChange(
        actor=record["actor"],
        type=record["type"],
        country=record["country"],
        names_ar=tuple(record["names_ar"]),
        names_en=tuple(record["names_en"]),
        names_fr=tuple(record["names_fr"]),
        offices=tuple(HeldOffice(**one) for one in record["offices"]),
        **decided,
    )
