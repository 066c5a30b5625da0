"""What passes between the readers of formats and the rest of the intake."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, BinaryIO

from dashboard.intake.sentences import Refusal, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Protocol

    from dashboard.core.models import DateOrigin
    from dashboard.intake.columns import ColumnMapping

    class Reader(Protocol):
        """A reader of one format: what it is given, and what it gives."""

        def __call__(self, content: Content, options: Options) -> Iterator[Draft | Part | Member]:
            """Give what the content holds, in its order; raise `Refusal` when it is not of the format."""


__all__ = ["Content", "DateClue", "Draft", "Hints", "Member", "Options", "Part"]

MAX_DOCUMENT = 32 * 1024 * 1024  # bytes of a file that is read whole


@dataclass(frozen=True, slots=True)
class DateClue:
    """A date as it was written, and where it stood."""

    origin: DateOrigin
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as a format holds it, before it is cleaned; empty where the format says nothing.

    Attributes
    ----------
    dates
        The surest first.
    origin
        Whose text it is, where that is not the source: the channel that a message was forwarded from.
    made
        When the document was made, which is seldom when it was published: asked last, and always suspect.
    place
        Where in its file it stands, to be put behind the file's name: `#123`. Empty when it is the only one.
    notes
        Sentences for the user.
    """

    text: str
    title: str = ""
    language: str = ""
    source: str = ""
    url: str = ""
    author: str = ""
    origin: str = ""
    dates: tuple[DateClue, ...] = ()
    made: tuple[DateClue, ...] = ()
    place: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file that gave no article, or a remark on the file.

    Attributes
    ----------
    kind
        `failed`, `ignored` (not an article by its nature) or `note` (nothing is wrong).
    """

    why: Refusal
    place: str = ""
    kind: str = "failed"


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a content from outside: the archive, the mail or the server that it came from.

    Attributes
    ----------
    media_type
        Such as `text/html`; wins over the name.
    seen
        When the copy was made: an article can't be younger.
    """

    url: str = ""
    charset: str = ""
    media_type: str = ""
    source: str = ""
    seen: str = ""


@dataclass(slots=True)
class Content:
    """Bytes and a name.

    Attributes
    ----------
    stream
        Can be read from any position; belongs to the content.
    size
        In bytes.
    notes
        Sentences for the user about the whole file, which its reader adds: in which encoding it was read.
    """

    name: str
    stream: BinaryIO
    size: int
    hints: Hints = field(default_factory=Hints)
    notes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, data: bytes, name: str, hints: Hints | None = None) -> Content:
        """Make a content of bytes in memory."""
        return cls(name, io.BytesIO(data), len(data), hints or Hints())

    def head(self, size: int = 8192) -> bytes:
        """Return the first bytes."""
        self.stream.seek(0)
        return self.stream.read(size)

    def data(self, limit: int = MAX_DOCUMENT) -> bytes:
        """Return all bytes.

        Raises
        ------
        Refusal
            There are more than `limit`, or none.
        """
        if self.size > limit:
            raise refusal("too_large", limit=limit // 1024**2)
        self.stream.seek(0)
        data = self.stream.read(limit + 1)
        if not data:
            raise refusal("empty")
        return data


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a file, for the reader of its own format.

    Attributes
    ----------
    place
        Its name in the outer file, as the user knows it.
    """

    content: Content
    place: str


@dataclass(frozen=True, slots=True)
class Options:
    """What the user said about how to read.

    Attributes
    ----------
    mappings
        Which column is what, by the shape of the table (`columns.shape_of`); the key "" is for all.
    date_orders
        `dmy` or `mdy` by source; the key "" is for all others.
    encodings
        One of `recoding.ENCODINGS` by the path of a file, for all texts in it; the key "" is for all others.
    today
        Dates after it are suspect.
    """

    mappings: Mapping[str, ColumnMapping] = field(default_factory=dict)
    date_orders: Mapping[str, str] = field(default_factory=dict)
    encodings: Mapping[str, str] = field(default_factory=dict)
    today: date = field(default_factory=lambda: datetime.now(UTC).date())

    def encoding_for(self, file: str) -> str:
        """Return the encoding that a file must be read in; empty where nobody said."""
        return self.encodings.get(file) or self.encodings.get("", "")
