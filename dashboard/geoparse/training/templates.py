"""Sentences made from templates: names of towns where they name none, beside names where they do.

Streets, clubs, ships, papers and people are called after towns. Annotated news has too few of each kind to
learn from; a template shows the same company with ever other names, so that the company is learned and no name.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.errors import GoldFormatError
from dashboard.core.models import Kind
from dashboard.core.text import fold_name, is_arabic
from dashboard.gazetteer.names import keys_of
from dashboard.geoparse.lexicon import LANGUAGES
from dashboard.geoparse.training.corpora import GoldToponym, LabelledText

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from dashboard.gazetteer.index import Gazetteer

__all__ = ["fill_templates"]

_SLOT = re.compile(r"<([TPG])>")
_FILLED = 12  # sentences made of each template
_WEIGHT = 0.25
_LEAST_PEOPLE = 20_000
_FAVOUR = 0.4  # a town of 30 times the people is taken 4 times as often
_RAREST = 3.8  # Zipf frequency above which a town's name is left out: it is an ordinary word


def fill_templates(folder: Path, lexicon: Path, gazetteer: Gazetteer, seed: int) -> list[LabelledText]:
    """Make sentences of the templates `ar.txt`, `en.txt` and `fr.txt` of a folder.

    Parameters
    ----------
    lexicon
        Folder of the word lists, for given names.
    seed
        The same seed gives the same sentences.

    Raises
    ------
    GoldFormatError
        A template has no slot.
    """
    texts = []
    for language in LANGUAGES:
        chosen = random.Random(f"{seed} {language}")  # noqa: S311 - the same choice each time
        towns = _towns(gazetteer, language)
        given = _lines(lexicon / f"given_names.{language}.txt")
        for number, template in enumerate(_lines(folder / f"{language}.txt")):
            if not _SLOT.search(template):
                raise GoldFormatError(f"'{folder / language}.txt': {template!r} has no <T>, <P> or <G>.")
            for copy in range(_FILLED):
                text, toponyms = _filled(template, chosen, towns, given)
                name = f"template-{language}-{number}-{copy}"
                texts.append(LabelledText(name, text, language, toponyms, weight=_WEIGHT, places=False))
    return texts


def _lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _towns(gazetteer: Gazetteer, language: str) -> dict[str, float]:
    """Return the names of towns, of one word that means nothing else as far as we know, and how often to take each."""
    city = gazetteer.kinds.index(Kind.CITY)
    rows = np.flatnonzero((gazetteer.kind == city) & (gazetteer.population >= _LEAST_PEOPLE))
    people: dict[str, float] = {}
    for row in rows.tolist():
        name = gazetteer.place(row).name_in(language)
        if name.isalpha() and is_arabic(name) == (language == "ar"):
            people[name] = max(people.get(name, 0.0), float(gazetteer.population[row]))
    frequency = gazetteer.zipf(keys_of(fold_name(name) for name in people), language)
    return {
        name: people[name] ** _FAVOUR
        for name, zipf in zip(people, frequency.tolist(), strict=True)
        if zipf < _RAREST
    }


def _filled(
    template: str, chosen: random.Random, towns: Mapping[str, float], given: Sequence[str]
) -> tuple[str, tuple[GoldToponym, ...]]:
    parts, toponyms, length = [], [], 0
    for number, piece in enumerate(_SLOT.split(template)):
        text = piece
        if number % 2:
            text = chosen.choice(given) if piece == "G" else chosen.choices([*towns], [*towns.values()])[0]
            if piece == "P":
                toponyms.append(GoldToponym(length, length + len(text)))
        parts.append(text)
        length += len(text)
    return "".join(parts), tuple(toponyms)
