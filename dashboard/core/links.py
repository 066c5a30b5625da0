"""What a stranger's text may put in a title, and which of its links may be followed."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

__all__ = [
    "MAX_URL_LENGTH",
    "clean_title",
    "one_line",
    "plain_address",
    "safe_url",
    "shorten",
    "url_host",
    "writable",
]

MAX_URL_LENGTH = 2048
_FOLLOWS_READERS = re.compile(
    r"utm_\w+|fbclid|gclid|igshid|mc_[ce]id|ref|ref_src|share|cmpid|ocid|at_\w+|ns_\w+", re.IGNORECASE
)
_SCHEMES = ("http", "https")
# What nearly every link looks like: nothing in it that is left to judge.
_PLAIN_LINK = re.compile(r"https?://[a-z0-9][a-z0-9.-]*(?:/[!-\[\]-~]*)?")
# Invisible characters that change meaning in writing; every other format character is dropped.
_KEPT_FORMATS = frozenset("\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")

_HALF = re.compile("[\ud800-\udfff]")


def writable(text: str) -> str:
    """Return a text with a sign of replacement for each half of a surrogate pair, which no file or answer can hold."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def clean_title(text: str) -> str:
    """Return a text as one line that is safe to show.

    Taken out are characters that steer the direction of writing, other invisible ones (but for the joiners of
    Persian and the Arabic number signs), halves of surrogate pairs and control characters. White space is
    folded.
    """
    if text.isprintable() and "  " not in text and text == text.strip():
        return text  # nothing of the kind is in it
    kept = []
    for char in text:
        category = unicodedata.category(char)
        if category == "Cc":
            kept.append(" ")
        elif category != "Cs" and (category != "Cf" or char in _KEPT_FORMATS):
            kept.append(char)
    return " ".join("".join(kept).split())


def one_line(text: str) -> str:
    """Return a text as `clean_title` does, its spaces as they are: columns keep their distance."""
    if text.isprintable():
        return text
    return "".join(_harmless(char) for char in text)


def _harmless(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category == "Cs" or (category == "Cf" and char not in _KEPT_FORMATS) else char


def shorten(text: str, limit: int) -> str:
    """Cut a line to at most `limit` code points, after a word where there is one, and add an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head if text[limit - 1].isspace() else (head.rpartition(" ")[0] or head)
    return cut.rstrip() + "…"


def safe_url(url: str | None) -> str | None:
    """Return a link that may be shown and followed, or None.

    It must be `http` or `https`, with a host, without a user name or password, and without white space,
    control characters, invisible ones or backslashes.
    """
    if url is None:
        return None
    if len(url) <= MAX_URL_LENGTH and _PLAIN_LINK.fullmatch(url):
        return url
    url = url.strip()
    if len(url) > MAX_URL_LENGTH or "\\" in url or clean_title(url) != url or " " in url:
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises when it is no number
    except ValueError:
        return None
    if parts.scheme not in _SCHEMES or not parts.hostname or "@" in parts.netloc:
        return None
    return url


def plain_address(url: str | None) -> str | None:
    """Return what two links to one page have in common: host and path, without what only follows a reader."""
    link = safe_url(url)
    if link is None:
        return None
    parts = urlsplit(link)
    asked = sorted(
        (name, value) for name, value in parse_qsl(parts.query) if not _FOLLOWS_READERS.fullmatch(name)
    )
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = unicodedata.normalize("NFC", unquote(parts.path)).rstrip("/")
    return f"{host}{port}{path}" + (f"?{urlencode(asked)}" if asked else "")


def url_host(url: str) -> str:
    """Return the host of a safe link as it should be shown: in its ASCII form when a label mixes scripts."""
    host = urlsplit(url).hostname or ""
    if host.isascii() or not any(_mixes_scripts(label) for label in host.split(".")):
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host.encode("ascii", "backslashreplace").decode("ascii")


def _mixes_scripts(label: str) -> bool:
    scripts = {unicodedata.name(char, "?").split()[0] for char in label if char.isalpha()}
    return len(scripts) > 1
