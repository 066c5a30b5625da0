"""Sentences made from templates: names of places where they name none, beside names where they do.

Streets, clubs, ships, papers and people are called after towns, and towns stand in frames that annotated news has too
few of. A template shows the same company with ever other names, so that the company is learned and no name. A sentence
is made alone and, as often, beside others that name places of the same country or the very name.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from dashboard.core.errors import GoldFormatError
from dashboard.geoparse.lexicon import LANGUAGES
from dashboard.geoparse.training.corpora import GoldToponym, LabelledText
from dashboard.geoparse.training.names import NamePools, lines_of, lists_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from dashboard.gazetteer.index import Gazetteer

__all__ = ["fill_templates"]

_SLOT = re.compile(r"<((?:(?:de|à|le) )?[TNPACGDISWK]|[a-z]+\+?)>")
_FILLED = 20  # sentences made of each template
_WEIGHT = 0.35
_ALONE, _ECHO = 0.5, 0.3  # shares of sentences without company, and of the others with the name itself near
_MONTHS = {
    "ar": ("يناير", "آذار", "أفريل", "ماي", "حزيران", "يوليو", "آب", "سبتمبر", "أكتوبر", "كانون الأول"),
    "en": ("Jan 3", "March 14", "May 2", "1 July", "12 August", "Oct 9", "6/12/2023"),
    "fr": ("3 janvier", "14 mars", "2 mai", "1er juillet", "12 août", "9 octobre", "6/12/2023"),
}
_VOWELS = "aeiouyhâàéèêîïôûAEIOUYHÂÀÉÈÊÎÏÔÛ"


def fill_templates(folder: Path, lexicon: Path, gazetteer: Gazetteer, seed: int) -> list[LabelledText]:
    """Make sentences of the templates `ar.txt`, `en.txt` and `fr.txt` of a folder.

    Parameters
    ----------
    lexicon
        Folder of the word lists.
    seed
        The same seed gives the same sentences.

    Raises
    ------
    GoldFormatError
        A template has no slot, or one that is unknown.
    """
    texts = []
    for language in LANGUAGES:
        lines = lines_of(folder / f"{language}.txt")
        lists = lists_of(lexicon, language)
        for line in lines:
            asked = _SLOT.findall(line)
            if not asked or any(slot.rstrip("+") not in lists for slot in asked if slot.islower()):
                raise GoldFormatError(
                    f"'{folder / language}.txt': {line!r} has no slot, or one that is unknown."
                )
        company = [line.removeprefix("& ") for line in lines if line.startswith("& ")]
        pools = NamePools(gazetteer, language)
        for number, template in enumerate(line for line in lines if not line.startswith("& ")):
            # Each template has a chance of its own, so that a new one does not change what the others give.
            chosen = random.Random(f"{seed} {language} {template}")  # noqa: S311 - the same choice each time
            for copy in range(_FILLED):
                made = _Maker(language, pools, lists, chosen).text(template, company)
                name = f"template-{language}-{number}-{copy}"
                texts.append(LabelledText(name, *made, weight=_WEIGHT, places=False))
    return texts


class _Maker:
    """One text in the making."""

    def __init__(
        self,
        language: str,
        pools: NamePools,
        lists: Mapping[str, Sequence[str]],
        chosen: random.Random,
    ) -> None:
        self._language, self._pools, self._lists, self._chosen = language, pools, lists, chosen
        self._country = 0
        self._last = ""
        self._text = ""
        self._toponyms: list[GoldToponym] = []

    def text(self, template: str, company: Sequence[str]) -> tuple[str, str, tuple[GoldToponym, ...]]:
        """Return the text, its language, and its toponyms."""
        alone = not company or self._chosen.random() < _ALONE
        before = not alone and self._chosen.random() < 1 / 2
        if before:
            self._add(self._chosen.choice(company))
            self._text += self._chosen.choice((" ", "\n"))
        self._add(template)
        if not alone and not before:
            echo = self._last if self._chosen.random() < _ECHO else ""
            self._text += self._chosen.choice((" ", "\n"))
            self._add(self._chosen.choice(company), echo)
        return self._text, self._language, tuple(self._toponyms)

    def _add(self, template: str, echo: str = "") -> None:
        """Add one sentence; `echo` is a name that its first slot takes."""
        small, title, upper = (template.startswith(mark) for mark in ("_ ", "^ ", "^^"))
        template = template[2:] if small or title or upper else template
        for number, piece in enumerate(_SLOT.split(template)):
            if number % 2 == 0:
                self._text += piece
                continue
            form, kind = piece.rsplit(" ", 1) if " " in piece else ("", piece)
            name, is_place = (echo, True) if echo and kind == "P" else self._fill(kind)
            echo = "" if kind == "P" else echo
            if kind in "TNPACK":
                self._last = name
            name = name.title() if title and name.islower() else name
            self._put(name, form, is_place=is_place, upper=upper and kind in "PAC", small=small)

    def _put(self, name: str, form: str, *, is_place: bool, upper: bool, small: bool) -> None:
        """Write a name, with its article or particle, and note it when it is a place."""
        name = name.upper() if upper else name.lower() if small else name
        if self._language == "fr":
            self._elide(name)
            self._text += _article(form, name)
        if self._language == "ar" and re.search(r"(?:^|\W)[وف]?ل$", self._text) and name.startswith("ال"):
            name = "ل" + name[2:]
        # In a hashtag a name is one word.
        if re.search(r"#\w*$", self._text):
            name = name.replace(" ", "_" if self._language == "ar" else "").replace("-", "")
        if is_place:
            self._toponyms.append(GoldToponym(len(self._text), len(self._text) + len(name)))
        self._text += name

    def _elide(self, name: str) -> None:
        """Turn the last "de" or "le" before a vowel into "d'" or "l'"."""
        if name[:1] in _VOWELS:
            self._text = re.sub(r"\b([dlDL])[ea] $", r"\1'", self._text)

    def _fill(self, kind: str) -> tuple[str, bool]:
        """Return what fills a slot, and whether it names a place."""
        chosen, pools = self._chosen, self._pools
        if (word_list := self._lists.get(kind.rstrip("+"))) is not None:
            word = chosen.choice(word_list)
            return "ال" * (kind.endswith("+") and not word.startswith("ال")) + word, False
        if kind == "W":
            return pools.word(chosen), False
        if kind == "S":
            return pools.surname(chosen), False
        if kind == "D":
            month = chosen.choice(_MONTHS[self._language])
            return f"{chosen.randint(1, 30)} {month}" if self._language == "ar" else month, False
        if kind == "I":
            return pools.initials(chosen), True
        if kind in "CK" or (kind == "N" and chosen.random() < 1 / 4):
            name, country = pools.country(chosen)
        elif kind == "A":
            name, country = pools.any(chosen)
        else:
            name, country = pools.town(chosen, self._country, any_big=kind in "TN")
        if kind in "PA":
            self._country = country
        return name, kind in "PAC"


def _article(form: str, name: str) -> str:
    """Return the French article or preposition with article before the name of a place, by rule of thumb."""
    if not form:
        return ""
    vowel, town = name[:1] in _VOWELS, not name.endswith(("e", "s"))
    if form == "de":
        return "d'" if vowel else "de "
    if form == "à":
        return "en " if name.endswith("e") else "à "
    if town:
        return ""
    return "l'" if vowel else "les " if name.endswith("s") else "la "
