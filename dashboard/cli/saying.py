"""How commands print: a line at a time, in which the text of a stranger can do nothing to a terminal."""

from __future__ import annotations

import typer

from dashboard.core.links import clean_title, one_line, shorten

__all__ = ["say", "shown"]

_LONGEST = 160  # code points of one thing in a line


def say(text: str, *, err: bool = False) -> None:
    """Print one line, without characters that steer a terminal or the direction of writing."""
    typer.echo(one_line(text), err=err)


def shown(text: str, limit: int = _LONGEST) -> str:
    """Return what the store holds as a part of a line, of at most `limit` code points."""
    return shorten(clean_title(text), limit)
