"""Articles that were read and wait to be stored: a file with an article, or what gave none, a line.

What the network gave is kept so while its user looks at it, for nobody is asked twice for the same.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard.core.models import Article, DateOrigin
from dashboard.intake.failure import ReadFailure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dashboard.intake.walk import Item

__all__ = ["read_shelf", "shelf_bytes"]

_GONE = "What was read to be stored is no longer there."
_AGAIN = "Give the address again."


def shelf_bytes(items: Iterable[Item]) -> bytes:
    """Write items as JSON lines, in their order."""
    lines = (
        json.dumps(
            {"article": isinstance(item, Article)}
            | {one.name: getattr(item, one.name) for one in fields(item)},
            default=lambda value: value.isoformat(),  # days; all else is what JSON knows
        )
        for item in items
    )
    return "\n".join(lines).encode("ascii")


def read_shelf(path: Path) -> Iterator[Item]:
    """Yield the items of a file that `shelf_bytes` made; one failure where it is gone."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        yield ReadFailure(path.name, _GONE, _AGAIN)
        return
    for line in lines:
        found: dict[str, Any] = json.loads(line)
        if found.pop("article"):
            yield _article(found)
        else:
            values = tuple((name, value) for name, value in found.pop("values"))
            yield ReadFailure(**found, values=values)


def _article(found: dict[str, Any]) -> Article:
    if found["published"]:
        found["published"] = date.fromisoformat(found["published"])
    if found["date_origin"]:
        found["date_origin"] = DateOrigin(found["date_origin"])
    found["boilerplate"] = tuple((start, end) for start, end in found["boilerplate"])
    found["notes"] = tuple(found["notes"])
    return Article(**found)
