"""The command `kharita`."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress
from typing import Annotated

import typer

from dashboard import __version__
from dashboard.cli import (
    access,
    again,
    articles,
    collections,
    corrections,
    doctor,
    gazetteer,
    gdelt,
    geoparser,
    hand_over,
    journeys,
    moving,
    put_right,
    store,
    watch,
)
from dashboard.cli.saying import say
from dashboard.core.errors import KharitaError

__all__ = ["app", "main"]

app = typer.Typer(
    name="kharita",
    help="Reads news articles, Arabic first, finds the places they name and draws them on a map.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("run")(articles.run)
app.command("ingest")(articles.ingest_paths)
app.command("watch")(watch.watch)
app.command("gdelt")(gdelt.gdelt)
app.command("export")(hand_over.export)
app.command("verify")(hand_over.verify)
app.command("parse")(geoparser.parse)
app.command("evaluate")(geoparser.evaluate_gold)
app.command("train")(geoparser.train)
app.command("journeys")(journeys.journeys)
app.command("evaluate-journeys")(journeys.evaluate_journeys)
app.add_typer(gazetteer.app, name="gazetteer")
app.add_typer(corrections.app, name="corrections")
put_right.app.command("move")(moving.move)
put_right.app.command("copy")(moving.copy)
app.add_typer(put_right.app, name="articles")
app.add_typer(collections.app, name="collections")
app.add_typer(store.app, name="store")
app.add_typer(access.token, name="token")
app.add_typer(access.people, name="people")
app.command("reparse")(again.reparse)
app.command("doctor")(doctor.doctor)


def _version(value: bool) -> None:  # noqa: FBT001 - Typer's callback
    if value:
        say(f"kharita {__version__}")
        raise typer.Exit


_VersionOption = Annotated[
    bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
]
_VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Say on standard error what is being done.")
]


@app.callback()
def _root(
    *,
    version: _VersionOption = False,  # noqa: ARG001 - its callback has done the work
    verbose: _VerboseOption = False,
) -> None:
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, format="%(levelname)s %(message)s"
    )


def main() -> None:
    """Run the command; a user's mistake ends in one sentence and exit status 1."""
    try:
        app()
    except KharitaError as error:
        say(f"kharita: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        say("kharita: stopped.", err=True)
        sys.exit(130)
    except OSError as error:
        _end_unwritten(error)
        sys.exit(1)
    except Exception as error:
        said = _database_sentence(error)
        if said is None:
            raise
        logging.getLogger(__name__).info("a database failed", exc_info=error)
        say(f"kharita: {said}", err=True)
        sys.exit(1)


def _end_unwritten(error: OSError) -> None:
    """Say what the system refused, where that can be said at all, and write no more."""
    logging.getLogger(__name__).info("the system refused", exc_info=error)
    what = (
        f"{str(error.filename)!r} can't be read or written" if error.filename else "Not all could be written"
    )
    with suppress(OSError):
        say(f"kharita: {what}: {error.strerror or error}.", err=True)
    # What still waits to be written would fail again when Python ends.
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
            continue
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _database_sentence(error: Exception) -> str | None:
    # A command that never touched a database has loaded none, and need not do so in order to fail.
    if not {"sqlalchemy", "sqlite3"} & sys.modules.keys():
        return None
    from dashboard.store.soundness import database_sentence  # noqa: PLC0415 - as said

    return database_sentence(error)
