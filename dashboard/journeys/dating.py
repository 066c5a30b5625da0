"""When a movement took place: the date words that belong to a cue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dashboard.core.edtf import bounds
from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.models import LegStatus

if TYPE_CHECKING:
    from datetime import date

    from dashboard.core.dates import DateReading
    from dashboard.journeys.scene import Draft, Scene

__all__ = ["day_of_report", "edtf_for", "find_date"]

_SAID = 12  # words before a date in which a verb of saying stands
_SUBORDINATORS = ("ان", "بان", "وان", "انه", "انها", "that", "que")
_AFTER = (
    "بعد",
    "قبل",
    "غداه",
    "عقب",
    "after",
    "before",
    "apres",
    "avant",
)  # what follows was at another time
_VERB = 90  # code points that a verb between counts for
_REACH = 170  # code points between a cue and its date


def find_date(scene: Scene, draft: Draft) -> DateReading | None:
    """Return the date nearest to a cue in its clause, unless it dates a statement; None for none."""
    span = scene.document.spans[draft.sentence]
    cue = scene.words[draft.cue.at]
    best: tuple[float, DateReading] | None = None
    for one in scene.dates:
        if not span[0] <= one.start < span[1]:
            continue
        after = one.start >= cue.end
        distance = one.start - cue.end if after else cue.start - one.end
        if distance > _REACH:
            continue
        cost = distance + (0 if after else 15)
        cost += _VERB * _other_verbs(scene, draft, one)
        if best is None or cost < best[0]:
            best = (cost, one)
    if best is None or best[0] > _REACH:
        return None
    return best[1]


def day_of_report(
    scene: Scene, draft: Draft, status: LegStatus, published: date | None
) -> DateReading | None:
    """Return the day of publication for what is going on, where the sentence before speaks of that day."""
    if published is None or status is not LegStatus.UNDER_WAY or not draft.sentence:
        return None
    first, last = scene.document.spans[draft.sentence - 1]
    today = published.isoformat()
    return next((one for one in scene.dates if first <= one.start < last and one.edtf == today), None)


def _other_verbs(scene: Scene, draft: Draft, date: DateReading) -> int:
    """Count the verbs of saying and of movement between a cue and a date, which may be their date."""
    at = scene.document.word_at(date.start)
    low, high = sorted((at, draft.cue.at))
    own = range(draft.actor.lead, draft.actor.tail + 1)
    count = 0
    for word in range(low + 1, high):
        if word in own or word in scene.date_words:
            continue
        info = scene.info(word)
        if (
            word in scene.cue_at
            or "relative" in info.roles
            or info.finite
            or (info.is_a(WordClass.SPEECH) and not info.is_a(WordClass.TITLE))
        ):
            count += 1
        count += at < word and info.folded in _AFTER
    return count + 2 * _dates_a_saying(scene, at, draft.cue.at)


def _dates_a_saying(scene: Scene, at: int, cue_at: int) -> bool:
    """Tell whether a date is that of a saying: «أعلن الثلاثاء», «قال الناطق، الأربعاء، إن»."""
    begin, _ = scene.sentence_of(at)
    before = range(max(begin, at - _SAID), at)
    said = [word for word in before if _says(scene, word)]
    if not said:
        return False
    if said[-1] >= at - 2 and said[-1] != cue_at:
        return True
    between = range(at, cue_at)
    return any(scene.info(word).folded in _SUBORDINATORS for word in between)


def _says(scene: Scene, at: int) -> bool:
    info = scene.info(at)
    return info.is_a(WordClass.SPEECH) and not info.is_a(WordClass.TITLE) and at not in scene.cue_at


def edtf_for(reading: DateReading | None, status: LegStatus, published: date | None) -> str | None:
    """Return a date as the status means it: a weekday of something planned is the next one; a season, its year."""
    found = _as_meant(reading, status, published) if reading else None
    return found[:4] if found and _SEASON.fullmatch(found) else found


_SEASON = re.compile(r"\d{4}-(2[1-9]|3\d)")


def _as_meant(reading: DateReading, status: LegStatus, published: date | None) -> str | None:
    if status is LegStatus.HYPOTHETICAL:  # a weekday beside a demand is that of the demand
        first = bounds(reading.ahead)[0]
        coming = reading.edtf == reading.ahead and (published is None or first is None or first >= published)
        return reading.edtf if coming else None
    if status is LegStatus.PLANNED:
        return reading.ahead
    first = bounds(reading.edtf)[0]
    if (
        reading.relative
        and reading.edtf
        and published
        and first
        and first > published
        and "/" not in reading.edtf
    ):
        return f"{first.year - 1:04}{reading.edtf[4:]}"  # what happened on 14 August lies behind
    return reading.edtf
