"""The command line over the small gazetteer, with its own store and cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hand_networks import write_weights
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.geoparse import Geoparser

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    from dashboard.gazetteer import Gazetteer


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let no test touch the user's store or cache."""
    for name in ("STORE", "COLLECTION", "HOST", "PORT", "TILES", "NOMINATIM"):
        monkeypatch.delenv(f"KHARITA_{name}", raising=False)
    monkeypatch.setenv("KHARITA_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("KHARITA_USER_DATA", str(tmp_path / "data"))


@pytest.fixture(scope="session")
def hand_weights(small_gazetteer: Gazetteer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_weights(tmp_path_factory.mktemp("weights") / "hand.npz", small_gazetteer)


@pytest.fixture
def small_commands(small_gazetteer: Gazetteer, hand_weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands use the small gazetteer, and weights written by hand."""

    def index(_settings: object, _progress: object = None, *, verify: bool = False) -> Gazetteer:  # noqa: ARG001
        return small_gazetteer

    def parser(gazetteer: Gazetteer) -> Geoparser:
        return Geoparser(gazetteer, hand_weights)

    monkeypatch.setattr("dashboard.gazetteer.ensure_index", index)
    monkeypatch.setattr("dashboard.geoparse.Geoparser", parser)


@pytest.fixture
def kharita() -> Callable[..., Result]:
    """Return a call of the command with arguments and, optionally, an `input`."""

    def call(*arguments: object, **more: object) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], **more)  # type: ignore[arg-type]

    return call
