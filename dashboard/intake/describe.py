"""The table of formats in words, for the documentation."""

from __future__ import annotations

import sys
from pathlib import Path

from dashboard.intake.registry import FORMATS

__all__ = ["BEGIN", "END", "formats_table"]

BEGIN, END = "<!-- made from dashboard/intake/registry.py -->\n", "<!-- until here -->\n"
_GIVES = {
    "one": "one article",
    "many": "many articles",
    "files": "what is packed",
    "feeds": "a list of feeds",
}


def formats_table() -> str:
    """Return the formats as a table in Markdown, between the marks of `docs/formats.md`."""
    lines = ["| kind | names end in | known by its first bytes | gives |", "|---|---|---|---|"]
    for one in FORMATS:
        suffixes = " ".join(f"`{suffix}`" for suffix in one.suffixes) or "by what stands in it"
        magic = "yes" if one.magic else ""
        lines.append(f"| {one.name} | {suffixes} | {magic} | {_GIVES[one.gives]} |")
    return BEGIN + "\n".join(lines) + "\n" + END


def main(path: Path) -> None:
    """Write the table into a page, between its marks."""
    page = path.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    path.write_text(before + formats_table() + after, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
