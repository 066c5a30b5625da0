"""When a movement took place: the date words that belong to a cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.geoparse.lexicon import WordClass
from dashboard.journeys.models import LegStatus

if TYPE_CHECKING:
    from dashboard.core.dates import DateReading
    from dashboard.journeys.scene import Draft, Scene

__all__ = ["find_date"]

_AHEAD = (LegStatus.PLANNED, LegStatus.HYPOTHETICAL)
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
        cost += 60 * _other_verbs(scene, draft, one)
        if best is None or cost < best[0]:
            best = (cost, one)
    if best is None or best[0] > _REACH:
        return None
    return best[1]


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
            or info.finite
            or (info.is_a(WordClass.SPEECH) and not info.is_a(WordClass.TITLE))
        ):
            count += 1
    just_said = at - 1
    if at < draft.cue.at:  # قال الثلاثاء إن: the date of the saying
        for word in range(max(0, just_said - 5), at):
            info = scene.info(word)
            if info.is_a(WordClass.SPEECH) and not info.is_a(WordClass.TITLE) and word not in scene.cue_at:
                count += 1
                break
    return count


def edtf_for(reading: DateReading | None, status: LegStatus) -> str | None:
    """Return a date as the status means it: a weekday of something planned is the next one."""
    if reading is None:
        return None
    return reading.ahead if status in _AHEAD else reading.edtf
