"""Sites of this machine, and what may ask them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from local_sites import Site, local_fetcher, local_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.network import Fetcher


@pytest.fixture
def site() -> Iterator[Site]:
    with local_site() as made:
        yield made


@pytest.fixture
def fetcher() -> Fetcher:
    return local_fetcher()
