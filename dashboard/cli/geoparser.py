"""`kharita parse`, `evaluate` and `train`: the geoparser by itself."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import orjson
import typer

from dashboard.cli.common import progress_bar, settings_with

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dashboard.core.models import Parse, Place, Resolution
    from dashboard.geoparse import Geoparser
    from dashboard.geoparse.evaluate import Rates

__all__ = ["evaluate_gold", "parse", "train"]

_AT_A_TIME = 64


def parse() -> None:
    r"""Find the places in texts: JSON lines in, JSON lines out.

    Reads {"id", "text", "lang"?} from standard input and writes {"id", "mentions"} in the same order.
    Offsets are Unicode code points, end exclusive. A line that is not such an object gives {"id", "error"},
    and exit status 1 at the end.
    """
    geoparser = _geoparser()
    failed = False
    out = sys.stdout.buffer
    for answer in _answers(sys.stdin.buffer, geoparser):
        failed |= "error" in answer
        out.write(orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE))
    out.flush()
    if failed:
        raise typer.Exit(1)


def _geoparser() -> Geoparser:
    from dashboard.gazetteer import ensure_index  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.geoparse import Geoparser  # noqa: PLC0415 - likewise

    with progress_bar() as progress:
        return Geoparser(ensure_index(settings_with(), progress))


def _answers(lines: Iterable[bytes], geoparser: Geoparser) -> Iterator[dict[str, Any]]:
    waiting = (line for line in lines if line.strip())
    while some := list(islice(waiting, _AT_A_TIME)):
        read = [_read(line) for line in some]
        good = [(row.text, row.language) for row in read if not row.error]
        parses = geoparser.parse_many(good, explain=False)
        for row in read:
            if row.error:
                yield {"id": row.id, "error": row.error}
            else:
                yield {"id": row.id, "mentions": _mentions(next(parses))}


class _Row(NamedTuple):
    """One line of the input; `error` says what is wrong with it."""

    id: str | int | None
    text: str = ""
    language: str | None = None
    error: str = ""


def _read(line: bytes) -> _Row:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return _Row(None, error=f"not a line of JSON: {error}")
    if not isinstance(row, dict):
        return _Row(None, error="not an object with id and text")
    ident, text, language = row.get("id"), row.get("text"), row.get("lang")
    if not isinstance(ident, str | int) or isinstance(ident, bool):
        return _Row(None, error="id is missing or is neither a string nor a whole number")
    if not isinstance(text, str):
        return _Row(ident, error="text is missing or no string")
    if not isinstance(language, str | None):
        return _Row(ident, error="lang is no string")
    return _Row(ident, text, language)


def _mentions(parsed: Parse) -> list[dict[str, Any]]:
    return [_mention(resolution) for resolution in parsed.resolutions]


def _mention(resolution: Resolution) -> dict[str, Any]:
    return {
        "start": resolution.mention.start,
        "end": resolution.mention.end,
        "text": resolution.mention.text,
        "confidence": resolution.confidence,
        "place": _place(resolution.place) if resolution.place else None,
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "id": place.id,
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "country": place.country,
        "kind": place.kind.value,
    }


def evaluate_gold(
    gold: Annotated[Path, typer.Argument(help="Gold file (JSON lines).", show_default=False)],
    texts: Annotated[
        Path,
        typer.Argument(help="Its texts: a folder of ID.txt, or JSON lines {id, text}.", show_default=False),
    ],
    details: Annotated[bool, typer.Option(help="Name what was missed, false, or a trap drawn.")] = True,  # noqa: FBT002 - Typer
) -> None:
    """Score the geoparser against annotated texts."""
    from dashboard.geoparse.evaluate import evaluate  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.geoparse.gold import read_gold  # noqa: PLC0415 - likewise

    golds = read_gold(gold, texts)
    geoparser = _geoparser()
    scores = evaluate(golds, geoparser.parse_many(((x.text, x.language) for x in golds), explain=False))
    typer.echo(f"{scores.texts} texts, parser {geoparser.id}")
    typer.echo(f"links      {_rates(scores.links)}")
    typer.echo(f"mentions   {_rates(scores.exact)}   exact")
    typer.echo(f"           {_rates(scores.overlap)}   overlapping")
    typer.echo(f"traps      {scores.traps_drawn} of {scores.traps} drawn")
    if scores.focus_known:
        typer.echo(f"country    {scores.focus_right} of {scores.focus_known} main countries right")
    for title, rows in (("missed", scores.missed), ("false", scores.false), ("trap", scores.drawn)):
        for ident, what in rows if details else ():
            typer.echo(f"{title:9}  {ident}  {what}")


def _rates(rates: Rates) -> str:
    return f"P {rates.precision:6.1%}  R {rates.recall:6.1%}  F1 {rates.f1:6.1%}"


def train(
    corpora: Annotated[
        list[Path],
        typer.Argument(
            help="Annotated corpora: anercorp*.txt, *.xml (LGL, TR-News), and folders of annotated briefs.",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option(help="File to write.")] = Path("data/model/geoparser.npz"),
    seed: Annotated[
        int, typer.Option(help="Seed of everything random: the same gives the same weights.")
    ] = 20,
) -> None:
    """Make the geoparser's weights again (needs the extra kharita[train])."""
    from dashboard.gazetteer import ensure_index  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.geoparse.training import train_weights  # noqa: PLC0415 - needs the extra

    with progress_bar() as progress:
        gazetteer = ensure_index(settings_with(), progress)
        card = train_weights(gazetteer, corpora, out, seed, progress)
    typer.echo(card)
