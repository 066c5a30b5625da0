"""A server ends with the process that started it, however that one ended."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress

__all__ = ["GRACE_S", "WATCHED", "watch_parent"]

# Set for a server whose standard input is a pipe from the process that started it.
WATCHED = "KHARITA_WATCHED"
GRACE_S = 10.0  # for a server to end in order


def watch_parent() -> None:
    """Watch the process that started this one, if it asked for that; end when it is gone."""
    if os.environ.get(WATCHED):
        threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait until the pipe closes, which the system does even for a process that was killed."""
    with suppress(OSError):
        # not through `sys.stdin`, whose lock would still be held when the program ends
        while os.read(0, 1):
            pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_S)
    os._exit(1)
