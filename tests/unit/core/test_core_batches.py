from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.core.batches import bounded


@pytest.mark.parametrize(
    ("weights", "pieces"),
    [
        ([], []),
        ([1, 1, 1, 1, 1], [[1, 1, 1], [1, 1]]),
        ([5, 6, 1], [[5], [6, 1]]),
        ([50, 1, 60], [[50], [1], [60]]),
    ],
)
def test_pieces_are_bounded_by_number_and_weight(weights, pieces):
    assert list(bounded(weights, 3, lambda weight: weight, 10)) == pieces


@given(st.lists(st.integers(0, 30)), st.integers(1, 8), st.integers(1, 40))
def test_nothing_is_lost_and_no_piece_is_too_heavy(weights, most, limit):
    pieces = list(bounded(weights, most, lambda weight: weight, limit))
    assert [weight for piece in pieces for weight in piece] == weights
    for piece in pieces:
        assert 0 < len(piece) <= most
        assert len(piece) == 1 or sum(piece) <= limit


def test_a_piece_is_given_before_more_than_one_further_item_is_read():
    read = []

    def items():
        for number in range(10):
            read.append(number)
            yield number

    assert next(bounded(items(), 3, lambda _: 1, 100)) == [0, 1, 2]
    assert read == [0, 1, 2]
