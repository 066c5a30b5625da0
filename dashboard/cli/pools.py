"""What commands share that let other machines do the reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.core.errors import WorkerError

if TYPE_CHECKING:
    from dashboard.geoparse import Geoparser
    from dashboard.geoparse.cluster import ClusterPool

__all__ = ["SchedulerOption", "cluster_pool"]

SchedulerOption = Annotated[
    str | None,
    typer.Option(
        help="Address of a Dask scheduler, such as tcp://10.0.0.5:8786, whose workers do the reading.",
        show_default=False,
    ),
]


def cluster_pool(parser: Geoparser, scheduler: str) -> ClusterPool:
    """Return the processes of a cluster.

    Raises
    ------
    WorkerError
        What speaks to clusters is not installed, or no scheduler answers.
    """
    try:
        from dashboard.geoparse.cluster import ClusterPool  # noqa: PLC0415 - an extra, and heavy
    except ModuleNotFoundError as error:
        raise WorkerError(
            f"--scheduler needs {error.name!r}. Install it with: pip install 'kharita[cluster]'"
        ) from error
    return ClusterPool(parser, scheduler)
