from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.store.grades import MAX_GRADED, pack_grades

_sure = st.sampled_from([step / 10 for step in range(11)]) | st.floats(0, 1)


@given(st.lists(_sure, max_size=5) | st.lists(_sure, min_size=MAX_GRADED - 1, max_size=MAX_GRADED + 3))
def test_grades_count_the_mentions_that_are_so_sure(confidences: list[float]) -> None:
    packed = pack_grades(confidences)
    for at in range(9):
        count = sum(value >= (at + 1) / 10 for value in confidences)
        assert packed >> 6 * at & MAX_GRADED == min(count, MAX_GRADED)
    assert packed < 1 << 54
