"""`kharita journeys` and `evaluate-journeys`: who went where, read from texts."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path  # noqa: TC003 - Typer reads it from the signature
from typing import TYPE_CHECKING, Annotated, NamedTuple

import orjson
import typer

from dashboard.cli.common import progress_bar, settings_with
from dashboard.cli.saying import say

if TYPE_CHECKING:
    from datetime import date

    from dashboard.geoparse import Geoparser
    from dashboard.journeys import JourneyParser

__all__ = ["evaluate_journeys", "journeys"]

_AT_A_TIME = 64


def journeys() -> None:
    r"""Find who moves where in texts: JSON lines in, JSON lines out.

    Reads {"id", "text", "lang"?, "date"?} from standard input and writes {"id", "legs"} in the same order.
    `date` is the day of publication, from which words such as yesterday are counted. Offsets are Unicode code points,
    end exclusive. A line that is not such an object gives {"id", "error"}, and exit status 1 at the end.
    """
    from dashboard.journeys.answers import leg_answer  # noqa: PLC0415 - heavy, and `kharita run` needs none of it

    geoparser, reader = _parsers()
    failed = False
    out = sys.stdout.buffer
    lines = (line for line in sys.stdin.buffer if line.strip())
    for piece in iter(lambda: list(islice(lines, _AT_A_TIME)), []):
        rows = [_read(line) for line in piece]
        parses = geoparser.parse_many(
            [(row.text, row.language) for row in rows if not row.error], explain=False
        )
        for row in rows:
            if row.error:
                failed = True
                answer: dict[str, object] = {"id": row.id, "error": row.error}
            else:
                legs = reader.parse(row.text, next(parses), row.published).legs
                answer = {"id": row.id, "legs": [leg_answer(leg) for leg in legs]}
            out.write(orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE))
    out.flush()
    if failed:
        raise typer.Exit(1)


def _parsers() -> tuple[Geoparser, JourneyParser]:
    from dashboard.gazetteer import ensure_index  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.geoparse import Geoparser  # noqa: PLC0415 - likewise
    from dashboard.journeys import JourneyParser  # noqa: PLC0415 - likewise

    with progress_bar() as progress:
        gazetteer = ensure_index(settings_with(), progress)
    return Geoparser(gazetteer), JourneyParser(gazetteer)


class _Row(NamedTuple):
    """One line of the input; `error` says what is wrong with it."""

    id: str | int | None
    text: str = ""
    language: str | None = None
    published: date | None = None
    error: str = ""


def _read(line: bytes) -> _Row:  # noqa: PLR0911 - a way out for each mistake
    from dashboard.journeys.gold import published_on  # noqa: PLC0415 - heavy, and `kharita run` needs none of it

    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return _Row(None, error=f"not a line of JSON: {error}")
    if not isinstance(row, dict):
        return _Row(None, error="not an object with id and text")
    ident, text, language, written = (row.get(name) for name in ("id", "text", "lang", "date"))
    if not isinstance(ident, str | int) or isinstance(ident, bool):
        return _Row(None, error="id is missing or is neither a string nor a whole number")
    if not isinstance(text, str):
        return _Row(ident, error="text is missing or no string")
    if not isinstance(language, str | None):
        return _Row(ident, error="lang is no string")
    if not isinstance(written, str | None):
        return _Row(ident, error="date is no string")
    return _Row(ident, text, language, published_on(written))


def evaluate_journeys(
    gold: Annotated[Path, typer.Argument(help="Annotated legs (JSON lines).", show_default=False)],
    texts: Annotated[
        Path, typer.Argument(help="Their texts (JSON lines {id, text, lang, date}).", show_default=False)
    ],
    details: Annotated[bool, typer.Option(help="Name what was missed and what is too much.")] = True,  # noqa: FBT002 - Typer
) -> None:
    """Score the legs that are read against annotated ones."""
    from dashboard.journeys.evaluate import evaluate_legs  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.journeys.gold import read_gold_legs  # noqa: PLC0415 - likewise

    golds = read_gold_legs(gold, texts)
    geoparser, reader = _parsers()
    parses = geoparser.parse_many(((x.text, x.language) for x in golds), explain=False)
    answers = [reader.parse(x.text, parse, x.published).legs for x, parse in zip(golds, parses, strict=True)]
    scores = evaluate_legs(golds, answers)
    say(f"{scores.texts} texts, parser {reader.id}")
    for title, degree in zip(("actor and place", "with kind", "with status"), scores.degrees, strict=True):
        say(f"{title:16} P {degree.precision:6.1%}  R {degree.recall:6.1%}  F1 {degree.f1:6.1%}")
    for title, (right, asked) in (
        ("status", scores.status),
        ("date", scores.dated),
        ("from", scores.sources),
    ):
        say(f"{title:16} {right} of {asked} right")
    say(f"{'no movement':16} {scores.false_in_empty} false legs in {scores.empty} texts")
    say("by kind          " + ", ".join(f"{kind} {a} of {b}" for kind, (a, b) in scores.groups.items()))
    for title, rows in (("missed", scores.missed), ("extra", scores.extra)):
        for ident, what in rows if details else ():
            say(f"{title:9}  {ident}  {what}")
