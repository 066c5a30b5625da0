"""What a browser shows of the page before the page's script has run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.render.assets import ASSETS, MAP_SCRIPTS, MAP_STYLES, font_addresses
from dashboard.render.markup import element
from dashboard.render.theme import DARK, FONTS, LIGHT

if TYPE_CHECKING:
    from dashboard.render.theme import Palette
    from dashboard.words import Strings

__all__ = ["opening_head"]

_PATIENCE_S = (
    15  # after which the page is shown whether or not its style has come: it may have something to say
)
_FOR_THE_MAP = (*MAP_SCRIPTS, *MAP_STYLES, "basemap/countries.json")  # below the assets


def opening_head(words: Strings) -> tuple[str, str]:
    """Return what goes to the beginning of the document's head, and to that of its body."""
    links = [
        *(
            element("link", rel="preload", href=address, as_="font", type="font/ttf", crossorigin=True)
            for address in font_addresses(arabic=words.rtl)
        ),
        element("link", rel="stylesheet", href=FONTS),
        # The map's frame asks for them once the page's script has run, one after the other.
        *(element("link", rel="prefetch", href=f"{ASSETS[1:]}/{file}") for file in _FOR_THE_MAP),
    ]
    dark = f"@media (prefers-color-scheme:dark){{{_colours(DARK)}}}"
    style = f"<style>{_colours(LIGHT)}{dark}{_STYLE}</style>"
    said = element("p", words("opening"))
    direction = "rtl" if words.rtl else "ltr"
    return "".join(map(str, links)) + style, str(
        element("div", said, id="kh-opening", role="status", dir=direction)
    )


def _colours(palette: Palette) -> str:
    return f"#kh-opening{{background:{palette.paper};color:{palette.muted};--a:{palette.accent}}}"


# Nothing of the page is seen before its style is there.
_STYLE = f"""
#kh-opening{{position:fixed;inset:0;z-index:9;display:flex;align-items:center;justify-content:center;
font:16px/1.6 "IBM Plex Sans","IBM Plex Sans Arabic",system-ui,sans-serif;animation:kh-late 0s {_PATIENCE_S}s forwards}}
#kh-opening p{{margin:0;padding:10px 18px;border-top:2px solid var(--a)}}
body:has(.stHtml style) #kh-opening{{display:none}}
body:not(:has(.stHtml style)) #root{{visibility:hidden;animation:kh-shown 0s {_PATIENCE_S}s forwards}}
@keyframes kh-late{{to{{visibility:hidden}}}}
@keyframes kh-shown{{to{{visibility:visible}}}}
"""
