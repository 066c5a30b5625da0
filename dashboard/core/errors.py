"""The errors that a user may see; each message says what failed, on what, and what to do.

KharitaError
├── AccessError (ValueError)            a person or a token is not there, or can't be named so
├── ArticleFormatError (ValueError)     a file or line is not an article
├── CollectionError (ValueError)        there is no such collection, or its name can't be taken
├── ExportError                         a file can't be handed over, or a pack is not what it was
├── CorrectionError (ValueError)        a correction makes no sense, or is not there
├── FilterError (ValueError)            a filter's value makes no sense
├── GazetteerError
│   ├── GazetteerSourceError (ValueError)   a source table is wrong: file and line
│   └── GazetteerIndexError             no usable compiled index
├── GoldFormatError (ValueError)        a gold file is wrong
├── ModelError                          no usable weights
├── SettingsError (ValueError)          an option or KHARITA_… variable makes no sense
├── StoreError                          the store can't be opened, or is of another version
└── WorkerError                         a process that was to help ended
"""

__all__ = [
    "AccessError",
    "ArticleFormatError",
    "CollectionError",
    "CorrectionError",
    "ExportError",
    "FilterError",
    "GazetteerError",
    "GazetteerIndexError",
    "GazetteerSourceError",
    "GoldFormatError",
    "KharitaError",
    "ModelError",
    "SettingsError",
    "StoreError",
    "WorkerError",
]


class KharitaError(Exception):
    """Root of all errors that are a user's business."""


class AccessError(KharitaError, ValueError):
    """A person or a token is not there, or can't be named so."""


class ArticleFormatError(KharitaError, ValueError):
    """A file or a line is not an article."""


class CollectionError(KharitaError, ValueError):
    """There is no such collection, or its name can't be taken."""


class ExportError(KharitaError):
    """A file can't be handed over, or an evidence pack is not what was handed over."""


class CorrectionError(KharitaError, ValueError):
    """A correction makes no sense, or is not there."""


class FilterError(KharitaError, ValueError):
    """A filter's value makes no sense."""


class GazetteerError(KharitaError):
    """Something about the gazetteer."""


class GazetteerSourceError(GazetteerError, ValueError):
    """A source table is wrong; the message names file and line."""


class GazetteerIndexError(GazetteerError):
    """There is no usable compiled index."""


class GoldFormatError(KharitaError, ValueError):
    """A gold file is wrong; the message names file and line."""


class IngestError(KharitaError):
    """Articles can't be taken in: the folder of what waits can't be used."""


class ModelError(KharitaError):
    """The weights of the geoparser are missing or of another shape."""


class SettingsError(KharitaError, ValueError):
    """An option or a `KHARITA_…` variable makes no sense."""


class StoreError(KharitaError):
    """The store can't be opened, or is of another version."""


class WorkerError(KharitaError):
    """A process that was to help with the work ended before it was done."""
