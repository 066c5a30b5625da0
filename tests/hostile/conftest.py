"""A store in which every hostile input stands in every field that a person or a file can set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hostile import make_hostile_store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the URL of the store."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    return make_hostile_store(folder)
