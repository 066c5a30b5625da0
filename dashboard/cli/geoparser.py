"""`kharita parse`, `evaluate` and `train`: the geoparser by itself."""

from __future__ import annotations

import sys
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import orjson
import typer

from dashboard.cli.common import JobsOption, progress_bar, settings_with
from dashboard.cli.saying import say
from dashboard.core.batches import bounded
from dashboard.core.named_files import refuse_taken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from dashboard.core.models import Parse, Place, Resolution
    from dashboard.geoparse import Geoparser
    from dashboard.geoparse.evaluate import Rates

__all__ = ["answer_lines", "evaluate_gold", "parse", "train"]

_AT_A_TIME = 64
_BYTES_AT_A_TIME = 1_000_000
_LONGEST = 32 * 1024 * 1024  # bytes of a line
_LONGEST_TEXT = 5_000_000  # characters; finding places takes some 160 bytes of memory each
_FEW = 8  # such pieces, after which starting more processes pays


def parse(jobs: JobsOption = None) -> None:
    r"""Find the places in texts: JSON lines in, JSON lines out.

    Reads {"id", "text", "lang"?} from standard input and writes {"id", "mentions"} in the same order.
    Offsets are Unicode code points, end exclusive. A line that is not such an object gives {"id", "error"},
    and exit status 1 at the end.
    """
    failed = False
    out = sys.stdout.buffer
    pieces = bounded(_lines(sys.stdin.buffer), _AT_A_TIME, len, _BYTES_AT_A_TIME)
    for answers, errors in _in_order(_geoparser(), pieces, jobs):
        out.write(answers)
        failed |= errors
    out.flush()
    if failed:
        raise typer.Exit(1)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the lines that are not blank; of one that is too long only its first `_LONGEST` + 1 bytes."""
    while line := stream.readline(_LONGEST + 1):
        if line.strip():
            yield line
        while len(line) > _LONGEST and not line.endswith(b"\n"):
            line = stream.readline(_LONGEST + 1)


def _geoparser() -> Geoparser:
    from dashboard.gazetteer import ensure_index  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.geoparse import Geoparser  # noqa: PLC0415 - likewise

    with progress_bar() as progress:
        return Geoparser(ensure_index(settings_with(), progress))


def _in_order(
    geoparser: Geoparser, pieces: Iterator[list[bytes]], jobs: int | None
) -> Iterator[tuple[bytes, bool]]:
    """Answer pieces of the input; unless told how many, further processes help when it turns out to be long."""
    from dashboard.geoparse.pool import ParserPool, usual_jobs  # noqa: PLC0415 - heavy

    if jobs is None:
        yield from (answer_lines(geoparser, piece) for piece in islice(pieces, _FEW))
        more = next(pieces, None)
        if more is None:
            return
        pieces, jobs = chain([more], pieces), usual_jobs()
    if jobs == 1:
        yield from (answer_lines(geoparser, piece) for piece in pieces)
    else:
        with ParserPool(geoparser, jobs) as pool:
            yield from pool.map(answer_lines, pieces)


def answer_lines(geoparser: Geoparser, lines: list[bytes]) -> tuple[bytes, bool]:
    """Return the answers to some lines, and whether any was an error."""
    read = [_read(line) for line in lines]
    try:
        answers = _answers(geoparser, read)
    except MemoryError:  # together they are too much; perhaps one by one they are not
        answers = [answer for row in read for answer in _answer_alone(geoparser, row)]
    written = b"".join(orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE) for answer in answers)
    return written, any("error" in answer for answer in answers)


def _answers(geoparser: Geoparser, rows: Sequence[_Row]) -> list[dict[str, Any]]:
    parses = geoparser.parse_many([(row.text, row.language) for row in rows if not row.error], explain=False)
    return [
        {"id": row.id, "error": row.error}
        if row.error
        else {"id": row.id, "mentions": _mentions(next(parses))}
        for row in rows
    ]


def _answer_alone(geoparser: Geoparser, row: _Row) -> list[dict[str, Any]]:
    try:
        return _answers(geoparser, [row])
    except MemoryError:
        return [{"id": row.id, "error": "finding places in this text needs more memory than there is"}]


class _Row(NamedTuple):
    """One line of the input; `error` says what is wrong with it."""

    id: str | int | None
    text: str = ""
    language: str | None = None
    error: str = ""


def _read(line: bytes) -> _Row:
    if len(line) > _LONGEST:
        return _Row(None, error=f"the line is longer than {_LONGEST // 1024**2} MB")
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
        fault = "text is missing or no string"
    elif len(text) > _LONGEST_TEXT:
        fault = f"text is longer than {_LONGEST_TEXT:,} characters: split it"
    elif not isinstance(language, str | None):
        fault = "lang is no string"
    else:
        return _Row(ident, text, language)
    return _Row(ident, error=fault)


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
    say(f"{scores.texts} texts, parser {geoparser.id}")
    say(f"links      {_rates(scores.links)}")
    say(f"mentions   {_rates(scores.exact)}   exact")
    say(f"           {_rates(scores.overlap)}   overlapping")
    say(f"traps      {scores.traps_drawn} of {scores.traps} drawn")
    if scores.focus_known:
        say(f"country    {scores.focus_right} of {scores.focus_known} main countries right")
    for title, rows in (("missed", scores.missed), ("false", scores.false), ("trap", scores.drawn)):
        for ident, what in rows if details else ():
            say(f"{title:9}  {ident}  {what}")


def _rates(rates: Rates) -> str:
    return f"P {rates.precision:6.1%}  R {rates.recall:6.1%}  F1 {rates.f1:6.1%}"


def train(
    corpora: Annotated[
        list[Path],
        typer.Argument(
            help="Annotated corpora: anercorp*.txt, *.xml (LGL, TR-News), *.jsonl (posts), and folders of briefs.",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option(help="File to write.")] = Path("data/model/geoparser.npz"),
    seed: Annotated[
        int, typer.Option(help="Seed of everything random: the same gives the same weights.")
    ] = 22,
) -> None:
    """Make the geoparser's weights again (needs the extra kharita[train])."""
    from dashboard.gazetteer import ensure_index  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.geoparse.training import train_weights  # noqa: PLC0415 - needs the extra
    from dashboard.geoparse.weights import is_weights  # noqa: PLC0415 - likewise

    refuse_taken(out, again=is_weights)
    with progress_bar() as progress:
        gazetteer = ensure_index(settings_with(), progress)
        card = train_weights(gazetteer, corpora, out, seed, progress)
    for line in card.splitlines():
        say(line)
