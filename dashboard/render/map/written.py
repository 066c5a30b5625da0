"""What goes from here to the map's script: written once as text, and never read as a template.

folium's elements render their script, and then compile the result as a template of its own when they hand it to
the figure. Whatever stands in the script, the name of a place for instance, would be compiled with it: a text like
`{{ … }}` would run. The elements here hand over finished text, and the templates of this program hold names only.
"""

from __future__ import annotations

import json
import re
from typing import Any

import folium
import orjson
from branca.element import Element, Figure, MacroElement

__all__ = ["DataLayer", "Finished", "Written", "script_json"]

_PARTS = ("header", "html", "script")  # macros of a template, and where in a figure each of them goes
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
# Inside strings only: JSON's own braces stay. What ends a script or opens a template, in Jinja and JavaScript.
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&'{}`$\u2028\u2029"}
_DANGER = re.compile("[<>&'{}`$\u2028\u2029]")


class Finished(Element):
    """A piece of a page that is text already."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **_: object) -> str:
        """Return the text as it is."""
        return self.text


class Written(MacroElement):
    """An element whose template is rendered once: what comes of it is never compiled.

    Named as a further base beside an element of folium, it stands in the place of branca's `MacroElement`.
    """

    def render(self, **keywords: Any) -> None:  # type: ignore[override]  # noqa: ANN401 - branca's own
        """Hand header, body and script to the figure as finished text."""
        figure = self.get_root()
        if not isinstance(figure, Figure):
            raise TypeError("This element is in no figure: it can't be rendered.")
        macros = vars(self._template.module)
        for part in _PARTS:
            if macro := macros.get(part):
                getattr(figure, part).add_child(Finished(macro(self, keywords)), name=self.get_name())
        for child in self._children.values():
            child.render(**keywords)


class DataLayer(folium.FeatureGroup, Written):
    """A layer of which the browser gets data, and no markup; `json` is what its template passes on."""

    def __init__(self, name: str, data: object) -> None:
        super().__init__(name=name)
        self.json = script_json(data)


def script_json(data: object) -> str:
    """Return data as JSON that may stand in a script: what could end the script, or open a template, is escaped."""
    try:
        written = orjson.dumps(data).decode()
    except orjson.JSONEncodeError:  # half of a surrogate pair, as a damaged file name may hold
        written = json.dumps(data, separators=(",", ":"))
    return _STRING.sub(_escaped, written) if _DANGER.search(written) else written


def _escaped(found: re.Match[str]) -> str:
    text = found.group()
    return text.translate(_UNSAFE) if _DANGER.search(text) else text
