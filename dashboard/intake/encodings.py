"""Bytes of unknown encoding to text: found out, mended where that is sure, and refused where it is not."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from dashboard.core.errors import ArticleFormatError
from dashboard.intake.mojibake import mend_mojibake
from dashboard.intake.plausible import familiarity, plausibility

__all__ = ["Decoded", "read_text"]

# Names as users know them; the codecs of Python answer to all of them.
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OLD = ("windows-1256", "iso-8859-6", "windows-1252")
_LEAST = 0.7  # plausibility of a text that is taken
_FEW_LETTERS = 8  # of which nothing can be told
_LOOKED_AT = 1000  # code points in which letters are counted
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.01  # control characters in a text that is still one
_LETTERS = bytes(range(ord("A"), ord("Z") + 1)) + bytes(range(ord("a"), ord("z") + 1))
_ARABIC_LEADS = b"\xd8\xd9\xda\xdb"
_FOREIGN_LEADS = bytes([*range(0xC6, 0xD8), *range(0xDC, 0xE2), *range(0xE3, 0xEF), *range(0xF0, 0xF5)])
_TAH = (b"\xd8\xb7", b"\xd8\xb8")
_MISREAD = re.compile(rb"\xc3[\x82\x83\x8a\x98\x99]|\xef\xbf\xbd")
_CONTROLS = bytes([*range(9), *range(14, 32), 127])
_SIGNS_OF_UTF16 = 0.05  # share of NUL and ACK bytes, which Arabic in UTF-16 is full of


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding that it was in; `note` is a sentence for the user, empty when all was plain."""

    text: str
    encoding: str
    note: str = ""


def read_text(data: bytes, charset: str = "") -> Decoded:
    """Find out the encoding of bytes, and return their text; line ends become line feeds.

    UTF-8 and UTF-16 with or without their marks, windows-1256, ISO-8859-6, windows-1252. UTF-8 with a few bad
    bytes is read with `�` in their places, and a text that was misread before it was saved is led back.

    Parameters
    ----------
    charset
        What a header or the page says, tried first; empty when nobody said.

    Raises
    ------
    ArticleFormatError
        The bytes are empty or binary, or in no encoding that was tried are they Arabic, English or French.
    """
    if not data.strip():
        raise ArticleFormatError("The file is empty.")
    found = _read(data, charset)
    if not found.text.strip():
        raise ArticleFormatError("The file is empty.")
    return Decoded(found.text.replace("\r\n", "\n").replace("\r", "\n"), found.encoding, found.note)


def _read(data: bytes, charset: str) -> Decoded:
    marked = _marked(data)
    if marked is not None:
        return marked
    wide = _utf16(data)
    if wide is not None:
        return wide
    if charset:
        said = _strictly(data, charset)
        if said is not None and plausibility(said) >= _LEAST:
            return Decoded(_checked(said), charset)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged_or_old(data)
    return _utf8(data, text)


def _marked(data: bytes) -> Decoded | None:
    """Read what begins with a mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError as error:
                if encoding == "utf-8-sig":
                    return None
                raise ArticleFormatError("The file begins as UTF-16, but is not.") from error
            return Decoded(_plausible(_checked(text), "UTF-16"), encoding.removesuffix("-sig"))
    return None


def _utf16(data: bytes) -> Decoded | None:
    """Read UTF-16 without a mark: every second byte says which alphabet."""
    signs = data.count(0) + data.count(6)
    if signs < _SIGNS_OF_UTF16 * len(data) or len(data) % 2:
        return None
    odd, even = data[1::2], data[::2]
    big = even.count(0) + even.count(6) > odd.count(0) + odd.count(6)
    encoding = "utf-16-be" if big else "utf-16-le"
    text = _strictly(data, encoding)
    if text is None or _CONTROL.search(text) or plausibility(text) < _LEAST:
        return None
    return Decoded(text, encoding, "Read as UTF-16 without its mark.")


def _utf8(data: bytes, text: str) -> Decoded:
    """Look at valid UTF-8: it may hold what was misread earlier."""
    if len(data.translate(None, _CONTROLS)) < len(data):
        _checked(text)
    if _is_plain(data):
        return Decoded(text, "utf-8")
    mended, what = mend_mojibake(text)
    note = f"The text had been saved misread ({what}) and was mended." if what else ""
    return Decoded(_plausible(mended, "UTF-8"), "utf-8", note)


def _is_plain(data: bytes) -> bool:
    """Tell from its bytes, quickly, that UTF-8 is Arabic or Latin and shows no sign of having been misread."""
    letters = len(data) - len(data.translate(None, _LETTERS))
    arabic = len(data) - len(data.translate(None, _ARABIC_LEADS))
    foreign = len(data) - len(data.translate(None, _FOREIGN_LEADS))
    accents = data.count(0xC3)
    if foreign * 4 > letters + arabic or accents * 3 > letters + arabic:
        return False
    if sum(map(data.count, _TAH)) * 8 > arabic:
        return False
    return _MISREAD.search(data) is None


def _damaged_or_old(data: bytes) -> Decoded:
    """Read what is no valid UTF-8: UTF-8 with a few bad bytes, or an older encoding, whichever makes sense."""
    mended = data.decode("utf-8", "replace")
    bad = mended.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    found = [(plausibility(mended), Decoded(mended, "utf-8", _lost(bad)))]
    for encoding in _OLD:
        text = _strictly(data, encoding)
        if text is not None:
            found.append((plausibility(text), Decoded(text, encoding, f"Read as {encoding}.")))
    share, best = max(found, key=lambda pair: (round(pair[0], 1), familiarity(pair[1].text), pair[0]))
    _checked(best.text, 0.0 if best.encoding in _OLD else _MAX_CONTROL_SHARE)
    if share < _LEAST:
        raise ArticleFormatError(_refused(", ".join(["UTF-8", *_OLD])))
    return best


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _checked(text: str, control_share: float = _MAX_CONTROL_SHARE) -> str:
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if "\0" in text or controls > control_share * len(text):
        raise ArticleFormatError("The file holds no text: it is binary.")
    return text


def _plausible(text: str, tried: str) -> str:
    letters = sum(char.isalpha() or char == "\ufffd" for char in text[:_LOOKED_AT])
    if letters >= _FEW_LETTERS and plausibility(text) < _LEAST:
        raise ArticleFormatError(_refused(tried))
    return text


def _refused(tried: str) -> str:
    return (
        "The letters are not those of Arabic, English or French, or the text is damaged "
        f"(tried: {tried}). Save it again as UTF-8."
    )


def _lost(bad: int) -> str:
    return (
        "One damaged character was replaced by �."
        if bad == 1
        else f"{bad} damaged characters were replaced by �."
    )
