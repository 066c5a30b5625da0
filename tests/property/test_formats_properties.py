"""Whatever bytes come, every reader gives articles or says in a sentence why not."""

from __future__ import annotations

from contextlib import suppress
from functools import cache

import pytest
from format_samples import GOOD
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.core.errors import ArticleFormatError
from dashboard.core.models import Article
from dashboard.intake import ReadFailure
from dashboard.intake.draft import Content, Draft, Member, Options, Part
from dashboard.intake.registry import FORMATS, reader_of
from dashboard.intake.walk import Walk

SAMPLES = {sample.format: sample for sample in reversed(GOOD)}
SLOWLY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

_changes = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 40), st.binary(max_size=12)),
    min_size=1,
    max_size=4,
)


@cache
def good_bytes(format_id: str) -> bytes:
    return SAMPLES[format_id].make()


def changed(data: bytes, changes) -> bytes:
    """Replace stretches of bytes by others, at shares of the length."""
    for where, length, other in changes:
        at = int(where * len(data))
        data = data[:at] + other + data[at + length :]
    return data


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.id)
@SLOWLY
@given(changes=_changes)
def test_a_damaged_file_gives_articles_or_a_sentence(one, changes):
    data = changed(good_bytes(one.id), changes)
    name = SAMPLES[one.id].name
    items = [item for _, item in Walk(Options()).items(Content.of(data, name), name)]
    assert len(items) < 50
    assert all(isinstance(item, (Article, ReadFailure)) for item in items)
    assert [item for item in items if getattr(item, "code", "") == "crashed"] == []


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.id)
@SLOWLY
@given(data=st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_a_reader_nothing_but_its_own_kinds_of_answer(one, data):
    with suppress(ArticleFormatError):
        for item in reader_of(one)(Content.of(data, SAMPLES[one.id].name), Options()):
            assert isinstance(item, (Draft, Part, Member))
