"""What a reader gives in place of an article."""

from __future__ import annotations

from dataclasses import dataclass

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
        Key of the sentence and what fills its braces, for those who say it in another language.
    kind
        `failed`, `ignored` (not an article by its nature), `left` (for the next time) or `note` (a remark;
        nothing is wrong).
    """

    path: str
    reason: str
    step: str = ""
    code: str = ""
    values: tuple[tuple[str, str], ...] = ()
    kind: str = "failed"
