"""`kharita corrections`: what people decided, and how it is shared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.cli.common import CollectionOption, StoreOption, settings_with
from dashboard.cli.saying import say, shown
from dashboard.core.corrections import local_user
from dashboard.core.errors import CorrectionError, GazetteerSourceError
from dashboard.core.named_files import refuse_taken, write_named

if TYPE_CHECKING:
    from dashboard.core.corrections import Correction
    from dashboard.core.models import Place
    from dashboard.core.settings import Settings
    from dashboard.store.corrections import Conflict

__all__ = ["app"]

app = typer.Typer(help="What people decided about places.", no_args_is_help=True, rich_markup_mode=None)
_SHOWN_ID = 8

_FileArgument = Annotated[Path, typer.Argument(help="File of JSON lines.", show_default=False)]


@app.command("list")
def show(
    store: StoreOption = None,
    collection: CollectionOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what was undone.")] = False,  # noqa: FBT002 - Typer
) -> None:
    """List the decisions in force, the latest first: id, day, who, what, how far, how many mentions it decides."""
    from dashboard.store import open_store  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.store.corrections import list_corrections  # noqa: PLC0415 - likewise

    with open_store(settings_with(store=store, collection=collection).store_url) as opened:
        listed = list_corrections(opened, undone=everything)
    for item in listed:
        one = item.correction
        undone = (
            f"  undone by {shown(one.undone_by or '')}, {one.undone_at:%Y-%m-%d}" if one.undone_at else ""
        )
        why = f"  ({shown(one.why)})" if one.why else ""
        say(
            f"{one.id[:_SHOWN_ID]}  {one.decided_at:%Y-%m-%d %H:%M}  {shown(one.who)}  {_said(one)}  "
            f"{_reach(one)}  {item.mentions} mentions{why}{undone}"
        )
    if not listed:
        say("No decision has been taken yet.", err=True)


@app.command("export")
def export(
    file: _FileArgument,
    store: StoreOption = None,
    collection: CollectionOption = None,
    force: Annotated[  # noqa: FBT002 - Typer
        bool, typer.Option("--force", help="Replace the file if there is one of this name.")
    ] = False,
) -> None:
    """Write the whole trail to a file that a team can share, what was undone included."""
    from dashboard.store import open_store  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.store.care import files_of  # noqa: PLC0415 - likewise
    from dashboard.store.corrections import export_corrections  # noqa: PLC0415 - likewise

    url = settings_with(store=store, collection=collection).store_url
    refuse_taken(file, force=force, own=files_of(url))
    with open_store(url) as opened:
        lines = list(export_corrections(opened))
    write_named(file, b"".join(lines))
    say(f"{len(lines)} corrections written to {file}")


@app.command("import")
def import_file(file: _FileArgument, store: StoreOption = None, collection: CollectionOption = None) -> None:
    """Take over the corrections of a file; those that are here already change nothing.

    A line that holds no correction is reported and passed over, and exit status is 1 at the end.
    """
    from dashboard.core.actor_changes import ActorChange  # noqa: PLC0415 - likewise
    from dashboard.core.article_changes import ArticleChange  # noqa: PLC0415 - likewise
    from dashboard.core.journey_decisions import JourneyDecision  # noqa: PLC0415 - likewise
    from dashboard.store import open_store  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.store.actor_trail import import_actor_changes  # noqa: PLC0415 - likewise
    from dashboard.store.corrections import BadLine, import_corrections, read_lines  # noqa: PLC0415 - likewise
    from dashboard.store.editing import import_changes  # noqa: PLC0415 - likewise
    from dashboard.store.journey_trail import import_decisions  # noqa: PLC0415 - likewise

    try:
        read = list(read_lines(file.read_bytes().split(b"\n")))
    except OSError as error:
        raise CorrectionError(f"{str(file)!r} can't be read: {error.strerror}.") from error
    bad = [item for item in read if isinstance(item, BadLine)]
    changes = [item for item in read if isinstance(item, ArticleChange)]
    others = (BadLine, ArticleChange, JourneyDecision, ActorChange)
    settings = settings_with(store=store, collection=collection)
    with open_store(settings.store_url) as opened:
        done = import_corrections(opened, [item for item in read if not isinstance(item, others)])
        edited = import_changes(opened, changes)
        decided = import_decisions(opened, [item for item in read if isinstance(item, JourneyDecision)])
        named = import_actor_changes(opened, [item for item in read if isinstance(item, ActorChange)])
    places = _keep_places(settings, done.added)
    for item in bad:
        say(f"{file}:{item.line}: {item.problem}", err=True)
    for conflict in done.conflicts:
        say(_conflict(conflict), err=True)
    say(
        f"{len(done.added)} corrections added, {done.undone} undone, {done.known} known already; "
        f"{done.replayed.mentions} mentions changed in {done.replayed.articles} articles"
        + (f"; {places} places added to your own" if places else "")
    )
    if changes:
        say(f"{edited.added} changes of articles added, {edited.undone} undone, {edited.known} known already")
    if decided.added or decided.undone or decided.known:
        say(
            f"{decided.added} decisions about journeys added, {decided.undone} undone, {decided.known} known already"
        )
    if named.added or named.undone or named.known:
        say(f"{named.added} changes of actors added, {named.undone} undone, {named.known} known already")
    if bad:
        raise typer.Exit(1)


@app.command("undo")
def undo_one(
    correction: Annotated[str, typer.Argument(help="Id, or its beginning.", show_default=False)],
    store: StoreOption = None,
    collection: CollectionOption = None,
    who: Annotated[str | None, typer.Option(help="Who undoes it [default: your name here].")] = None,
) -> None:
    """Take a decision back: mentions show again what they would without it."""
    from dashboard.store import open_store  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.store.corrections import find_correction, undo  # noqa: PLC0415 - likewise

    with open_store(settings_with(store=store, collection=collection).store_url) as opened:
        found = find_correction(opened, correction)
        done = undo(opened, found.id, who or local_user())
    say(f"undone: {_said(found)}; {done.mentions} mentions changed in {done.articles} articles")


def _keep_places(settings: Settings, added: tuple[Correction, ...]) -> int:
    """Put places that others added by hand among the user's own; return how many were new there.

    One that can't be the user's own is told of: the decision on it is in force all the same.
    """
    from dashboard.gazetteer.user_places import UserPlace, add_place, user_places  # noqa: PLC0415 - seldom needed

    places = {one.place.id: one.place for one in added if one.place and one.place.id.startswith("user:")}
    known = {place.id for place in user_places(settings)} if places else set()
    kept = 0
    for place in (place for key, place in places.items() if key not in known):
        own = UserPlace(
            name=place.name,
            latitude=place.latitude,
            longitude=place.longitude,
            name_ar=place.name_ar or "",
            name_fr=place.name_fr or "",
            kind=place.kind,
            country=place.country or "",
            id=place.id,
            radius_km=place.radius_km,
            population=place.population,
        )
        try:
            add_place(settings, own)
            kept += 1
        except GazetteerSourceError as error:
            say(f"{_name(place)} was not added to your own places. {error}", err=True)
    return kept


def _said(one: Correction) -> str:
    if one.place is None:
        return f"{shown(one.surface)!r} is not a place"
    was = f", not {_name(one.judged)}" if one.judged and one.judged.id != one.place.id else ""
    return f"{shown(one.surface)!r} is {_name(one.place)}{was}"


def _name(place: Place) -> str:
    return f"{shown(place.name)} ({place.country or place.kind.value})"


def _reach(one: Correction) -> str:
    where = {
        "mention": one.article_id,
        "article": one.article_id,
        "source": shown(one.source or ""),
        "everywhere": "",
    }
    return " ".join(filter(None, (one.scope.value, where[one.scope.value])))


def _conflict(conflict: Conflict) -> str:
    first, last = conflict.earlier, conflict.later
    return (
        f"conflict ({_reach(first)}): {shown(first.who)} says {_said(first)}, {shown(last.who)} says {_said(last)}; "
        f"the later decision, of {last.decided_at:%Y-%m-%d %H:%M}, is in force. "
        f"`kharita corrections undo {last.id[:_SHOWN_ID]}` takes it back"
    )
