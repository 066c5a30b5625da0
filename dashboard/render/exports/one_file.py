"""What every page in one file has: a head whose policy lets nothing be fetched, and the colours of both themes."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING

from markupsafe import Markup

from dashboard.render.markup import element, join, line
from dashboard.render.theme import DARK, KIND_COLOURS, LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.render.theme import Palette
    from dashboard.words import Strings

__all__ = ["colour_variables", "raw", "whole_page"]


def whole_page(words: Strings, title: str, body: Markup, *, style: str, scripts: Sequence[str] = ()) -> str:
    """Return a page that asks nobody for anything.

    Parameters
    ----------
    body
        Holds the elements of `scripts` too, where there are any.
    style, scripts
        Of our own making; the policy names them by their hash, and lets no other run or be read.
    """
    head = [
        Markup('<meta charset="utf-8">'),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(scripts, style)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", line(title)),
        raw("style", style),
    ]
    whole = element(
        "html",
        join([element("head", join(head)), element("body", body)]),
        lang=words.language,
        dir="rtl" if words.rtl else "ltr",
    )
    return f"<!doctype html>\n{whole}\n"


def raw(tag: str, content: str, **attributes: object) -> Markup:
    """Return an element whose content is a script, data or a style sheet of our own making."""
    if f"</{tag}" in content.lower() or "<!--" in content:
        raise ValueError(f"This can't stand in a {tag} element.")
    return element(tag, Markup(content), **attributes)  # noqa: S704 - checked above


def _hash(content: str) -> str:
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def _policy(scripts: Sequence[str], style: str) -> str:
    allowed = " ".join(map(_hash, scripts)) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _told(colours: Palette) -> str:
    own = {key.replace("_", "-"): value for key, value in asdict(colours).items() if key != "name"}
    return "".join(f"--{name}:{value};" for name, value in own.items())


def colour_variables() -> str:
    """Return the style sheet that names the colours of both themes and of the kinds of places."""
    kinds = "".join(f".k-{kind.value}{{--k:{colour}}}" for kind, colour in KIND_COLOURS.items())
    return (
        f":root{{color-scheme:light dark;{_told(LIGHT)}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{_told(DARK)}}}}}"
        f':root[data-theme="light"]{{color-scheme:light;{_told(LIGHT)}}}'
        f':root[data-theme="dark"]{{color-scheme:dark;{_told(DARK)}}}{kinds}'
    )
