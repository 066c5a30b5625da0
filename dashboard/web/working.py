"""Long work that pages share: what is being stored, and what is looked at before."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.core.errors import KharitaError
from dashboard.ingest.jobs import Jobs
from dashboard.ingest.samples import is_untouched, sample_folder, stored_samples
from dashboard.intake.columns import ColumnMapping, MappingMemory
from dashboard.intake.draft import Options
from dashboard.intake.looking import MOST_FILES, Looked, look_at_files
from dashboard.intake.shelf import shelf_bytes
from dashboard.network import AddressReader, Fetcher, user_agent
from dashboard.store.feeds import known_links
from dashboard.web.handles import shared_store
from dashboard.web.keeping import kept
from dashboard.web.launch import environment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.core.settings import Settings
    from dashboard.web.handles import Edition

__all__ = [
    "Lookout",
    "ask_feeds",
    "cached_samples",
    "fill_untouched",
    "load_samples",
    "mapping_memory",
    "new_lookout",
    "shared_jobs",
]


@kept(256)  # one that is let go of while it works would be taken for broken
def _jobs(settings: Settings) -> Jobs:
    return Jobs(settings.user_data / "incoming", settings.store_url, environment(settings))


def shared_jobs(settings: Settings) -> Jobs:
    """Return the jobs of the store, one for all who look at a page, whatever they call its collection."""
    return _jobs(settings.model_copy(update={"store": settings.store_url, "collection": ""}))


def load_samples(settings: Settings) -> None:
    """Begin to store the sample articles."""
    samples = sample_folder()
    count = sum(1 for file in samples.glob("*.md") if file.stem != "README")
    shared_jobs(settings).start([samples], expected=count, samples=True)


def fill_untouched(settings: Settings) -> None:
    """Begin to fill a store that never held anything, as `kharita run` does."""
    if settings.begins_empty:
        return
    try:
        if is_untouched(shared_store(settings.store_url)):
            load_samples(settings)
    except KharitaError:
        return  # the page opens the same store, and says what is wrong


def ask_feeds(settings: Settings, urls: Sequence[str]) -> None:
    """Begin to ask feeds of the list what is new."""
    shared_jobs(settings).start([], feeds=urls)


@kept(4)
def cached_samples(edition: Edition) -> tuple[str, ...]:
    """Return the ids of the sample articles that are in the store."""
    return tuple(stored_samples(edition.store))


def mapping_memory(settings: Settings) -> MappingMemory:
    """Return where it is remembered which column of a table is what."""
    return MappingMemory(settings.user_data / "columns.json")


@dataclass(slots=True)
class Lookout:
    """Files and addresses that one visitor wants to add, looked at beside the page.

    Attributes
    ----------
    batch
        Names what is added together.
    addresses
        Pages, feeds and sitemaps that the visitor named; each is asked once, when it is looked at.
    ask
        Makes what asks them, given how to read.
    mappings, orders, encodings
        What the visitor said of tables by shape, of dates by source, and of texts by their path.
    """

    batch: str
    jobs: Jobs
    mappings: dict[str, ColumnMapping] = field(default_factory=dict)
    orders: dict[str, str] = field(default_factory=dict)
    encodings: dict[str, str] = field(default_factory=dict)
    folders: list[Path] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    ask: Callable[[Options], AddressReader] | None = None
    _shelves: dict[str, Path] = field(default_factory=dict)
    _left_out: set[str] = field(default_factory=set)
    _kept: dict[str, Path] = field(default_factory=dict)
    _found: dict[str, Looked] = field(default_factory=dict)
    _asked: dict[str, str] = field(default_factory=dict)
    _round: int = 0
    _busy: threading.Thread | None = None
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _asking: threading.Lock = field(default_factory=threading.Lock)

    def hold(self, files: Sequence[tuple[str, str, bytes]]) -> None:
        """Keep uploaded files `(key, name, bytes)`, let go of those that are gone, and look at what is new."""
        files = [file for file in files if file[0] not in self._left_out]
        keys = {key for key, _, _ in files}
        gone = [self._kept.pop(key) for key in list(self._kept) if key not in keys]
        for path in gone:
            self.jobs.drop(path)
        fresh = [
            self._kept.setdefault(key, self._keep(name, data))
            for key, name, data in files
            if key not in self._kept
        ]
        if gone or fresh:
            self.look()

    def add_folder(self, path: Path) -> None:
        """Add a file or folder of this machine."""
        if path not in self.folders:
            self.folders.append(path)
            self.look()

    def add_addresses(self, urls: Sequence[str]) -> None:
        """Ask pages, feeds or sitemaps for their articles, and keep these to be looked at."""
        fresh = [url for url in dict.fromkeys(urls) if url not in self.addresses]
        if fresh:
            self.addresses += fresh
            self.look()

    def can_leave_out(self, path: str) -> bool:
        """Tell whether a file or an address was given by itself, and not with its folder."""
        return path in self._roots

    def leave_out(self, path: str) -> None:
        """Leave out what was given, though it may still lie in the drop."""
        for key, file in list(self._kept.items()):
            if str(file) == path:
                self._left_out.add(key)
                self.jobs.drop(self._kept.pop(key))
        self.folders = [one for one in self.folders if str(one) != path]
        self.addresses = [one for one in self.addresses if one != path]
        self.look()

    def map_columns(self, shape: str, mapping: ColumnMapping) -> None:
        """Read tables of a shape so, and look at them again."""
        self.mappings[shape] = mapping
        self._look_again(lambda one: one.table is not None and one.table.shape == shape)

    def order_dates(self, source: str, order: str) -> None:
        """Read 03/04/2025 so in what is of a source, and look at it again; an empty order leaves it open."""
        if order:
            self.orders[source] = order
        else:
            self.orders.pop(source, None)
        self._look_again(lambda one: source in one.sources or source in one.asked or not source)

    def choose_encoding(self, path: str, encoding: str) -> None:
        """Read a file in an encoding, and look at it again; an empty one leaves it to be found."""
        if encoding:
            self.encodings[path] = encoding
        else:
            self.encodings.pop(path, None)
        self._look_again(lambda one: one.path == path)

    @property
    def paths(self) -> list[Path]:
        """The files and folders that are to be stored."""
        return [*self._kept.values(), *self.folders]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was given."""
        return not self._roots

    @property
    def _roots(self) -> list[str]:
        """All that was given, files before addresses."""
        return [*map(str, self.paths), *self.addresses]

    @property
    def articles(self) -> int:
        """How many articles were found."""
        return sum(one.articles for one in self.found())

    @property
    def complete(self) -> bool:
        """Whether everything in all files was looked at, so that all articles are counted."""
        found = self.found()
        return not self.looking and len(found) < MOST_FILES and not any(one.more for one in found)

    @property
    def looking(self) -> bool:
        """Whether something is looked at just now."""
        return self._busy is not None and self._busy.is_alive()

    def found(self) -> list[Looked]:
        """Return what has been looked at so far, in the order of the files."""
        with self._lock:
            return list(self._found.values())

    def asked(self) -> dict[str, str]:
        """Return by source a date that can be read in two ways, those that were answered too."""
        with self._lock:
            for one in self._found.values():
                self._asked |= one.asked
            return dict(self._asked)

    def options(self) -> Options:
        """Return what the visitor said about how to read."""
        return Options(dict(self.mappings), dict(self.orders), dict(self.encodings))

    def look(self) -> None:
        """Look at what has not been looked at, beside the page."""
        with self._lock:
            self._round += 1
            mine = self._round
            wanted = set(self._roots)
            here = {
                path: one
                for path, one in self._found.items()
                if any(path == root or Path(path).is_relative_to(root) for root in wanted)
            }
            self._found = here
            for url in [one for one in self._shelves if one not in here]:
                self.jobs.drop(self._shelves.pop(url))
        self._busy = threading.Thread(target=self._look, args=(mine,), name="kharita-look", daemon=True)
        self._busy.start()

    def wait(self, seconds: float) -> None:
        """Wait until all is looked at."""
        if self._busy is not None:
            self._busy.join(seconds)

    def store(self, memory: MappingMemory) -> None:
        """Begin to store what was looked at, and remember how tables of these shapes are read."""
        for shape, mapping in self.mappings.items():
            memory.remember(shape, mapping)
        self.jobs.start(
            self.paths,
            expected=self.articles if self.complete else 0,
            mappings={shape: mapping.to_dict() for shape, mapping in self.mappings.items()},
            date_orders=self.orders,
            encodings=self.encodings,
            asked=list(self._shelves),
            shelves=list(self._shelves.values()),
        )

    def _keep(self, name: str, data: bytes) -> Path:
        with self._lock:  # files and what addresses gave come side by side
            return self.jobs.keep(self.batch, name, data)

    def _look_again(self, concerned: Callable[[Looked], bool]) -> None:
        with self._lock:
            self._found = {path: one for path, one in self._found.items() if not concerned(one)}
        self.look()

    def _look(self, mine: int) -> None:
        def over() -> bool:
            return mine != self._round

        known = set(self._found)
        roots = [path for path in self.paths if str(path) not in known]
        for one in look_at_files(roots, self.options(), name=self._name, stop=over, skip=known.__contains__):
            with self._lock:
                if over():
                    return
                self._found[one.path] = one
                self._sort()
        with self._asking:  # an earlier round ends what it has begun to ask, so that nobody is asked twice
            urls = [url for url in self.addresses if url not in self._found]
            if not urls or self.ask is None or over():
                return
            with self.ask(self.options()) as reader:
                for url in urls:
                    if over():
                        return
                    self._look_at_address(reader, url)

    def _look_at_address(self, reader: AddressReader, url: str) -> None:
        """Ask an address, and keep what it gives until it is stored or left out."""
        looked, items = Looked(url, url, "address"), []
        reader.stop = lambda: url not in self.addresses
        for item in reader.read([url]):
            items.append(item)
            looked.take(item)
        with self._lock:
            if url in self.addresses:
                self._shelves[url] = self._keep("asked.jsonl", shelf_bytes(items))
                self._found[url] = looked
                self._sort()

    def _sort(self) -> None:
        """Keep what was found in the order in which it was given."""
        order = {root: number for number, root in enumerate(self._roots)}
        ranked = sorted(self._found.items(), key=lambda pair: (order.get(pair[0], len(order)), pair[0]))
        self._found = dict(ranked)

    def _name(self, path: Path) -> str:
        return self.jobs.shown(str(path))


def new_lookout(settings: Settings, batch: str) -> Lookout:
    """Return an empty lookout that knows how tables were read before."""

    def ask(options: Options) -> AddressReader:
        store = shared_store(settings.store_url)
        fetcher = Fetcher(user_agent(settings.contact))
        return AddressReader(fetcher, options, known=lambda links: known_links(store, links))

    return Lookout(batch, shared_jobs(settings), mapping_memory(settings).load(), ask=ask)
