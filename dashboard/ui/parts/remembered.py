"""What this browser was last set to: it holds where the address says nothing.

The choices lie in cookies, and not beside the store: several people may use one server, each in their own way.
The theme is kept by Streamlit, in the browser too.
"""

from __future__ import annotations

import streamlit as st

from dashboard.web.visit import CHOICES

__all__ = ["remembered"]


def remembered(name: str) -> str:
    """Return the value of one of `CHOICES` that was last chosen in this browser; empty for none, and for nonsense."""
    value = st.context.cookies.to_dict().get(f"kharita_{name}", "")
    return value if value in CHOICES[name] else ""
