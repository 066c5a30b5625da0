"""Where the user's own tables of places lie; light, for what only opens an index."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.core.settings import Settings

__all__ = ["tables_digest", "tables_folder"]


def tables_folder(settings: Settings) -> Path:
    """Return the folder of the user's tables; it may be missing."""
    return settings.user_data / "places"


def tables_digest(settings: Settings) -> str:
    """Return a key of what the tables hold; empty if there is none."""
    digest = hashlib.sha256()
    paths = sorted(tables_folder(settings).glob("*.csv"))
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12] if paths else ""
