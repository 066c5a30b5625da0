"""What is installed: no version with a known weakness, and a lock of all that is declared, from the public index."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
# The first version without the weakness.
MENDED = {"starlette": (0, 49, 1), "orjson": (3, 11, 6), "jinja2": (3, 1, 6)}


def names(lines: list[str]) -> set[str]:
    """Return the names of packages in the one form in which a lock has them."""
    found = (re.split(r"[<>=!~;\[ ]", line, maxsplit=1)[0] for line in lines)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in found}


def test_the_lock_holds_what_is_declared() -> None:
    locked = {package["name"] for package in LOCK["package"]}
    wanted = names(DECLARED["dependencies"])
    for extra in DECLARED["optional-dependencies"].values():
        wanted |= names(extra)
    assert wanted - locked == set(), "run `uv lock` and commit uv.lock"


def test_the_lock_names_the_public_index_only() -> None:
    sources = {str(package["source"].get("registry", "")) for package in LOCK["package"]}
    assert sources == {"", "https://pypi.org/simple"}
    text = (ROOT / "uv.lock").read_text(encoding="utf-8")
    assert set(re.findall(r'url = "https?://([^/"]+)', text)) == {"files.pythonhosted.org"}


def test_versions_with_known_weaknesses_are_left_out() -> None:
    for name, first in MENDED.items():
        line = next(line for line in DECLARED["dependencies"] if line.startswith(f"{name}>="))
        least = tuple(map(int, line.removeprefix(f"{name}>=").partition(",")[0].split(".")))
        assert least >= first, line
        locked = next(package["version"] for package in LOCK["package"] if package["name"] == name)
        assert tuple(map(int, locked.split(".")[:3])) >= first


def imported() -> set[str]:
    """Return the modules of others that the program imports anywhere."""
    found: set[str] = set()
    for path in (ROOT / "dashboard").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {one.name.partition(".")[0] for one in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add(str(node.module).partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"dashboard"}


def test_all_that_is_imported_is_declared() -> None:
    declared = names(DECLARED["dependencies"])
    for extra in ("cluster", "login", "postgres", "train"):
        declared |= names(DECLARED["optional-dependencies"][extra])
    homes = packages_distributions()
    lacking = {one for one in imported() if not names(homes.get(one, [one])) & declared}
    assert lacking == set()
