"""Frames to map layers and HTML: pure functions; every byte of HTML is made here."""

__all__: list[str] = []
