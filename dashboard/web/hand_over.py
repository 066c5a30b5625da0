"""What a view of the page comes to when it is handed over, for the page, the command line and the API alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dashboard.core.errors import FilterError
from dashboard.query import FilterProblem, format_filters, select_all
from dashboard.render.exports import DOSSIER, Handover
from dashboard.render.theme import LIGHT
from dashboard.store.corrections import export_corrections
from dashboard.web.filter_words import filter_labels
from dashboard.words import strings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.query import Filters, Selection
    from dashboard.render.theme import Palette
    from dashboard.store import Store
    from dashboard.words import Strings

__all__ = ["dossier_name", "make_handover", "refuse"]

_ODD = re.compile(r"[^\w]+")
_LONGEST_NAME = 60


def make_handover(
    store: Store,
    filters: Filters,
    words: Strings,
    colours: Palette = LIGHT,
    *,
    selection: Selection | None = None,
    **look: Any,  # noqa: ANN401 - fields of `Handover`
) -> Handover:
    """Return what these filters let through, told in the language of `words`.

    Parameters
    ----------
    selection
        What they let through, where that is known already.
    look
        How CSV is written, and the like; `corrections` are read from the store unless they are among them.
    """

    def place_name(place_id: str) -> str:
        place = store.place(place_id)
        return place.name_in(words.language) if place else place_id

    if "corrections" not in look:
        look["corrections"] = b"".join(export_corrections(store))
    return Handover(
        selection=selection or select_all(store, filters),
        words=words,
        said=filter_labels(filters, words, place_name),
        parameters=format_filters(filters),
        colours=colours,
        **look,
    )


def dossier_name(store: Store, place: str = "", story: str = "") -> str:
    """Return the name of the file that a dossier goes into: that of the place, or the id of the story's article."""
    found = store.place(place) if place else None
    about = found.name if found else place or f"story {story}"
    plain = _ODD.sub("-", about).strip("-").lower()[:_LONGEST_NAME]
    return f"kharita-{plain or 'place'}{DOSSIER.suffix}"


def refuse(problems: Iterable[FilterProblem | tuple[str, str]]) -> None:
    """Stop at the first parameter that can't be read; the page leaves it out instead, and says so.

    Raises
    ------
    FilterError
        There is one; the sentence is in English, for the command line and the API.
    """
    for problem in problems:
        if isinstance(problem, FilterProblem):
            said = strings("en")(f"problem_{problem.issue.value}", value=problem.value)
            raise FilterError(f"The parameter {problem.name!r} can't be read: {said}.")
        name, value = problem
        raise FilterError(f"The parameter {name!r} can't be {value!r}.")
