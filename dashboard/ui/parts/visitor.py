"""Who looks at the page, and what they may do: asked at every run, and again before anything is changed."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec

import streamlit as st

from dashboard.core.access import Role
from dashboard.core.errors import AccessError
from dashboard.web.guard import vouched_address
from dashboard.web.handles import read_settings
from dashboard.words import LANGUAGES, strings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Visitor", "current_visitor", "leave_unless", "may", "needs"]

Given = ParamSpec("Given")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the page.

    Attributes
    ----------
    address
        As the provider of the log-in vouches for it; empty where there is no log-in, and for a stranger.
    role
        None for who may not even look.
    logged_in
        Whether they have logged in, be their address vouched for or not.
    """

    address: str
    role: Role | None
    logged_in: bool = False


def _claims() -> Mapping[str, Any]:
    """Return what the provider of the log-in said of who looks at the page."""
    return st.user.to_dict()


def current_visitor() -> Visitor:
    """Return who looks at the page; the table of people is read anew each time, so a change holds at once."""
    settings = read_settings()
    if not settings.login:
        return Visitor("", Role.ADMINISTER)
    claims = _claims()
    address, logged_in = vouched_address(claims), claims.get("is_logged_in") is True
    try:
        return Visitor(address, settings.access.role_of(address) if address else None, logged_in)
    except AccessError:
        logger.exception("Nobody is let in")
        return Visitor(address, None, logged_in)


def may(wanted: Role) -> bool:
    """Tell whether who looks at the page may do what a role may."""
    role = current_visitor().role
    return role is not None and role.covers(wanted)


def needs(wanted: Role) -> Callable[[Callable[Given, object]], Callable[Given, None]]:
    """Let a step be taken by those only who may: what a page shows does not bind what a browser sends."""

    def guard(step: Callable[Given, object]) -> Callable[Given, None]:
        @wraps(step)
        def guarded(*args: Given.args, **kwargs: Given.kwargs) -> None:
            if may(wanted):
                step(*args, **kwargs)
                return
            logger.warning("Refused %r to somebody who may not", getattr(step, "__name__", "a step"))
            language = st.query_params.get("ui", "")
            st.toast(strings(language if language in LANGUAGES else "en")("role_refused"))

        guarded.__dict__["needs"] = wanted
        return guarded

    return guard


def leave_unless(wanted: Role) -> None:
    """Run the whole page anew where who looks may not, or no longer: a part of a page runs without the rest."""
    if not may(wanted):
        st.rerun()
