"""What the program says, found in its own code: the keys of messages, whole or made of pieces."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import dashboard

_SPEAKERS = {"words", "english"}  # what a `Strings` is called where it is used
_PIECES = 3  # letters that tell one f-string from any other


@dataclass
class Said:
    """The keys asked for, whole (`asked`) or as patterns, each with a place; and all strings of the code."""

    asked: dict[str, str] = field(default_factory=dict)
    patterns: dict[str, str] = field(default_factory=dict)
    strings: set[str] = field(default_factory=set)

    def uses(self, key: str) -> bool:
        return key in self.strings or any(re.fullmatch(pattern, key) for pattern in self.patterns)


def _speaks(call: ast.Call) -> bool:
    """Whether a call is `words(...)`, `page.words(...)` or `strings("en")(...)`."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in _SPEAKERS
        case ast.Call(func=ast.Name(id="strings")):
            return True
    return False


def _pattern(text: ast.JoinedStr) -> str:
    return "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in text.values)


def _keys(argument: ast.expr) -> list[ast.expr]:
    match argument:
        case ast.IfExp(body=body, orelse=orelse):
            return _keys(body) + _keys(orelse)
        case ast.Constant(value=str()) | ast.JoinedStr():
            return [argument]
    return []


@pytest.fixture(scope="session")
def said() -> Said:
    found = Said()
    for path in sorted(Path(dashboard.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            where = f"{path.name}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.strings.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                pattern = _pattern(node)
                if sum(len(p.value) for p in node.values if isinstance(p, ast.Constant)) >= _PIECES:
                    found.patterns.setdefault(pattern, "")
            elif isinstance(node, ast.Call) and node.args and _speaks(node):
                for key in _keys(node.args[0]):
                    if isinstance(key, ast.Constant):
                        found.asked.setdefault(key.value, where)
                    elif isinstance(key, ast.JoinedStr):
                        found.patterns[_pattern(key)] = where
    return found


@pytest.fixture(scope="session")
def nested() -> list[tuple[str, str, str]]:
    """Return counts inside sentences: key of the sentence (empty for one in a list), the blank, key of the count."""
    found = []
    for path in sorted(Path(dashboard.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and _speaks(node):
                outer = [key.value for key in _keys(node.args[0]) if isinstance(key, ast.Constant)]
                found += [
                    (sentence, word.arg or "", count)
                    for word in node.keywords
                    for sentence in outer
                    for count in _counted(word.value)
                ]
            elif isinstance(node, ast.List | ast.Tuple):
                found += [("", "", count) for one in node.elts for count in _counted(one)]
    return found


def _counted(node: ast.expr) -> list[str]:
    """Return the keys of a count that is made there and then."""
    is_count = isinstance(node, ast.Call) and node.args and _speaks(node)
    if not is_count or not any(word.arg == "n" for word in node.keywords):
        return []
    return [key.value for key in _keys(node.args[0]) if isinstance(key, ast.Constant)]
