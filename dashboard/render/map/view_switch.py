"""The switch between the views of one selection, as links that keep everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.render.markup import element, join, visit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markupsafe import Markup

    from dashboard.words import Strings

__all__ = ["segments", "view_switch"]


def segments(
    options: Sequence[tuple[str, str]], chosen: str, label: str, address: Callable[[str], str], class_: str
) -> Markup:
    """Return links of which one is in force.

    Parameters
    ----------
    options
        Values with what they are called.
    address
        Makes the query string of a value.
    """
    links = [
        visit(address(value), name, aria_current="true" if value == chosen else None)
        for value, name in options
    ]
    return element("nav", join(links), class_=f"kh-segments {class_}", aria_label=label)


def view_switch(views: Sequence[str], chosen: str, words: Strings, address: Callable[[str], str]) -> Markup:
    """Return the switch of the map; the empty view shows the places."""
    options = [(name, words(f"view_{name or 'places'}")) for name in ("", *views)]
    return segments(options, chosen, words("views"), address, "kh-views")
