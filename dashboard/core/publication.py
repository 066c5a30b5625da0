"""On which days an article can have been published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.core.edtf import bounds

if TYPE_CHECKING:
    from datetime import date

__all__ = ["can_be_published"]

_OLDEST_YEAR = 1450  # about when printing began
_YEARS_AHEAD = 1  # an issue may bear a later day, next year's even; more is a slip or a jest


def can_be_published(edtf: str, today: date) -> bool:
    """Say whether an article can bear this date (EDTF) as that of its publication."""
    ends = [day.year for day in bounds(edtf) if day]
    return all(_OLDEST_YEAR <= year <= today.year + _YEARS_AHEAD for year in ends)
