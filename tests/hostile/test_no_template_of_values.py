"""By construction: nothing but constants of this program enters a template, and no element of folium compiles data."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "dashboard"
FILES = sorted(path for path in ROOT.rglob("*.py") if "_data" not in path.parts)
# Calls whose argument is compiled as a template, or which compile what they render.
COMPILERS = {
    "Template",
    "from_string",
    "compile_expression",
    "Element",
    "Html",
    "Popup",
    "Tooltip",
    "IFrame",
    "DivIcon",
}
UNTYPED = {"eval", "exec"}
HOMES = {"folium", "branca", "jinja2"}


def name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def root_of(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def constant(node: ast.expr) -> bool:
    """Tell whether an expression is written out in the code, whole."""
    return isinstance(node, ast.Constant) or (
        isinstance(node, ast.BinOp) and constant(node.left) and constant(node.right)
    )


def faults(source: str) -> list[str]:
    """Return what in a module could hand a value to a template compiler."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name, given = name_of(node.func), [*node.args, *(word.value for word in node.keywords)]
            if name in COMPILERS and not all(map(constant, given)):
                found.append(f"line {node.lineno}: a value enters {name}(...)")
            if name in UNTYPED:
                found.append(f"line {node.lineno}: {name}(...)")
            if root_of(node.func) in HOMES and name not in COMPILERS:
                found.append(f"line {node.lineno}: an element of {root_of(node.func)} as it is: it compiles")
        if isinstance(node, ast.ClassDef):
            bases = [ast.unparse(base) for base in node.bases]
            if any(base.partition(".")[0] in HOMES for base in bases) and "Written" not in bases:
                found.append(f"line {node.lineno}: {node.name} is no Written element")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_value_enters_a_template(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        'Template(f"{x}")', "Template(x)", 'Template("{{ a }}" + x)', 'jinja2.Template("{}".format(x))',
        "env.from_string(x)", "Element(html)", "folium.Popup(title)", "folium.Marker((1, 2))", "eval(x)",
        "class A(folium.Marker): pass", "class A(folium.Marker, Other): pass", "Template(source=x)",
    ],
)  # fmt: skip
def test_the_walk_finds_what_it_is_to_find(source: str) -> None:
    assert len(faults(source)) >= 1


def test_the_walk_lets_names_pass() -> None:
    assert faults('Template("{{ this.name }}" "{{ this.json }}")') == []
    assert faults("class A(folium.Marker, Written): pass") == []


def test_templates_of_ours_hold_names_only() -> None:
    allowed = {"this.get_name()", "this._parent.get_name()", "this.json", "this.view|tojson"}
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and name_of(node.func) == "Template":
                source = ast.literal_eval(node.args[0])
                blanks = {part.partition("}}")[0].strip() for part in source.split("{{")[1:]}
                assert blanks <= allowed
