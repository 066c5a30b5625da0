"""The page about the house names functions and modules that are there."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

import dashboard

ROOMS = (
    "core",
    "words",
    "intake",
    "network",
    "gazetteer",
    "geoparse",
    "journeys",
    "store",
    "ingest",
    "query",
    "render",
    "web",
    "ui",
    "cli",
)
PAGE = Path(dashboard.__file__).parents[1] / "docs" / "architecture.md"
NAMES = sorted(set(re.findall(rf"`((?:{'|'.join(ROOMS)})(?:\.\w+)+)", PAGE.read_text("utf-8"))))


def test_the_page_names_many_doors() -> None:
    assert len(NAMES) > 30


@pytest.mark.parametrize("name", NAMES)
def test_a_door_is_there(name: str) -> None:
    module, rest = dashboard, name.split(".")
    while rest:
        try:
            module = import_module(f"{module.__name__}.{rest[0]}")
        except ModuleNotFoundError:
            break
        rest.pop(0)
    found: object = module
    for part in rest:
        found = getattr(found, part)
    assert found


def test_every_room_is_on_the_page() -> None:
    there = {
        path.name for path in Path(dashboard.__file__).parent.iterdir() if (path / "__init__.py").exists()
    }
    assert there == set(ROOMS)
    assert all(f"| `{room}`" in PAGE.read_text("utf-8") for room in ROOMS)
