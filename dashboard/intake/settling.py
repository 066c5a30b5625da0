"""Files that are still being written: waited for a moment, and left for the next time if they go on changing."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from os import stat_result
    from pathlib import Path

__all__ = ["Settling"]

QUIET_S = 2.0  # without a change, after which a file is taken for whole
_PATIENCE_S = 6.0  # that all files together are waited for


@dataclass(slots=True)
class Settling:
    """Tells whole files from those that some program is writing just now.

    A person who saves a file and adds it at once is served: the file is waited for until it has been quiet for
    `QUIET_S`. What has changed by then is being written, and is left.
    """

    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    patience_s: float = _PATIENCE_S

    def is_whole(self, path: Path) -> bool:
        """Tell whether a file may be read now; waits up to `QUIET_S` for one that was changed a moment ago.

        Raises
        ------
        OSError
            There is no such file, or it can't be looked at.
        """
        before = path.stat()
        wait_s = QUIET_S - (self.clock() - before.st_mtime)
        if not 0 < wait_s <= QUIET_S:  # quiet long enough, or dated into the future by another clock
            return True
        if wait_s > self.patience_s:
            return False
        self.patience_s -= wait_s
        self.sleep(wait_s)
        return _mark(path.stat()) == _mark(before)


def _mark(found: stat_result) -> tuple[int, int]:
    return found.st_size, found.st_mtime_ns
