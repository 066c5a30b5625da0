"""What a reader gives in place of an article."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ReadFailure"]


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """A file that gave no article.

    Attributes
    ----------
    path
        The file as the user may know it; cleaned, so that it can be shown.
    reason
        One sentence: what is wrong.
    """

    path: str
    reason: str
