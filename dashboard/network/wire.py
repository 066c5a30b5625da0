"""Connections that lead to an address which was looked at before, and end when their time is over."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

import certifi
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.util import Timeout

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from urllib3.util import Url

__all__ = ["Deadline", "make_pool", "make_tls"]

_CONNECT_S = 10.0
_QUIET_S = 20.0  # that a server may be silent in the middle of an answer


class Deadline:
    """Ends connections when time is over, whatever they are waiting for. Use it as a context manager.

    A server that gives a byte now and then keeps any limit for a single read; this one it does not.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds
        self._cut = threading.Event()
        self._held: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self.cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        """Let the time begin."""
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the connections."""
        self._timer.cancel()
        with self._lock:
            for held in self._held:
                held.close()
            self._held.clear()

    @property
    def left_s(self) -> float:
        """Seconds that are left, >= 0."""
        return max(0.0, self._end - time.monotonic())

    @property
    def over(self) -> bool:
        """Whether the connections were cut off."""
        return self._cut.is_set()

    def hold(self, connected: socket.socket) -> None:
        """Cut this connection off, too, when time is over."""
        with self._lock:
            self._held.append(connected.dup())  # TLS takes the socket itself away
        if self.over:
            self.cut()

    def cut(self) -> None:
        """End the connections now."""
        self._cut.set()
        with self._lock:
            for held in self._held:
                with suppress(OSError):
                    held.shutdown(socket.SHUT_RDWR)


class _Checked(HTTPConnection):
    """A connection to one of the addresses that were looked at; the name is not asked for again."""

    def __init__(
        self,
        host: str,
        port: int | None = None,
        *,
        addresses: Sequence[str],
        deadline: Deadline,
        **more: Any,  # noqa: ANN401 - the library's own
    ) -> None:
        super().__init__(host, port, **more)
        self._addresses = addresses
        self._deadline = deadline

    def _new_conn(self) -> socket.socket:
        return _connect(self, self._addresses, self._deadline)


class _CheckedTLS(HTTPSConnection):
    """Likewise with TLS; the certificate must be that of the name."""

    def __init__(
        self,
        host: str,
        port: int | None = None,
        *,
        addresses: Sequence[str],
        deadline: Deadline,
        **more: Any,  # noqa: ANN401 - the library's own
    ) -> None:
        super().__init__(host, port, **more)
        self._addresses = addresses
        self._deadline = deadline

    def _new_conn(self) -> socket.socket:
        return _connect(self, self._addresses, self._deadline)


def _connect(connection: HTTPConnection, addresses: Sequence[str], deadline: Deadline) -> socket.socket:
    """Connect to the first address that answers."""
    last: OSError | None = None
    for address in addresses:
        patience_s = min(_CONNECT_S, deadline.left_s)
        if patience_s <= 0:
            break
        try:
            connected = socket.create_connection((address, connection.port), patience_s)
        except OSError as error:
            last = error
            continue
        for option in connection.socket_options or ():
            connected.setsockopt(*option)
        connected.settimeout(_QUIET_S)
        deadline.hold(connected)
        return connected
    if last is None or isinstance(last, TimeoutError):
        raise ConnectTimeoutError(connection, "no answer in time") from last
    raise NewConnectionError(connection, last.strerror or str(last)) from last


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Checked


class _PoolTLS(HTTPSConnectionPool):
    ConnectionCls = _CheckedTLS


def make_tls() -> ssl.SSLContext:
    """Return whom to trust: the system's authorities, and those of the browsers where a system has none."""
    trusted = ssl.create_default_context()
    trusted.load_verify_locations(certifi.where())
    return trusted


def make_pool(
    url: Url, addresses: Sequence[str], deadline: Deadline, tls: ssl.SSLContext
) -> HTTPConnectionPool:
    """Return what asks one host at addresses that may be asked."""
    timeout = Timeout(connect=_CONNECT_S, read=_QUIET_S)
    own: dict[str, Any] = {"addresses": addresses, "deadline": deadline}
    host = url.host or ""
    if url.scheme == "https":
        return _PoolTLS(host, url.port, timeout=timeout, ssl_context=tls, **own)
    return _Pool(host, url.port, timeout=timeout, **own)
