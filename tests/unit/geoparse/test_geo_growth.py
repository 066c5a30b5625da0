"""Work grows with the text, not with its square; and batches are bounded by letters."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np

from dashboard.geoparse import parser as module
from dashboard.geoparse import place_context
from dashboard.geoparse.documents import find_spans, read_batch
from dashboard.geoparse.place_context import Cases
from dashboard.geoparse.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.geoparse import Geoparser

MOST = 2.3  # times the work that twice the text may cost


def _calls(work: Callable[[], object]) -> int:
    """Count the calls of Python functions that a piece of work makes."""
    count = 0

    def seen(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def _unknown_villages(count: int) -> str:
    letters = "بتثجحخدذرزسشصضطظعغقكلمنهي"
    names = (f"زق{letters[n % 25]}{letters[n // 25 % 25]}{letters[n // 625 % 25]}وخة" for n in range(count))
    return " ".join(f"وصل إلى قرية {name} أمس." for name in names)


def test_unknown_names_are_put_in_order_once(hand_parser: Geoparser) -> None:
    small, large = _unknown_villages(2_000), _unknown_villages(4_000)
    hand_parser.parse(large)  # its words are learned
    found = hand_parser.parse(large).resolutions
    assert len(found) > 3_000
    starts = [resolution.mention.start for resolution in found]
    assert starts == sorted(starts)
    once, twice = (_calls(lambda text=text: hand_parser.parse(text)) for text in (small, large))
    assert twice <= MOST * once


def test_forty_thousand_unknown_names_are_read(hand_parser: Geoparser) -> None:
    assert len(hand_parser.parse(_unknown_villages(40_000)).resolutions) > 30_000


def test_each_option_is_put_beside_so_many_names_at_most(vocabulary, small_gazetteer, monkeypatch) -> None:
    text = "Paris, Rome, Benghazi, Cairo, Tripoli, طبرق, بنغازي."
    batch = read_batch(vocabulary, [text], ["en"])
    spans = find_spans(vocabulary, batch)
    weight = np.linspace(0.5, 1.0, len(spans))
    full = Cases(vocabulary, small_gazetteer, spans, batch.article[spans.first], weight)
    assert len(full._most_telling()) == len(full.article)
    monkeypatch.setattr(place_context, "_MOST_TELLING", 2)
    kept = full._most_telling()
    assert len(kept) == 2
    assert full.weight[kept].min() >= np.sort(full.weight)[-2]
    assert full.context().shape[0] == len(full.place)


def test_a_batch_holds_so_many_letters_at_most(hand_parser: Geoparser, monkeypatch) -> None:
    monkeypatch.setattr(module, "_BATCH_LETTERS", 50)
    seen: list[int] = []
    read = module.read_batch

    def count(vocabulary, texts, languages):
        seen.append(sum(map(len, texts)))
        return read(vocabulary, texts, languages)

    monkeypatch.setattr(module, "read_batch", count)
    texts = [("He flew to Paris.", "en")] * 9 + [("He flew to Rome. " * 10, "en")]
    parses = list(hand_parser.parse_many(texts))
    assert len(parses) == len(texts)
    assert len(parses[-1].resolutions) == 10
    assert max(seen[:-1]) <= 50
    assert sum(seen) == sum(len(text) for text, _ in texts)


def test_a_vocabulary_for_training_forgets_nothing(small_gazetteer, lexicon, monkeypatch):
    monkeypatch.setattr("dashboard.geoparse.vocabulary._MAX_WORDS", 2)
    for forgets, kept in ((True, 1), (False, 4)):
        vocabulary = Vocabulary(small_gazetteer, lexicon, forgets=forgets)
        vocabulary.intern(["one", "two", "three"])
        vocabulary.make_room()
        assert len(vocabulary.folded) == kept
