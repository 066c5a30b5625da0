"""Whom an article credits: the agency in its dateline or in its last line."""

from __future__ import annotations

import re
from functools import cache

from dashboard.core.settings import data_path
from dashboard.core.text import fold_name

__all__ = ["find_origin"]

_LEAD_LINES = 4  # in which a dateline may stand; the first is the title
_DATELINE = 90  # code points of a line in which a dateline ends
_CREDIT = 60  # code points of the longest line that is nothing but a credit
_DASHES = r"(?:--|[-–—])"
# القدس (رويترز) - ‖ طرابلس 3 مايو 2018 (وال) – ‖ إسطنبول/ الأناضول ‖ باريس - أ ف ب - ‖ PARIS (Reuters) -
_IN_BRACKETS = re.compile(rf"^[^()]{{0,60}}[(]([^()]{{2,40}})[)]\s*{_DASHES}")
_BEHIND_PLACE = re.compile(
    rf"^[^()/\-–—:]{{2,40}}\s*(?:/|\s[-–—]|,|،)\s*([^()/\-–—:،,]{{2,30}}?)\s*(?:/|\s{_DASHES}|$)"
)
_AT_HEAD = re.compile(rf"^([^()/\-–—:]{{2,30}}?)\s*{_DASHES}\s")
_CREDIT_LINE = re.compile(
    r"^[\s(\[]*(?:المصدر|مصدر|نقلا عن|عن|source|via|avec)?\s*[:：]?\s*(.{2,50}?)[\s)\].]*$", re.IGNORECASE
)
_AT_END = re.compile(r"[.!؟?…»\"”]\s*[(\[]\s*([^()\[\]]{2,40})\s*[)\]][\s.]*$")
_PARTS = re.compile(r"\s*[/،,+&|]\s*|\s+و(?=\S{3})|\s+(?:and|et)\s+")


def find_origin(text: str, source: str | None = None) -> str | None:
    """Return the agency whose report an article is by its own words, None if it credits none or several.

    Only datelines, lines that are nothing but a credit, and a credit in brackets at the end count: a sentence
    that quotes an agency credits nobody. The paper itself is no origin.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line in lines[1:_LEAD_LINES]:
        for pattern in (_IN_BRACKETS, _BEHIND_PLACE, _AT_HEAD):
            match = pattern.match(line[:_DATELINE])
            if (
                match
                and (found := _named(match.group(1)))
                and not _named(line[: match.start(1)].rstrip(" /-–—"))
            ):
                return _other(found, source)
    for line in reversed(lines[1:][-2:]):
        match = _CREDIT_LINE.match(line) if len(line) <= _CREDIT else None
        match = match or _AT_END.search(line[-_CREDIT:])
        if match and (found := _named(match.group(1))):
            return _other(found, source)
    return None


def _named(credit: str) -> str | None:
    """Return the one agency that a credit names."""
    known = _agencies()
    found = {known[name] for part in _PARTS.split(credit) if (name := fold_name(part)) in known}
    return found.pop() if len(found) == 1 else None


def _other(found: str, source: str | None) -> str | None:
    own = _agencies().get(fold_name(source or ""))
    return None if own == found else found


@cache
def _agencies() -> dict[str, str]:
    """Return the name of the agency for each folded spelling.

    Raises
    ------
    ValueError
        A line of the table is none.
    """
    path = data_path() / "lexicon" / "news_agencies.tsv"
    known: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            name, tab, spellings = line.partition("\t")
            if not tab:
                raise ValueError(f"{path}:{number}: a name, a tab and spellings are needed")
            known.update({fold_name(spelling): name for spelling in (name, *spellings.split("|"))})
    return known
