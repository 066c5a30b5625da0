"""What the gazetteer is made from; each module reads one source and gives records."""

from __future__ import annotations

__all__: list[str] = []
