"""The browser door: an ASGI application that carries the page, its files and a health route.

`streamlit run dashboard/app.py` starts it, and so does `kharita run`. Streamlit finds the application by
reading this file, so `app` is assigned in the open.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.ui.identity import address_in
from dashboard.ui.parts.failure import show_failure
from dashboard.web.server import make_middleware, make_routes, warm_up

__all__ = ["app"]

PAGE = Path(__file__).resolve().parent / "ui" / "page.py"

app = st.App(
    PAGE,
    routes=make_routes(),
    middleware=make_middleware(address_in),
    lifespan=warm_up,
    on_script_error=show_failure,
)
