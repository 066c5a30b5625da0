"""The geoparser at work on other machines: a Dask cluster that runs already, see docs/cluster.md.

Texts go out, small answers come back, and only this process writes to the store: what a worker loses is done again
by another, and the store is the same as if one process had read everything.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from distributed import CancelledError, Client, KilledWorker, WorkerPlugin

from dashboard.core.errors import WorkerError
from dashboard.gazetteer import Gazetteer
from dashboard.geoparse.packing import Unpacking
from dashboard.geoparse.parser import Geoparser

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

    from distributed import Future, Worker

    from dashboard.core.models import Parse
    from dashboard.geoparse.packing import Packed

__all__ = ["ClusterPool"]

_WAIT_S = 20  # for a scheduler's first answer
_Work = TypeVar("_Work")
_Done = TypeVar("_Done")
_OWN: dict[str, Geoparser] = {}  # the parsers of a worker, by the names of what they were made of


class ClusterPool:
    """A geoparser at work in the processes of a cluster, as `ParserPool` is in those of this machine.

    Each worker gets the gazetteer and the weights once, also one that joins later, and maps them.

    Parameters
    ----------
    scheduler
        Its address, such as `tcp://10.0.0.5:8786`.

    Raises
    ------
    WorkerError
        Nobody answers there, or the workers have another version of Kharita.
    """

    def __init__(self, parser: Geoparser, scheduler: str) -> None:
        self.id = parser.id
        self._scheduler = scheduler
        self._unpacking = Unpacking(parser.place)
        materials = _Materials(parser)
        self._name = materials.name
        try:
            self._client = Client(scheduler, timeout=_WAIT_S, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise WorkerError(
                f"No scheduler answers at {scheduler!r}. Start one with `dask scheduler`, and give its address."
            ) from error
        try:
            self._client.register_plugin(materials)
            self.jobs = sum(self._client.nthreads().values())
        except Exception as error:
            self._client.close()
            raise WorkerError(
                f"The workers of {scheduler!r} can't be made ready: {_first_line(error)} "
                "Each needs this version of Kharita: pip install 'kharita[cluster]'"
            ) from error
        if not self.jobs:
            self._client.close()
            raise WorkerError(
                f"The scheduler at {scheduler!r} has no workers. Start some with `dask worker`."
            )

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the cluster; work not done is dropped."""
        self._client.close()

    def start(self, function: Callable[[Geoparser, _Work], _Done], piece: _Work) -> Callable[[], _Done]:
        """Begin to apply a function of a module to a piece of work; what comes back waits for the answer."""
        work = self._client.submit(_call, self._name, function, piece, pure=False)
        return lambda: self._done(work)

    def unpacked(self, values: Packed, text: str) -> Parse:
        """Return the parse of a text that `packed` made small in another process."""
        return self._unpacking.parse(values, text)

    def _done(self, work: Future) -> Any:  # noqa: ANN401 - what the function answers
        try:
            return work.result()
        except (KilledWorker, CancelledError, asyncio.CancelledError, OSError, TimeoutError) as error:
            raise WorkerError(
                f"The cluster at {self._scheduler!r} lost a piece of the work. What is stored stays; the same "
                "command goes on from there."
            ) from error


class _Materials(WorkerPlugin):  # type: ignore[misc]  # untyped
    """Gives each worker the gazetteer and the weights, as files of its own that it maps."""

    def __init__(self, parser: Geoparser) -> None:
        gazetteer, weights = parser.gazetteer.path, parser.weights_path
        self.parser_id, self.gazetteer_id = parser.id, parser.gazetteer.id
        self.name = f"{self.parser_id}-{self.gazetteer_id}"
        self._files = {"gazetteer.kgz": gazetteer.read_bytes(), "weights.npz": weights.read_bytes()}

    def setup(self, worker: Worker) -> None:
        """Write the files, open them, and see that they are what was sent."""
        folder = Path(worker.local_directory) / self.name
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in self._files.items():
            (folder / name).write_bytes(data)
        parser = Geoparser(Gazetteer.open(folder / "gazetteer.kgz"), folder / "weights.npz")
        if (parser.id, parser.gazetteer.id) != (self.parser_id, self.gazetteer_id):
            raise WorkerError(f"{worker.address} has another version of Kharita.")
        _OWN[self.name] = parser


def _call(name: str, function: Callable[[Geoparser, _Work], _Done], piece: _Work) -> _Done:
    return function(_OWN[name], piece)


def _first_line(error: BaseException) -> str:
    return (str(error).partition("\n")[0] or type(error).__name__).rstrip(".") + "."
