"""Is it so? The words around a cue that say whether its movement happened, will, or did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.lexicon import CueForm
from dashboard.journeys.models import LegKind, LegStatus

if TYPE_CHECKING:
    from dashboard.journeys.scene import Cue, Scene

__all__ = ["find_status"]

_REACH_NOUN, _REACH_VERB = 9, 6  # words before a cue that may govern it
_AFTER = 4
_STRONG = ("denied", "cancelled", "hypothetical", "alleged", "planned", "habitual", "under way")


def find_status(scene: Scene, cue: Cue) -> tuple[LegStatus, str]:  # noqa: PLR0911 - one for each status
    """Return the status that a cue's sentence gives its movement, and the word that says so (empty for none)."""
    word = cue.reading.cue
    negated = ""
    for away, at in enumerate(_governing(scene, cue), 1):
        info = scene.info(at)
        status = _status_at(scene, at)
        if status is None or status == "happened":
            continue
        if status == "negation":
            if (away <= 2 and cue.finite) or away == 1:  # noqa: PLR2004 - لم يصل, عدم وصول
                negated = scene.words[at].text
            continue
        if _reaches(scene, at, cue, status, away):
            if status == "planned" and negated:
                return LegStatus.DENIED, negated
            return LegStatus(status), scene.words[at].text
        del info
    if negated:
        return LegStatus.DENIED, negated
    for at in _following(scene, cue):
        status = _status_at(scene, at)
        if status == "planned" and scene.info(at).folded.startswith("ال"):  # الزيارة المزمعة
            return LegStatus.PLANNED, scene.words[at].text
    if cue.future:
        return LegStatus.PLANNED, scene.words[cue.at].text
    if word.form is CueForm.PRESENT:
        return _of_present(scene, cue)
    return LegStatus.HAPPENED, ""


def _of_present(scene: Scene, cue: Cue) -> tuple[LegStatus, str]:
    """Return the status of a verb in the present: a visit is under way, a purpose is planned, else it happened."""
    word = cue.reading.cue
    if "ل" in cue.reading.particle:
        return LegStatus.PLANNED, scene.words[cue.at].text
    if word.kind in (LegKind.VISIT, LegKind.TRANSFER, LegKind.DEPLOYMENT):
        return LegStatus.UNDER_WAY, scene.words[cue.at].text
    return LegStatus.HAPPENED, ""


def _governing(scene: Scene, cue: Cue) -> list[int]:
    """Return the words before a cue that may govern it, nearest first: within its clause."""
    begin, _ = scene.sentence_of(cue.at)
    reach = _REACH_VERB if cue.finite else _REACH_NOUN
    words = []
    for at in range(cue.at - 1, max(begin, cue.at - 1 - reach) - 1, -1):
        gap = scene.words[at + 1].gap
        if any(mark in gap for mark in ".؛;:") and at + 1 < cue.at:
            break
        if (
            at in scene.cue_at
            and scene.cue_at[at].finite
            and at not in scene.actor_at
            and not scene.info(at).status
        ):
            break
        words.append(at)
    return words


def _following(scene: Scene, cue: Cue) -> range:
    _, end = scene.sentence_of(cue.at)
    return range(cue.last + 1, min(end, cue.last + 1 + _AFTER + 3))


def _status_at(scene: Scene, at: int) -> str | None:
    """Return the status word or phrase that begins at a word."""
    words = scene.words
    for phrase, status in scene.document.lexicon.status_phrases:
        parts = phrase.split()
        if (
            words[at].info.folded.endswith(parts[0])
            and [w.info.folded for w in words[at + 1 : at + len(parts)]] == parts[1:]
        ):
            return status
    info = scene.info(at)
    if info.status is None or (
        at in scene.actor_at and not info.is_a(WordClass.SPEECH | WordClass.GOVERNMENT_VERB)
    ):
        return None
    return info.status


def _reaches(scene: Scene, at: int, cue: Cue, status: str, away: int) -> bool:
    """Tell whether a status word governs a cue: nothing that ends its scope stands between."""
    folded = scene.info(at).folded
    if status == "hypothetical" and folded in ("قد", "ان"):  # قد وصل happened, قد يصل may
        return folded == "قد" and away == 1 and cue.reading.cue.form is CueForm.PRESENT
    if status in ("under way", "habitual") and away > 4:  # noqa: PLR2004
        return False
    between = range(at + 1, cue.at)
    blocked = sum(1 for word in between if "relative" in scene.info(word).roles)
    return blocked == 0
