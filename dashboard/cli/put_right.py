"""`kharita articles`: look through the stored articles, put right what was read wrongly, remove and restore."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.cli.common import CollectionOption, StoreOption, settings_with
from dashboard.cli.saying import say, shown
from dashboard.core.article_changes import ArticleField
from dashboard.core.corrections import local_user
from dashboard.core.errors import CorrectionError

if TYPE_CHECKING:
    from dashboard.core.article_changes import ArticleChange
    from dashboard.store import Store

__all__ = ["IdsArgument", "SourceOption", "WhoOption", "WhyOption", "app", "chosen"]

app = typer.Typer(
    help="List, put right, remove and restore articles.", no_args_is_help=True, rich_markup_mode=None
)
_SHOWN_ID = 8

IdsArgument = Annotated[
    list[str] | None,
    typer.Argument(help="Ids, or their beginnings, as `list` shows them.", show_default=False),
]
SourceOption = Annotated[
    str | None, typer.Option("--all-of", help="All articles of this source.", show_default=False)
]
WhoOption = Annotated[
    str | None, typer.Option(help="Who decides [default: your name here].", show_default=False)
]
WhyOption = Annotated[str, typer.Option(help="Why; kept in the trail.", show_default=False)]


@app.command("list")
def show(  # noqa: PLR0913, PLR0917 - Typer reads the filters from the signature
    words: Annotated[str, typer.Argument(help="Words that they hold.", show_default=False)] = "",
    store: StoreOption = None,
    collection: CollectionOption = None,
    source: Annotated[
        str | None, typer.Option(help="Of this source; '' for none.", show_default=False)
    ] = None,
    address: Annotated[str, typer.Option(help="At this address.", show_default=False)] = "",
    undated: Annotated[bool, typer.Option("--undated", help="Without a day.")] = False,  # noqa: FBT002 - Typer
    suspect: Annotated[bool, typer.Option("--suspect", help="With a date that may be wrong.")] = False,  # noqa: FBT002 - Typer
    removed: Annotated[bool, typer.Option("--removed", help="Those that were removed.")] = False,  # noqa: FBT002 - Typer
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50,
) -> None:
    """List articles, those without a sure date first: id, day, source, title, copies of the same story."""
    from dashboard.store import open_store  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.store.listing import Wanted, list_articles, list_removed  # noqa: PLC0415 - likewise

    with open_store(settings_with(store=store, collection=collection).store_url) as opened:
        if removed:
            for gone in list_removed(opened)[:limit]:
                told = shown(gone.source or "-")
                say(f"{gone.id[:_SHOWN_ID]}  {gone.removed_at:%Y-%m-%d}  {told}  {shown(gone.title)}")
            return
        found = list_articles(opened, Wanted(words, source, address, undated, suspect), limit)
    for one in found.articles:
        day = one.published or one.published_edtf or "undated"
        marks = "".join(
            (
                "?" if one.date_suspect else "",
                f"  [{one.copies} of one story]" if one.copies > 1 else "",
                "  [older version]" if one.is_replaced else "",
            )
        )
        say(f"{one.id[:_SHOWN_ID]}  {day}  {shown(one.source or '-')}  {shown(one.title)}{marks}")
    say(f"{len(found.articles)} of {found.total} articles", err=True)


@app.command("edit")
def edit(  # noqa: PLR0913, PLR0917 - Typer reads the fields from the signature
    ids: IdsArgument = None,
    all_of: SourceOption = None,
    title: Annotated[str | None, typer.Option(show_default=False)] = None,
    date: Annotated[
        str | None,
        typer.Option(help="2024-05-31, 2024-05 or 2024-05-01/2024-05-10; '' for none.", show_default=False),
    ] = None,
    source: Annotated[str | None, typer.Option(help="'' for none.", show_default=False)] = None,
    address: Annotated[str | None, typer.Option(help="'' for none.", show_default=False)] = None,
    language: Annotated[str | None, typer.Option(help="ar, en, fr, ...", show_default=False)] = None,
    whole: Annotated[
        bool | None,
        typer.Option(help="Nothing in it is boilerplate, or some may be.", show_default=False),
    ] = None,
    who: WhoOption = None,
    why: WhyOption = "",
    store: StoreOption = None,
    collection: CollectionOption = None,
) -> None:
    """Set fields of one or many articles."""
    from dashboard.store.editing import edit_articles  # noqa: PLC0415 - heavy, and `kharita run` needs none of it

    given = {
        ArticleField.TITLE: title,
        ArticleField.PUBLISHED: date,
        ArticleField.SOURCE: source,
        ArticleField.URL: address,
        ArticleField.LANGUAGE: language,
        ArticleField.WHOLE: None if whole is None else "yes" * whole,
    }
    values = {field: value for field, value in given.items() if value is not None}
    if not values:
        raise CorrectionError("Say what to set: --title, --date, --source, --address, --language or --whole.")
    with _opened(store, collection) as opened:
        done = edit_articles(opened, chosen(opened, ids, all_of), values, who or local_user(), why)
    say(f"{done} articles changed")


@app.command("remove")
def remove(  # noqa: PLR0913, PLR0917 - Typer reads the choices from the signature
    ids: IdsArgument = None,
    all_of: SourceOption = None,
    samples: Annotated[bool, typer.Option("--samples", help="The sample articles.")] = False,  # noqa: FBT002 - Typer
    who: WhoOption = None,
    why: WhyOption = "",
    store: StoreOption = None,
    collection: CollectionOption = None,
) -> None:
    """Take articles out of everything that is shown; `restore` puts them back."""
    from dashboard.ingest.samples import stored_samples  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.store.editing import remove_articles  # noqa: PLC0415 - likewise

    with _opened(store, collection) as opened:
        named = stored_samples(opened) if samples else chosen(opened, ids, all_of)
        done = remove_articles(opened, named, who or local_user(), why) if named else 0
    say(f"{done} articles removed; `kharita articles restore` puts them back")


@app.command("restore")
def restore(
    ids: IdsArgument = None,
    everything: Annotated[bool, typer.Option("--all", help="All that were removed.")] = False,  # noqa: FBT002 - Typer
    who: WhoOption = None,
    store: StoreOption = None,
    collection: CollectionOption = None,
) -> None:
    """Put removed articles back as they were."""
    from dashboard.store.editing import restore_articles  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.store.listing import list_removed  # noqa: PLC0415 - likewise

    with _opened(store, collection) as opened:
        gone = [article.id for article in list_removed(opened)]
        named = gone if everything else _matching(ids or [], gone)
        done = restore_articles(opened, named, who or local_user()) if named else 0
    say(f"{done} articles restored")


@app.command("merge")
def merge(
    ids: IdsArgument = None,
    who: WhoOption = None,
    why: WhyOption = "",
    store: StoreOption = None,
    collection: CollectionOption = None,
) -> None:
    """Make the stories of these articles one story."""
    from dashboard.store.editing import merge_stories  # noqa: PLC0415 - heavy, and `kharita run` needs none of it

    with _opened(store, collection) as opened:
        done = merge_stories(opened, chosen(opened, ids, None), who or local_user(), why)
    say(f"{done} articles moved to another story")


@app.command("split")
def split(
    ids: IdsArgument = None,
    who: WhoOption = None,
    why: WhyOption = "",
    store: StoreOption = None,
    collection: CollectionOption = None,
) -> None:
    """Give each of these articles a story of its own."""
    from dashboard.store.editing import split_stories  # noqa: PLC0415 - heavy, and `kharita run` needs none of it

    with _opened(store, collection) as opened:
        done = split_stories(opened, chosen(opened, ids, None), who or local_user(), why)
    say(f"{done} articles moved to another story")


@app.command("trail")
def trail(
    article: Annotated[str | None, typer.Argument(help="Id of an article.", show_default=False)] = None,
    store: StoreOption = None,
    collection: CollectionOption = None,
) -> None:
    """Say who changed what, when and why, the latest first; of one article or of all."""
    from dashboard.store.editing import list_changes  # noqa: PLC0415 - heavy, and `kharita run` needs none of it

    with _opened(store, collection) as opened:
        changes = list_changes(opened)
    for change in changes:
        if article is None or change.article_id.startswith(article):
            say(_said(change))


@app.command("undo")
def undo(
    change: Annotated[str, typer.Argument(help="Id of a change, or its beginning.", show_default=False)],
    who: WhoOption = None,
    store: StoreOption = None,
    collection: CollectionOption = None,
) -> None:
    """Take a change back."""
    from dashboard.store.editing import find_change, undo_change  # noqa: PLC0415 - heavy

    with _opened(store, collection) as opened:
        done = undo_change(opened, find_change(opened, change).id, who or local_user())
    say(f"undone: {_said(done)}")


def _opened(store: str | None, collection: str | None) -> Store:
    from dashboard.store import open_store  # noqa: PLC0415 - heavy, and `kharita run` needs none of it

    return open_store(settings_with(store=store, collection=collection).store_url)


def chosen(store: Store, ids: list[str] | None, source: str | None) -> list[str]:
    """Return the full ids that a command names.

    Raises
    ------
    CorrectionError
        Nothing is named, or no article or several have such an id.
    """
    from dashboard.store.editing import articles_of_source, ids_beginning  # noqa: PLC0415 - heavy

    if source is not None:
        found = articles_of_source(store, source)
        if not found:
            raise CorrectionError(
                f"No article is of the source {source!r}. `kharita articles list` shows them."
            )
        return found
    if not ids:
        raise CorrectionError("Name articles by their ids, or all of a source with --all-of.")
    return [_one(beginning, ids_beginning(store, beginning)) for beginning in ids]


def _matching(beginnings: list[str], ids: list[str]) -> list[str]:
    if not beginnings:
        raise CorrectionError("Name articles by their ids, or all of them with --all.")
    return [_one(some, [ident for ident in ids if ident.startswith(some)]) for some in beginnings]


def _one(beginning: str, found: list[str]) -> str:
    if len(found) != 1 or not beginning:
        many = "More than one article has" if found else "No article has"
        raise CorrectionError(
            f"{many} an id that begins with {beginning!r}. `kharita articles list` shows them."
        )
    return found[0]


def _said(change: ArticleChange) -> str:
    def shown(columns: object) -> str:
        values = columns.values() if isinstance(columns, dict) else ()
        return next((shown(str(value)) for value in values if value not in (None, False)), "nothing")

    undone = (
        f"  undone by {shown(change.undone_by or '')}, {change.undone_at:%Y-%m-%d}"
        if change.undone_at
        else ""
    )
    why = f"  ({shown(change.why)})" if change.why else ""
    return (
        f"{change.id[:_SHOWN_ID]}  {change.decided_at:%Y-%m-%d %H:%M}  {shown(change.who)}  "
        f"{change.article_id[:_SHOWN_ID]}  {change.field.value}: {shown(change.before)} -> {shown(change.after)}"
        f"{why}{undone}"
    )
