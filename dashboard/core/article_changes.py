"""What people put right about articles: their fields, their story, what of them is boilerplate, whether they stay."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, StrictBool, StrictStr

from dashboard.core.edtf import is_edtf
from dashboard.core.errors import CorrectionError
from dashboard.core.links import clean_title, safe_url
from dashboard.core.models import DateOrigin
from dashboard.core.publication import can_be_published
from dashboard.core.record_types import (
    SHOWN_LINE,
    WHO,
    WHY,
    ArticleId,
    Edtf,
    Language,
    Link,
    RecordModel,
    SignedModel,
    WrittenDay,
)
from dashboard.core.signed_records import content_id, read_signed, written_times

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ArticleChange", "ArticleField", "change_record", "columns_for", "read_change", "signed_change"]

_LONGEST = {"title": 500, "source": 200, "url": 2048, "language": 8}
_RECORD = "article"  # of a line, beside which lines are corrections of places
_COLUMNS = {
    "title": ("title",),
    "published": ("published", "published_edtf", "date_origin", "date_suspect"),
    "source": ("source",),
    "url": ("url",),
    "language": ("language",),
    "story": ("story",),
    "whole": ("whole",),
    "removed": ("removed",),
}


class ArticleField(StrEnum):
    """What can be put right about an article."""

    TITLE = "title"
    PUBLISHED = "published"
    SOURCE = "source"
    URL = "url"
    LANGUAGE = "language"
    STORY = "story"
    WHOLE = "whole"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """One change of one article by one person.

    Attributes
    ----------
    after, before
        What the article's columns hold with the change and without it; dates as in ISO 8601, a story as the id of
        the article that leads it.
    decided_at, undone_at
        Aware UTC.
    id
        32 hexadecimal digits made from all but `undone_at` and `undone_by`.
    """

    article_id: str
    field: ArticleField
    after: Mapping[str, Any]
    before: Mapping[str, Any]
    who: str
    why: str
    decided_at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None
    id: str = ""


class _ColumnsModel(RecordModel):
    """What a change may put into an article's columns, or say that stood there; those that it lacks are left."""

    title: Annotated[StrictStr, Field(min_length=1, max_length=_LONGEST["title"]), SHOWN_LINE] = "-"
    published: WrittenDay | None = None
    published_edtf: Edtf | None = None
    date_origin: DateOrigin | None = None
    date_suspect: StrictBool = False
    source: Annotated[StrictStr, Field(min_length=1, max_length=_LONGEST["source"]), SHOWN_LINE] | None = None
    url: Link | None = None
    language: Language | None = None
    story: ArticleId | None = None
    whole: StrictBool = False
    removed: StrictBool = False


class _Model(SignedModel):
    article_id: ArticleId
    field: ArticleField
    after: _ColumnsModel
    before: _ColumnsModel


def columns_for(what: ArticleField, value: str | None) -> dict[str, Any]:
    """Return what the columns of an article hold when one of its fields has the value that a person typed.

    Parameters
    ----------
    value
        None or empty takes the value away; any other makes an article whole. A date is a day (`2024-05-31`) or what
        EDTF writes (`2024-05`).

    Raises
    ------
    CorrectionError
        The value makes no sense for this field.
    """
    text = clean_title(value or "") or None
    if text and len(text) > _LONGEST.get(what.value, len(text)):
        raise CorrectionError(f"The {what.value} is longer than {_LONGEST[what.value]} characters.")
    if what is ArticleField.PUBLISHED:
        return _date_columns(text)
    if what is ArticleField.WHOLE:
        return {"whole": text is not None}
    if what is ArticleField.TITLE and text is None:
        raise CorrectionError("An article needs a title.")
    if what is ArticleField.URL and text is not None and safe_url(text) is None:
        raise CorrectionError(f"{text!r} is no web address. It should begin with https:// or http://.")
    if what is ArticleField.LANGUAGE and text is not None and not (text.isascii() and text.isalpha()):
        raise CorrectionError(f"{text!r} is not a code such as 'ar', 'en' or 'fr'.")
    return {what.value: text}


def _date_columns(text: str | None) -> dict[str, Any]:
    if text is None:
        return {"published": None, "published_edtf": None, "date_origin": None, "date_suspect": False}
    _refuse_impossible(text)
    by_hand = {"date_origin": DateOrigin.PERSON.value, "date_suspect": False}
    try:
        return {"published": date.fromisoformat(text).isoformat(), "published_edtf": None, **by_hand}
    except ValueError as error:
        if not is_edtf(text):
            raise CorrectionError(
                f"{text!r} is no date like 2024-05-31, 2024-05 or 2024-05-01/2024-05-10."
            ) from error
    return {"published": None, "published_edtf": text, **by_hand}


def _refuse_impossible(text: str) -> None:
    if is_edtf(text) and not can_be_published(text, datetime.now(UTC).date()):
        raise CorrectionError(f"No article can be from {text}. Give the day on which it was published.")


def signed_change(change: ArticleChange) -> ArticleChange:
    """Return a change with the id that its content makes.

    Raises
    ------
    CorrectionError
        Nobody made it, or its columns are not those of its field.
    """
    if not change.who.strip():
        raise CorrectionError("Say who makes the change.")
    if len(change.who) > WHO or len(change.why) > WHY:
        raise CorrectionError(f"A name has at most {WHO} characters, and a reason {WHY}.")
    allowed = set(_COLUMNS[change.field.value])
    if set(change.after) - allowed or set(change.before) - allowed or not change.after:
        raise CorrectionError(f"a change of {change.field.value!r} holds something else")
    return replace(change, id=content_id(change_record(change)))


def change_record(change: ArticleChange) -> dict[str, Any]:
    """Return a change as an object of JSON; its `record` tells it from a correction of a place."""
    record = {**asdict(change), "field": change.field.value, "record": _RECORD}
    return record | written_times(record)


def read_change(record: object) -> ArticleChange | None:
    """Read a change from an object of JSON; None when the object is something else.

    Raises
    ------
    CorrectionError
        It is a change, but makes no sense or was changed after it was written.
    """
    return read_signed(record, _RECORD, _Model, _change, signed_change)


def _change(record: dict[str, Any], decided: dict[str, Any]) -> ArticleChange:
    if set(record["after"]) != set(record["before"]):
        raise CorrectionError("'before' must say what stood in the columns that 'after' fills")
    for name in ("published", "published_edtf"):
        _refuse_impossible(record["after"].get(name) or "")
    return ArticleChange(
        article_id=record["article_id"],
        field=ArticleField(record["field"]),
        after=dict(record["after"]),
        before=dict(record["before"]),
        **decided,
    )
