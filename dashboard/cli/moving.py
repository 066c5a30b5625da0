"""`kharita articles move` and `copy`: articles from one collection to another."""

from __future__ import annotations

from typing import Annotated

import typer

from dashboard.cli.common import CollectionOption, StoreOption, settings_with
from dashboard.cli.put_right import IdsArgument, SourceOption, WhoOption, WhyOption, chosen
from dashboard.cli.saying import say
from dashboard.core.corrections import local_user

__all__ = ["copy", "move"]

_To = Annotated[
    str, typer.Option("--to", help="Name or id of the collection that they go to.", show_default=False)
]


def move(  # noqa: PLR0913, PLR0917 - Typer reads the choices from the signature
    to: _To,
    ids: IdsArgument = None,
    all_of: SourceOption = None,
    who: WhoOption = None,
    why: WhyOption = "",
    store: StoreOption = None,
    collection: CollectionOption = None,
) -> None:
    """Move articles to another collection, with what people decided about them; `restore` puts them back here."""
    from dashboard.store import open_store  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.store.transfer import move_articles  # noqa: PLC0415 - likewise

    settings = settings_with(store=store, collection=collection)
    goal = settings.collections.find(to)
    with open_store(settings.store_url) as opened, open_store(goal.url) as target:
        reason = why or f"moved to {goal.called}"
        done = move_articles(opened, target, chosen(opened, ids, all_of), who or local_user(), reason)
    there = f"; {done.known} of them were there already" if done.known else ""
    say(f"{len(done.moved)} articles moved to {goal.called!r}{there}")


def copy(  # noqa: PLR0913, PLR0917 - Typer reads the choices from the signature
    to: _To,
    ids: IdsArgument = None,
    all_of: SourceOption = None,
    who: WhoOption = None,
    store: StoreOption = None,
    collection: CollectionOption = None,
) -> None:
    """Copy articles to another collection, with what people decided about them."""
    from dashboard.store import open_store  # noqa: PLC0415 - heavy, and `kharita run` needs none of it
    from dashboard.store.transfer import copy_articles  # noqa: PLC0415 - likewise

    settings = settings_with(store=store, collection=collection)
    goal = settings.collections.find(to)
    with open_store(settings.store_url) as opened, open_store(goal.url) as target:
        done = copy_articles(opened, target, chosen(opened, ids, all_of), who or local_user())
    there = f"; {done.known} were there already" if done.known else ""
    say(f"{len(done.added)} articles copied to {goal.called!r}{there}")
