"""The optional block at the head of a file, as people write it: title, date, source, link, author, language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from dashboard.intake.columns import field_of
from dashboard.intake.finish import language_code
from dashboard.intake.sentences import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FrontMatter", "split_front_matter"]

MAX_FRONT_MATTER = 64 * 1024  # code points
_NOTHING = ("", "~", "null", "Null", "NULL", "None", "none")
_FENCE = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_PAIR = re.compile(r"([^\W\d][\w .-]{0,40}?)[ \t]*:(?:[ \t]+(.*))?")
# A value that YAML would read as something else than the text that stands there.
_NO_PLAIN = re.compile(r"""[\[{&*!|>'"%@`#]|- """)
_QUOTED = re.compile(r"""'[^']*'|"[^"\\]*\"""")
# A headline that opens with a quotation.
_BEGINS_QUOTED = re.compile(r"""(?:'[^']*'(?!')|"[^"\\]*")(?!\s*#).*\S""")
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # in C where it was built


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the head of a file says of its article; empty where it says nothing.

    Attributes
    ----------
    notes
        Sentences about what could not be taken.
    """

    title: str = ""
    url: str = ""
    source: str = ""
    date: str = ""
    author: str = ""
    language: str = ""
    notes: tuple[str, ...] = ()


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Part a text into its front matter and its body, both free of outer white space.

    Keys stand in any order, in Arabic, English or French (`columns.field_of`); unknown ones are ignored. A
    value that is none of the kind that its key asks for is left out, and a note says so.

    Raises
    ------
    Refusal
        The block is no YAML.
    """
    text = text.strip()
    block = _FENCE.match(text) if text.startswith("---") else None
    if block is None:
        return FrontMatter(), text
    values = _plain(block[1]) or _load(block[1])
    if values is None:  # an ornament
        return FrontMatter(), text
    notes: list[str] = []
    found = {field: value for field, value in _fields(values, notes).items() if value}
    if "language" in found and language_code(found["language"]) is None:
        notes.append(str(refusal("language_unknown", value=found.pop("language"))))
    return FrontMatter(**found, notes=tuple(notes)), text[block.end() :].strip()


def _plain(head: str) -> dict[str, str] | None:
    """Read a block of nothing but `key: value` lines, where a colon may stand in a value; None if it is more.

    Nearly every block is one, and the YAML library takes longer for it than all else that is done with a file.
    """
    values: dict[str, str] = {}
    for line in head.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        pair = _PAIR.fullmatch(line)
        if pair is None or len(head) > MAX_FRONT_MATTER:
            return None
        value = (pair[2] or "").strip()
        if _QUOTED.fullmatch(value):
            value = value[1:-1]
        elif _NO_PLAIN.match(value) and not _BEGINS_QUOTED.fullmatch(value):
            return None
        values[pair[1]] = value.partition(" #")[0].rstrip() if " #" in value else value
    return values


def _load(head: str) -> Mapping[object, object] | None:
    """Read the block, each value as text, so that nothing in it can grow; None when it is ordinary text."""
    if len(head) > MAX_FRONT_MATTER:
        raise refusal("long_head", limit=MAX_FRONT_MATTER)
    try:
        values = yaml.load(_quoted(head), Loader=_Loader)  # noqa: S506 - the base loader makes texts only
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1  # the line of dashes is the first
        raise refusal("bad_head", line=line) from error
    return values if isinstance(values, dict) else None


def _quoted(head: str) -> str:
    """Put into quotation marks the plain values that hold a colon, which YAML can't read without."""
    lines = []
    for line in head.splitlines():
        pair = _PAIR.fullmatch(line)
        value = (pair[2] or "").strip() if pair else ""
        if pair and ": " in value and not _NO_PLAIN.match(value):
            line = f"{pair[1]}: '{value.replace(chr(39), chr(39) * 2)}'"  # noqa: PLW2901 - the line, mended
        lines.append(line)
    return "\n".join(lines)


def _fields(values: Mapping[object, object] | Mapping[str, str], notes: list[str]) -> dict[str, str]:
    """Name the values by field; where two keys name one field, the first that says something counts."""
    found: dict[str, str] = {}
    for key, value in values.items():
        field = field_of(str(key))
        if field and field != "text" and not found.get(field):
            text = _scalar(value, many=field == "author")
            if text is None:
                notes.append(str(refusal("no_single_text", field=key)))
            else:
                found[field] = text
    return found


def _scalar(value: object, *, many: bool) -> str | None:
    """Return a value as text; None if it is none."""
    if value is None:
        return ""
    if many and isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    if not isinstance(value, str):
        return None
    value = value.strip()
    return "" if value in _NOTHING else value
