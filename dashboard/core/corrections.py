"""What people decided about mentions: the decisions, how far each reaches, and how they are written in a file."""

from __future__ import annotations

import getpass
import unicodedata
from bisect import bisect_left
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, StrictStr

from dashboard.core.errors import CorrectionError
from dashboard.core.links import shorten
from dashboard.core.models import Kind, Place
from dashboard.core.record_types import (
    ArticleId,
    PlaceModel,
    SignedModel,
    Stretch,
    checked,
    whole_within,
)
from dashboard.core.signed_records import content_id, read_signed
from dashboard.core.text import fold_name

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Correction",
    "Decision",
    "Scope",
    "anchor_of",
    "correction_record",
    "local_user",
    "place_from_record",
    "place_record",
    "read_correction",
    "signed",
    "span_at",
]

_LONGEST = {"surface": 300, "who": 120, "why": 2000, "source": 500, "article_id": 120}
_LONGEST_TEXT = 10_000_000  # code points that may stand before a name


class Decision(StrEnum):
    """What a person said of a mention."""

    RIGHT = "right"
    WRONG_PLACE = "wrong_place"
    NOT_A_PLACE = "not_a_place"
    ADDED = "added"  # a place that the gazetteer lacked, and that this person added


class Scope(StrEnum):
    """How far a decision reaches, the narrowest first: a narrower one wins over a wider."""

    MENTION = "mention"
    ARTICLE = "article"
    SOURCE = "source"
    EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision of one person.

    It reaches, by its scope: the mention at `anchor` in the article; every mention of the same name in the
    article; or every mention of the same name which the parser took for the same place, in the source or
    everywhere. Names are the same when `fold_name` makes them so.

    Attributes
    ----------
    surface
        The name as it stood in the article.
    article_id
        The article in which it was decided.
    anchor
        Code points of the article before the name, white space not counted, so that it is the same in every
        copy of the article.
    source
        Of that article; None when unknown, and then no scope `source`.
    judged
        The place that the parser had chosen; None when it had none, or had not found the name.
    place
        What the name means; None exactly for `not_a_place`.
    decided_at, undone_at
        Aware UTC.
    id
        32 hexadecimal digits made from all but `undone_at` and `undone_by`.
    """

    decision: Decision
    scope: Scope
    surface: str
    article_id: str
    anchor: int
    source: str | None
    judged: Place | None
    place: Place | None
    who: str
    why: str
    decided_at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None
    id: str = ""

    @property
    def folded(self) -> str:
        """The name, folded."""
        return fold_name(self.surface)

    @property
    def context(self) -> tuple[object, ...]:
        """What the decision is about: two with the same context contradict each other if they differ."""
        where = {
            Scope.MENTION: (self.article_id, self.anchor),
            Scope.ARTICLE: (self.article_id,),
            Scope.SOURCE: (self.source, self.judged and self.judged.id),
            Scope.EVERYWHERE: (self.judged and self.judged.id,),
        }[self.scope]
        return (self.scope, self.folded, *where)


class _Model(SignedModel):
    decision: Decision
    scope: Scope
    surface: Stretch
    article_id: ArticleId
    anchor: Annotated[int, whole_within(0, _LONGEST_TEXT)]
    source: Annotated[StrictStr, Field(max_length=_LONGEST["source"])] | None = None
    judged: PlaceModel | None = None
    place: PlaceModel | None = None


def signed(correction: Correction) -> Correction:
    """Return a correction with the id that its content makes, after checking that it makes sense.

    Raises
    ------
    CorrectionError
        A value makes no sense; the message says which.
    """
    _check(correction)
    return replace(correction, id=content_id(correction_record(correction)))


def correction_record(correction: Correction) -> dict[str, Any]:
    """Return a correction as an object of JSON, its values in a fixed order."""
    record: dict[str, Any] = {"id": correction.id}
    for field in fields(Correction):
        value = getattr(correction, field.name)
        if isinstance(value, datetime):
            value = value.astimezone(UTC).isoformat(timespec="microseconds")
        record[field.name] = place_record(value) if isinstance(value, Place) else value
    return record


def read_correction(record: object) -> Correction:
    """Read a correction from an object of JSON.

    Raises
    ------
    CorrectionError
        It is none, or was changed after it was written; the message says what is wrong.
    """
    if not isinstance(record, dict):
        raise CorrectionError("not an object")
    read = read_signed(record, None, _Model, _correction, signed)
    if read is None:
        raise CorrectionError(f"a line of a kind that is not known here: {shorten(record['record'], 60)!r}")
    return read


def _correction(record: dict[str, Any], decided: dict[str, Any]) -> Correction:
    return Correction(
        decision=Decision(record["decision"]),
        scope=Scope(record["scope"]),
        surface=record["surface"],
        article_id=record["article_id"],
        anchor=record["anchor"],
        source=record.get("source"),
        judged=place_from_record(record.get("judged")),
        place=place_from_record(record.get("place")),
        **decided,
    )


def place_record(place: Place) -> dict[str, Any]:
    """Return a place as an object of JSON."""
    return {**asdict(place), "kind": place.kind.value}


def place_from_record(record: Mapping[str, Any] | None) -> Place | None:
    """Return the place of an object of JSON; None for none.

    What this store wrote is not looked through again; lines of others are, before they come here.
    """
    if record is None:
        return None
    known = {field.name for field in fields(Place)}
    place = Place(**{name: value for name, value in record.items() if name in known})
    return replace(place, kind=Kind(place.kind))


def local_user() -> str:
    """Return the name of whoever runs the program on this machine; empty when it has none."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return ""


def anchor_of(text: str, start: int) -> int:
    """Return how many code points stand before `start`, white space not counted, in canonical form."""
    return sum(not char.isspace() for char in unicodedata.normalize("NFC", text[:start]))


def span_at(text: str, anchor: int, surface: str) -> tuple[int, int] | None:
    """Return where a name stands of which `anchor_of` is known; None if it is not there."""
    places = range(len(text) + 1)
    start = bisect_left(places, anchor, key=lambda at: anchor_of(text, at))
    while (
        start < len(text) and anchor_of(text, start + 1) == anchor
    ):  # white space, or a mark of the letter before
        start += 1
    behind = anchor + anchor_of(surface, len(surface))
    end = bisect_left(places, behind, key=lambda at: anchor_of(text, at))
    while end < len(text) and not text[end].isspace() and anchor_of(text, end + 1) == behind:
        end += 1  # over the marks that make one letter with the last one
    return (start, end) if start < end and _letters(text[start:end]) == _letters(surface) else None


def _letters(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def _check(correction: Correction) -> None:
    for name, limit in _LONGEST.items():
        value = getattr(correction, name)
        if value is None and name == "source":
            continue
        if not isinstance(value, str) or len(value) > limit:
            raise CorrectionError(f"{name!r} must be a text of at most {limit} characters")
    if not correction.who.strip():
        raise CorrectionError("a correction must say who decided")
    if not correction.folded:
        raise CorrectionError(f"{correction.surface!r} holds no letter to know it by")
    for place in (correction.judged, correction.place):
        if place is not None:
            checked(PlaceModel, place_record(place))
    if (correction.place is None) != (correction.decision is Decision.NOT_A_PLACE):
        raise CorrectionError(f"the decision {correction.decision.value!r} does not fit its place")
    if correction.scope is Scope.SOURCE and not correction.source:
        raise CorrectionError("the article has no known source, so the decision can't reach its source")
