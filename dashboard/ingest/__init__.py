"""From files to the store: reads, parses and writes, by batches."""

from dashboard.ingest.ingest import IngestReport, TextParser, ingest

__all__ = ["IngestReport", "TextParser", "ingest"]
