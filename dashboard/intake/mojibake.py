"""Texts that were read in the wrong encoding before they were saved, led back to what they were."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.intake.plausible import plausibility

__all__ = ["Mended", "mend_mojibake"]

_GOOD, _BAD = 0.8, 0.5  # plausibility of what was mended, and of what may be mended
# (read as, what it is, as users know them)
_TABLE = (
    ("cp1256", "utf-8", "UTF-8 read as windows-1256"),
    ("cp1252", "utf-8", "UTF-8 read as windows-1252"),
    ("cp1252", "cp1256", "windows-1256 read as windows-1252"),
    ("cp1252", "iso8859-6", "ISO-8859-6 read as windows-1252"),
)


class Mended(NamedTuple):
    """A text, and what had happened to it; empty when nothing had."""

    text: str
    what: str


def mend_mojibake(text: str) -> Mended:
    """Mend a text that was read in the wrong encoding, or those of its lines that were."""
    if plausibility(text) <= _BAD:
        for wrong, right, what in _TABLE:
            mended = _led_back(text, wrong, right)
            if mended is not None and plausibility(mended) >= _GOOD:
                return Mended(mended, what)
    lines = text.split("\n")
    found = ""
    for at, line in enumerate(lines):
        if line.isascii() or plausibility(line) > _BAD:
            continue
        for wrong, right, what in _TABLE[:2]:  # of a line alone only what can't be chance
            mended = _led_back(line, wrong, right)
            if mended is not None and plausibility(mended) >= _GOOD:
                lines[at], found = mended, what
                break
    return Mended("\n".join(lines), found)


def _led_back(text: str, wrong: str, right: str) -> str | None:
    """Return the text as it was, None if it can't have been."""
    data = bytearray()
    for char in text:
        try:
            data += char.encode(wrong)
        except UnicodeEncodeError:
            if ord(char) > 0xFF:  # noqa: PLR2004 - a byte; what an encoding leaves open stays a control character
                return None
            data.append(ord(char))
    try:
        return data.decode(right)
    except UnicodeDecodeError:
        return None
