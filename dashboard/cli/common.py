"""What the sub-commands share: settings with a command's own values, and a progress bar."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from dashboard.cli.saying import say, shown
from dashboard.core.errors import SettingsError
from dashboard.core.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.core.progress import Progress as Report
    from dashboard.network import AddressReader
    from dashboard.store import Store

__all__ = [
    "USUAL_LIMIT",
    "CollectionOption",
    "JobsOption",
    "LimitOption",
    "StoreOption",
    "address_reader",
    "progress_bar",
    "progress_lines",
    "settings_with",
]

USUAL_LIMIT = 50  # entries

StoreOption = Annotated[
    str | None,
    typer.Option(
        help="SQLAlchemy URL of the store, such as sqlite:///news.sqlite. "
        "Default: a file in your data directory.",
        show_default=False,
    ),
]
CollectionOption = Annotated[
    str | None,
    typer.Option(
        help="Name of a collection, as `kharita collections list` shows them. Default: the main one.",
        show_default=False,
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=64,
        help="Processes that find places. Default: one for little input, else one a core.",
        show_default=False,
    ),
]

LimitOption = Annotated[
    int, typer.Option(min=1, max=5000, help="Entries of one feed or sitemap that are read, the newest.")
]


def settings_with(**values: Any) -> Settings:  # noqa: ANN401 - one setting each
    """Read the settings, with the values that the command line gave.

    Raises
    ------
    SettingsError
        A value, here or in a `KHARITA_…` variable, makes no sense, or both a store and a collection are named.
    CollectionError
        There is no such collection.
    """
    given = {name: value for name, value in values.items() if value is not None}
    if "collection" in given:
        if given.get("store"):
            raise SettingsError("--store and --collection name two stores. Give one of them.")
        given["store"] = ""  # whatever KHARITA_STORE says
    try:
        settings = Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        why = first["msg"].removeprefix("Value error, ").rstrip(".")
        raise SettingsError(
            f"The setting {name!r} can't be {first['input']!r}: {why}. "
            f"Mend the option or the variable KHARITA_{name.upper()}."
        ) from error
    if settings.collection and not settings.store:
        settings.collections.find(settings.collection)  # so that a wrong name is said before any work
    return settings


def address_reader(settings: Settings, store: Store, limit: int, stop: Callable[[], bool]) -> AddressReader:
    """Return what asks the internet for a command, without what its store knows already."""
    from dashboard.network import AddressReader, Fetcher, user_agent  # noqa: PLC0415 - few commands ask anybody
    from dashboard.store.feeds import known_links  # noqa: PLC0415 - likewise

    return AddressReader(
        Fetcher(user_agent(settings.contact)),
        limit=limit,
        known=lambda links: known_links(store, links),
        stop=stop,
    )


@contextmanager
def progress_bar(total_is_known: bool = True) -> Iterator[Report]:  # noqa: FBT001, FBT002 - reads well at the call
    """Show a bar on standard error while work is done, when that is a terminal."""
    columns = [
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
    ]
    console = Console(stderr=True)
    # Elsewhere than on a terminal not even the empty line that ends a bar may be written.
    quiet = not console.is_terminal
    bar = Progress(*columns, TimeRemainingColumn(), console=console, transient=True, disable=quiet)
    with bar:
        task = bar.add_task("", total=None)

        def report(done: int, total: int, what: str) -> None:
            bar.update(
                task,
                completed=done,
                total=total if total_is_known and total else None,
                description=shown(what),
            )

        yield report


@contextmanager
def progress_lines(every_s: float = 10.0) -> Iterator[Report]:
    """Show a bar on a terminal; elsewhere write a line on standard error now and then, and at each new step."""
    if Console(stderr=True).is_terminal:
        with progress_bar() as report:
            yield report
        return
    last: dict[str, str | float] = {"what": "", "at": 0.0}

    def report_line(done: int, total: int, what: str) -> None:
        now = time.monotonic()
        if what != last["what"] or now - float(last["at"]) >= every_s:
            last.update(what=what, at=now)
            say(f"{done:,} of {total:,} {what}" if total else what, err=True)

    yield report_line
