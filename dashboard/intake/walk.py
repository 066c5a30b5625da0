"""Reads one content with all that is packed in it, and takes every trouble of a part for that part's alone."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboard.core.errors import ArticleFormatError
from dashboard.core.links import clean_title
from dashboard.core.models import Article
from dashboard.intake.draft import Draft, Member, Options
from dashboard.intake.failure import ReadFailure
from dashboard.intake.finish import finish
from dashboard.intake.kinds import describe_kind, find_format
from dashboard.intake.recoding import recoded
from dashboard.intake.registry import reader_of
from dashboard.intake.sentences import Refusal, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from dashboard.intake.draft import Content, Part

__all__ = ["SEPARATOR", "Item", "Walk"]

MAX_DEPTH = 4  # archives in archives
SEPARATOR = " › "
_log = logging.getLogger(__name__)

Item = Article | ReadFailure


@dataclass(slots=True)
class Walk:
    """One walk through a file.

    A file has leaves, counted from 0: itself, then each thing that is packed in it, in a fixed order. The
    count lets a walk that broke at a leaf be taken up behind it.

    Attributes
    ----------
    on_leaf
        Told the number of each leaf before it is read.
    done_leaf, done_items
        Where an earlier walk came to: leaves before this one, and so many items of it, are not given again.
    broken
        Leaves that broke an earlier walk, and how; they are reported, not read.
    folder
        Put before the path of what failed, so that the user finds it.
    """

    options: Options
    on_leaf: Callable[[int], None] = lambda _: None
    done_leaf: int = 0
    done_items: int = 0
    broken: Mapping[int, Refusal] = field(default_factory=dict)
    folder: str = ""
    _next: int = 0
    _file: str = ""
    _named: str = ""

    def items(self, content: Content, path: str) -> Iterator[tuple[int, Item]]:
        """Give `(leaf, item)` in the order of the file; at least one item."""
        given = 0
        self._named = self.folder + path
        self._file = self._named if self.folder else ""
        for leaf, item in self._walk(content, path, 0):
            if leaf == self.done_leaf and given < self.done_items:
                given += 1
            elif leaf >= self.done_leaf:
                yield leaf, item

    def _walk(self, content: Content, path: str, depth: int) -> Iterator[tuple[int, Item]]:
        leaf = self._next
        self._next += 1
        self.on_leaf(leaf)
        if leaf in self.broken:
            yield leaf, self._failure(self.broken[leaf], path)
            return
        try:
            kind = find_format(content)
            if kind is None:
                yield leaf, self._unknown(content, path)
                return
            if leaf < self.done_leaf and kind.gives != "files":
                return
            content = recoded(content, kind, self.options.encoding_for(self._named))
            for one in reader_of(kind)(content, self.options):
                if isinstance(one, Member):
                    yield from self._member(one, path, depth)
                    self.on_leaf(leaf)
                elif leaf >= self.done_leaf:
                    yield leaf, self._finished(one, path, content.notes)
        except Refusal as error:
            yield leaf, self._failure(error, path)
        except ArticleFormatError as error:
            yield leaf, ReadFailure(clean_title(self.folder + path), str(error))
        except RecursionError:
            yield leaf, self._failure(refusal("too_deep"), path)
        except MemoryError:
            raise  # the limit of the whole worker: its owner knows how much that was
        except Exception:  # noqa: BLE001 - a library broke on this file: one line of the report, and the next file
            _log.warning("The reader broke on %r", path, exc_info=True)
            yield leaf, self._failure(refusal("crashed"), path)

    def _member(self, one: Member, path: str, depth: int) -> Iterator[tuple[int, Item]]:
        inner = f"{path}{SEPARATOR}{one.place}"
        if depth >= MAX_DEPTH:
            leaf = self._next
            self._next += 1
            yield leaf, self._failure(refusal("nested", limit=MAX_DEPTH), inner)
            return
        yield from self._walk(one.content, inner, depth + 1)

    def _finished(self, one: Draft | Part, path: str, notes: Iterable[str]) -> Item:
        if not isinstance(one, Draft):
            return self._failure(one.why, path + one.place, one.kind)
        try:
            return finish(one, path, self.options, self._file, notes)
        except Refusal as error:
            return self._failure(error, path + one.place)

    def _unknown(self, content: Content, path: str) -> ReadFailure:
        """Say of what kind a file is that is not read."""
        if content.size == 0:
            return self._failure(refusal("empty"), path)
        return self._failure(refusal("unsupported", kind=describe_kind(content)), path, "ignored")

    def _failure(self, why: Refusal, path: str, kind: str = "failed") -> ReadFailure:
        return ReadFailure.of(why, self.folder + path, kind)
