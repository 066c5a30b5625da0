"""Answers that are worked out once for all who ask the same, by few at a time, beside the event loop.

What comes in while all are at work waits in line; what comes in while the line is full is asked to come again. Health,
files and pages are not answered here, so that no line is before them.
"""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import TYPE_CHECKING

from anyio import CapacityLimiter, to_thread
from cachetools import LRUCache
from prometheus_client import Gauge
from starlette.responses import JSONResponse, Response

from dashboard.core.errors import KharitaError
from dashboard.web.front import path_of
from dashboard.web.guard import FOR_PROGRAMS, is_under
from dashboard.web.measuring import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Hashable
    from typing import Any

    from starlette.requests import Request

__all__ = ["AGAIN_S", "Counter"]

# One processor is left to the pages; more would take turns with each other, since Python runs one at a time.
WORKERS = max(1, min(4, (os.cpu_count() or 2) - 1))
LINE = 64  # different questions that wait: some seconds of work
AGAIN_S = 2  # after which one who was turned away may come again
_GLANCES = 4  # that look at the same time how the store stands
_MOST_BYTES = 64_000_000  # of answers that are kept
_OK, _FULL = 200, 503
_SAID = f"This server has as much to answer as it can bear: ask again in {AGAIN_S} seconds."
_UNDER_WAY = Gauge(
    "kharita_questions_under_way",
    "Different questions that are worked out or wait for it.",
    registry=REGISTRY,
)


class Counter:
    """Where questions are answered: those alike together, different ones one after the other.

    An answer is kept as long as the store stands as it did.

    Parameters
    ----------
    edition
        Returns what an answer depends on beside the question, as the store's data version; fails where there is no
        store, and then the answer is what the maker says of it, and not kept.
    workers, line
        How many work at the same time, and how many different questions may wait for them.
    """

    def __init__(
        self, edition: Callable[[Request], Hashable], workers: int = WORKERS, line: int = LINE
    ) -> None:
        self._edition = edition
        self._workers, self._line = CapacityLimiter(workers), line
        self._glances = CapacityLimiter(_GLANCES)
        self._asked: dict[Hashable, asyncio.Task[Response]] = {}
        self._kept: LRUCache[Hashable, Response] = LRUCache(
            _MOST_BYTES, lambda answer: len(answer.body) + 500
        )

    def shared(
        self, make: Callable[[Request], Response]
    ) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers with what `make` makes, for a route: the same for all who ask alike."""

        async def answer(request: Request) -> Response:
            try:
                stands = await to_thread.run_sync(self._edition, request, limiter=self._glances)
            except KharitaError:
                return await self.alone(partial(make, request), request)
            return await self._once((stands, _question(request)), partial(make, request), request)

        return answer

    async def _once(self, key: Hashable, make: Callable[[], Response], request: Request) -> Response:
        kept = self._kept.get(key)
        if kept is not None:
            return _copied(kept)
        task = self._asked.get(key)
        if task is None:
            task = self._asked[key] = asyncio.ensure_future(self.alone(make, request))
            task.add_done_callback(partial(self._keep, key))
        # Who asked first may go away; the answer is for the others too.
        return _copied(await asyncio.shield(task))

    def _keep(self, key: Hashable, task: asyncio.Task[Response]) -> None:
        del self._asked[key]
        if task.cancelled() or task.exception() is not None:
            return
        answer = task.result()
        if answer.status_code == _OK and len(answer.body) < _MOST_BYTES:
            self._kept[key] = answer

    async def alone(self, make: Callable[[], Response], request: Request) -> Response:
        """Return what `make` makes, for this request only; refuse it while the line is full."""
        if self._workers.statistics().tasks_waiting >= self._line:
            return _turned_away(request)
        with _UNDER_WAY.track_inprogress():
            return await to_thread.run_sync(make, limiter=self._workers)


def _question(request: Request) -> Hashable:
    """Return all that an answer depends on beside the store."""
    headers = request.headers
    return (
        request.url.path,
        request.url.query,
        "gzip" in headers.get("accept-encoding", ""),
        headers.get("if-none-match", ""),
    )


def _copied(answer: Response) -> Response:
    """Return an answer for one of those who share it: what is added to it on its way is its own."""
    copy = Response(answer.body, answer.status_code)
    copy.raw_headers = list(answer.raw_headers)
    return copy


def _turned_away(request: Request) -> Response:
    headers = {"retry-after": str(AGAIN_S), "cache-control": "no-store"}
    if is_under(path_of(request.scope), FOR_PROGRAMS):
        return JSONResponse({"error": _SAID}, _FULL, headers)
    return Response(_SAID, _FULL, headers, "text/plain")
