"""Collections: stores that have a name, so that one keeps several apart and switches between them.

The names stand in a small file; what a collection holds lies in a store of its own, whose file is called by an id
that is made here. So no name that anybody thinks of is ever part of a path.
"""

from __future__ import annotations

import json
import re
import secrets
import unicodedata
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dashboard.core.errors import CollectionError
from dashboard.core.links import clean_title
from dashboard.core.locking import locked
from dashboard.core.private import private_folder, write_privately

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["MAIN", "MOST_LETTERS", "Collection", "Collections"]

MAIN = "main"  # id of the collection that is there from the beginning
MOST_LETTERS = 80  # code points of a name
_ID = re.compile(r"[0-9a-f]{8}\Z")
_SHOWN = 80  # code points of what was asked for


@dataclass(frozen=True, slots=True)
class Collection:
    """A store with a name.

    Attributes
    ----------
    id
        `MAIN`, or eight hexadecimal digits; stays when the name changes.
    name
        Empty for the main one until somebody names it.
    url
        SQLAlchemy URL of its store.
    removed
        When it was moved aside, ISO 8601 in UTC; empty while it is in use.
    """

    id: str
    name: str
    url: str
    removed: str = ""

    @property
    def called(self) -> str:
        """The name, or else the id."""
        return self.name or self.id


class Collections:
    """The collections of one user.

    Parameters
    ----------
    folder
        The user's data directory.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "collections.json"

    @property
    def main_url(self) -> str:
        """The SQLAlchemy URL of the main collection's store."""
        return f"sqlite:///{(self._folder / 'kharita.sqlite').as_posix()}"

    def all(self) -> tuple[Collection, ...]:
        """Return the collections in use, the main one first.

        Raises
        ------
        CollectionError
            The file of names can't be read.
        """
        return tuple(one for one in self._load() if not one.removed)

    def removed(self) -> tuple[Collection, ...]:
        """Return the collections that were moved aside, the latest first."""
        gone = [one for one in self._load() if one.removed]
        return tuple(sorted(gone, key=lambda one: one.removed, reverse=True))

    def find(self, wanted: str) -> Collection:
        """Return the collection in use of an id or a name, however the name is written.

        Raises
        ------
        CollectionError
            There is none; the message names those that there are.
        """
        return _in_use(self._load(), wanted)

    def create(self, name: str, url: str = "") -> Collection:
        """Make a collection; its store is made when it is opened first.

        Parameters
        ----------
        url
            Of a store that is there already; empty for a new file in the user's data directory.

        Raises
        ------
        CollectionError
            The name is none, or another collection has it.
        """
        with self._changing() as kept:
            known = {one.id for one in kept}
            ident = next(made for made in iter(lambda: secrets.token_hex(4), "") if made not in known)
            made = Collection(ident, _free(name, kept), url or self._store(ident))
            kept.append(made)
        return made

    def rename(self, wanted: str, name: str) -> Collection:
        """Give a collection another name; links to it stay good.

        Raises
        ------
        CollectionError
            There is no such collection, the name is none, or another collection has it.
        """
        with self._changing() as kept:
            found = _in_use(kept, wanted)
            named = replace(found, name=_free(name, [one for one in kept if one.id != found.id]))
            kept[kept.index(found)] = named
        return named

    def remove(self, wanted: str) -> Collection:
        """Move a collection aside: its store stays as it is, and `restore` brings it back.

        Raises
        ------
        CollectionError
            There is no such collection, or it is the main one.
        """
        with self._changing() as kept:
            found = _in_use(kept, wanted)
            if found.id == MAIN:
                raise CollectionError(
                    "The main collection stays. Remove its articles, or give it another name."
                )
            gone = replace(found, removed=datetime.now(UTC).isoformat(timespec="microseconds"))
            kept[kept.index(found)] = gone
        return gone

    def restore(self, wanted: str) -> Collection:
        """Bring back a collection that was moved aside; of several of one name the one that went last.

        Raises
        ------
        CollectionError
            None of those moved aside has this id or name.
        """
        with self._changing() as kept:
            gone = sorted((one for one in kept if one.removed), key=lambda one: one.removed, reverse=True)
            found = _find(gone, wanted)
            if found is None:
                raise CollectionError(
                    f"No collection that was removed is called {_shown(wanted)!r}. {_told('Removed', gone)}"
                )
            others = [one for one in kept if not one.removed]
            back = replace(found, removed="", name=_another(found.name, others))
            kept[kept.index(found)] = back
        return back

    def _store(self, ident: str) -> str:
        return f"sqlite:///{(self._folder / 'collections' / f'{ident}.sqlite').as_posix()}"

    def _main(self, name: str = "") -> Collection:
        return Collection(MAIN, name, self.main_url)

    def _load(self) -> list[Collection]:
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            found = list(self._read(kept["collections"]))
        except FileNotFoundError:
            found = []
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise CollectionError(
                f"The file of collections {str(self._file)!r} can't be read. Mend it, or move it away: the "
                "stores in the folder 'collections' beside it stay."
            ) from error
        return found if any(one.id == MAIN for one in found) else [self._main(), *found]

    def _read(self, kept: Iterable[dict[str, str]]) -> Iterator[Collection]:
        for one in kept:
            name, removed = clean_title(one["name"])[:MOST_LETTERS], one.get("removed", "")
            if one["id"] == MAIN:
                yield self._main(name)
            elif _ID.match(one["id"]) and isinstance(removed, str):
                yield Collection(one["id"], name, one.get("url") or self._store(one["id"]), removed)

    @contextmanager
    def _changing(self) -> Iterator[list[Collection]]:
        """Hold the collections against other processes while they are changed; write them when all went well."""
        try:
            private_folder(self._folder)
            with locked(self._file.with_suffix(".lock")):
                kept = self._load()
                yield kept
                self._write(kept)
        except OSError as error:
            raise CollectionError(
                f"The folder {str(self._folder)!r} can't be written: {error.strerror}. Set KHARITA_USER_DATA to "
                "another folder."
            ) from error

    def _write(self, kept: Iterable[Collection]) -> None:
        told = {"collections": [self._plain(one) for one in kept]}
        # An address may hold the password of a database.
        write_privately(self._file, json.dumps(told, ensure_ascii=False, indent=1))

    def _plain(self, one: Collection) -> dict[str, str]:
        """Return what is written of a collection: nothing that follows from its id."""
        own = self.main_url if one.id == MAIN else self._store(one.id)
        return {name: value for name, value in asdict(one).items() if value and value != own} | {
            "name": one.name
        }


def _in_use(kept: Iterable[Collection], wanted: str) -> Collection:
    kept = list(kept)
    used = [one for one in kept if not one.removed]
    found = _find(used, wanted)
    if found is not None:
        return found
    if _find([one for one in kept if one.removed], wanted):
        raise CollectionError(
            f"The collection {_shown(wanted)!r} was removed. The page 'Collections' brings it back, and so does "
            "`kharita collections restore`."
        )
    raise CollectionError(f"There is no collection {_shown(wanted)!r}. {_told('There are', used)}")


def _find(among: Iterable[Collection], wanted: str) -> Collection | None:
    """Return the collection of an id, or else of a name."""
    among, key = list(among), _key(wanted)
    by_id = next((one for one in among if one.id == wanted), None)
    return by_id or next((one for one in among if one.name and _key(one.name) == key), None)


def _free(name: str, others: Iterable[Collection]) -> str:
    """Return a name in its one form, if it is one and no other collection in use has it."""
    plain = clean_title(name)
    if not plain:
        raise CollectionError("A collection needs a name. Give one with at least one letter.")
    if len(plain) > MOST_LETTERS:
        raise CollectionError(f"The name of a collection is at most {MOST_LETTERS} characters long.")
    taken = [one for one in others if not one.removed]
    if _find(taken, plain) or _key(plain) == MAIN or _ID.match(plain):
        raise CollectionError(f"A collection is called {plain!r} already. Choose another name.")
    return plain


def _another(name: str, others: list[Collection]) -> str:
    """Return a name, with a number behind it where it is taken."""
    numbered = (f"{name[: MOST_LETTERS - 6]} ({number})" for number in range(2, 10_000))
    return next(one for one in (name, *numbered) if not _find(others, one))


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", clean_title(name)).casefold()


def _shown(wanted: str) -> str:
    return clean_title(wanted)[:_SHOWN]


def _told(what: str, kept: Iterable[Collection]) -> str:
    names = ", ".join(repr(one.called) for one in kept)
    return f"{what}: {names}." if names else "There is none."
