"""From files to the store: reads, parses and writes, by batches."""

from dashboard.ingest.ingest import IngestReport, TextParser, ingest
from dashboard.ingest.report import FileReport, Outcome, write_report
from dashboard.ingest.stopping import Stop, stop_on_signals

__all__ = [
    "FileReport",
    "IngestReport",
    "Outcome",
    "Stop",
    "TextParser",
    "ingest",
    "stop_on_signals",
    "write_report",
]
