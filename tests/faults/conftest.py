"""How often each fault is tried, and by what chance: KHARITA_FAULTS (number) and KHARITA_FAULTS_SEED."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from commands import Commands
from hand_networks import write_weights
from hand_parser import HandMadeParser

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.gazetteer import Gazetteer

_FEW = 1
_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.faults)


@pytest.fixture(scope="session")
def times() -> int:
    """Return how often each fault is tried."""
    return int(os.environ.get("KHARITA_FAULTS", _FEW))


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> Random:
    """Return the chance of a test, whose seed it prints; give it back to see the same again."""
    seed = os.environ.get("KHARITA_FAULTS_SEED") or str(int.from_bytes(os.urandom(4)))
    print(f"KHARITA_FAULTS_SEED={seed}")  # noqa: T201 - pytest shows it with a test that fails
    return Random(f"{seed} {request.node.name}")  # noqa: S311 - the same again for the same seed, no secret


@pytest.fixture
def hand_parser() -> HandMadeParser:
    return HandMadeParser()


@pytest.fixture(scope="session")
def hand_weights(small_gazetteer: Gazetteer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_weights(tmp_path_factory.mktemp("weights") / "hand.npz", small_gazetteer)


@pytest.fixture(scope="session")
def built_gazetteer(hand_weights: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the gazetteer that commands build, built by one."""
    commands = Commands(tmp_path_factory.mktemp("built"), hand_weights)
    commands.run_well("gazetteer", "build")
    (made,) = (commands.folder / "cache" / "gazetteer").glob("*.kgz")
    return made


@pytest.fixture
def commands(hand_weights: Path, built_gazetteer: Path) -> Callable[..., Commands]:
    """Return what makes commands in a folder, with a gazetteer in place."""

    def make(folder: Path, **more: object) -> Commands:
        cache = folder / "cache" / "gazetteer"
        cache.mkdir(parents=True)
        os.link(built_gazetteer, cache / built_gazetteer.name)
        return Commands(folder, hand_weights, **more)  # type: ignore[arg-type]

    return make
