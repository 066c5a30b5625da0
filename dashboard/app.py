"""The browser door: an ASGI application that carries the page, its files and a health route.

`streamlit run dashboard/app.py` starts it, and so does `kharita run`. Streamlit finds the application by
reading this file, so `app` is assigned in the open.
"""

from __future__ import annotations

import streamlit as st

from dashboard.ui.failure import show_failure
from dashboard.ui.server import PAGE, make_middleware, make_routes, warm_up

__all__ = ["app"]

app = st.App(
    PAGE, routes=make_routes(), middleware=make_middleware(), lifespan=warm_up, on_script_error=show_failure
)
