"""What a reader gives in place of an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.core.links import clean_title

if TYPE_CHECKING:
    from dashboard.intake.sentences import Refusal

__all__ = ["ReadFailure"]


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """A file, or a part of one, that gave no article.

    Attributes
    ----------
    path
        The file as the user may know it; cleaned, so that it can be shown.
    reason
        One sentence: what is wrong.
    step
        One sentence: what to do. May be empty.
    code, values
        Key of `sentences.SENTENCES` and what fills its braces, for those who say it in another language.
    kind
        `failed`, `ignored` (not an article by its nature), `left` (for the next time), `known` (the article was
        there already, and not read again), `same` (a feed says that nothing is new) or
        `note` (a remark; nothing is wrong).
    """

    path: str
    reason: str
    step: str = ""
    code: str = ""
    values: tuple[tuple[str, str], ...] = ()
    kind: str = "failed"

    @classmethod
    def of(cls, why: Refusal, path: str, kind: str = "failed") -> ReadFailure:
        """Make the failure that a refusal stands for."""
        return cls(clean_title(path), str(why), why.step, why.code, tuple(why.values.items()), kind)
