"""How many requests there are and how long they take: for Prometheus at `/metrics`, and as a line of the log each.

Counts and times only: neither addresses of visitors nor what they ask for, whose paths and parameters name articles,
places and words. What was asked is told by its area, one of a few.
"""

from __future__ import annotations

import logging
import secrets
import time
from typing import TYPE_CHECKING

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from starlette.responses import Response

from dashboard.core.logs import request_id
from dashboard.web.front import path_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Measured", "answer_metrics", "area_of"]

_AREAS = {
    "/api": "api", "/reconcile": "reconcile", "/map": "map", "/assets": "files", "/static": "files",
    "/component": "files", "/_stcore/upload_file": "upload", "/_stcore": "streamlit", "/media": "media",
    "/handover": "export", "/metrics": "metrics", "/healthz": "health", "/auth": "login", "/oauth2callback": "login",
}  # fmt: skip
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"))
_BROKEN = 500

REGISTRY = CollectorRegistry()  # one for the process, as Prometheus counts
_REQUESTS = Counter(
    "kharita_requests", "Requests that were answered.", ("area", "method", "status"), registry=REGISTRY
)
_SECONDS = Histogram(
    "kharita_request_seconds",
    "Seconds from a request to the end of its answer.",
    ("area",),
    buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30),
    registry=REGISTRY,
)
_BUSY = Gauge("kharita_requests_in_progress", "Requests that are being answered.", registry=REGISTRY)
_PAGES = Gauge(
    "kharita_pages_open", "Pages that are open in browsers, by their websockets.", registry=REGISTRY
)

logger = logging.getLogger(__name__)


class Measured:
    """Counts and times what passes, and gives each request an id, which its answer and its lines in the log carry."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request or a websocket on, and measure it."""
        if scope["type"] == "websocket":
            with _PAGES.track_inprogress():
                await self.app(scope, receive, send)
        elif scope["type"] == "http":
            with _BUSY.track_inprogress():
                await self._measured(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _measured(self, scope: Scope, receive: Receive, send: Send) -> None:
        ident, began, status = secrets.token_hex(8), time.perf_counter(), _BROKEN
        token = request_id.set(ident)

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", ident.encode())]
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        finally:
            area, seconds = area_of(path_of(scope)), time.perf_counter() - began
            method = scope["method"] if scope["method"] in _METHODS else "other"
            _REQUESTS.labels(area, method, str(status)).inc()
            _SECONDS.labels(area).observe(seconds)
            figures = {"area": area, "method": method, "status": status, "seconds": round(seconds, 4)}
            logger.info("answered", extra=figures)
            request_id.reset(token)


def area_of(path: str) -> str:
    """Return what a path belongs to: one of a few names, whatever is asked for."""
    parts = path.split("/")
    roots = ("/".join(parts[:3]), "/".join(parts[:2]))
    found = next((_AREAS[root] for root in roots if root in _AREAS), None)
    return found or ("page" if path == "/" else "other")


def answer_metrics(request: Request) -> Response:  # noqa: ARG001 - the route's signature
    """Answer with what was counted, as Prometheus reads it."""
    return Response(
        generate_latest(REGISTRY), headers={"cache-control": "no-store"}, media_type=CONTENT_TYPE_LATEST
    )
