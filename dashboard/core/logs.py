"""Logs as one JSON line each, and the id of the request that a line belongs to."""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

__all__ = ["JsonLines", "request_id", "write_json_logs"]

# Empty outside a request, and in the runs of a page, which happen in threads of their own.
request_id: ContextVar[str] = ContextVar("request_id", default="")
# What a line may tell beside its message: figures and names of ours, never anything that a visitor typed.
_MORE = ("method", "area", "status", "seconds")


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON, whatever stands in its message."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line: time (UTC), level, logger, message, the request's id, and an error with its trace."""
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if ident := request_id.get():
            told["request"] = ident
        told |= {name: record.__dict__[name] for name in _MORE if name in record.__dict__}
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def write_json_logs() -> None:
    """Let every logger of this process write so, those too that have brought a handler of their own."""
    lines = JsonLines()
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler())
    named = [one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    for logger in (root, *named):
        for handler in logger.handlers:
            handler.setFormatter(lines)
    logging.getLogger("dashboard.web.measuring").setLevel(logging.INFO)
