"""The last guard: what a visitor sees when the page fails for a reason that nobody foresaw."""

from __future__ import annotations

import logging

import streamlit as st

from dashboard.render.panel.notice import notice
from dashboard.words import strings

__all__ = ["show_failure"]

logger = logging.getLogger(__name__)


def show_failure(error: Exception) -> bool:
    """Log an error and tell the visitor what to do; True: Streamlit need not show it."""
    logger.error("The page failed", exc_info=error)
    words = strings(st.query_params.get("ui", "en"))
    st.html(str(notice(words("error_title"), words("error_unexpected"))))
    return True
