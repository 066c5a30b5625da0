"""Lines that somebody else wrote: whatever stands in a field, reading ends in a decision or in one sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.core.actor_changes import ActorChange, HeldOffice, actor_record, signed_actor_change
from dashboard.core.article_changes import ArticleChange, ArticleField, change_record, signed_change
from dashboard.core.corrections import Correction, Decision, Scope, correction_record, signed
from dashboard.core.errors import CorrectionError
from dashboard.core.journey_decisions import JourneyDecision, JourneyVerdict, decision_record, signed_decision
from dashboard.core.models import Kind, Place
from dashboard.core.record_types import person, read_time
from dashboard.core.signed_records import content_id
from dashboard.store.corrections import BadLine, read_lines

WHEN = datetime(2024, 5, 1, 12, 30, 15, 250, tzinfo=UTC)
ARTICLE = "a" * 32
CAMP = Place(
    "user:camp", "Far Camp", Kind.CAMP, 31.5, 24.5, "LY", "", "مخيم بعيد", None, 2, 300, "adm1:LY-BU"
)
DECIDED = {"who": "Amal", "why": "", "decided_at": WHEN}
GOOD = {
    "place": correction_record(
        signed(Correction(Decision.ADDED, Scope.ARTICLE, "Camp", ARTICLE, 5, "Wasat", None, CAMP, **DECIDED))
    ),
    "article": change_record(
        signed_change(ArticleChange(ARTICLE, ArticleField.TITLE, {"title": "New"}, {"title": "Old"}, **DECIDED))
    ),
    "journey": decision_record(
        signed_decision(JourneyDecision(JourneyVerdict.ONE, "a:1:2", ("b:1:2",), **DECIDED))
    ),
    "actor": actor_record(
        signed_actor_change(
            ActorChange(
                "haftar", "person", "LY", ("حفتر",), ("Haftar",), (), (HeldOffice("king", "LY", "2019"),), **DECIDED
            )
        )
    ),
}  # fmt: skip
SENTENCE = re.compile(r"[^\n]{5,300}")
TRACES = re.compile(r"__init__|NoneType|object has no|Traceback|not supported|validation error|pydantic")
LONG = "x" * 3_000_000


def read(record):
    (found,) = read_lines([orjson.dumps(record)])
    return found


def sealed(kind, path, value):
    """Return a line in which one field is another, signed as its writer would."""
    record = orjson.loads(orjson.dumps(GOOD[kind]))
    inner = record
    *way, last = path.split(".")
    for step in way:
        inner = inner[int(step) if isinstance(inner, list) else step]
    inner[last] = value
    return record | {"id": content_id(record)} if path != "id" else record


@pytest.mark.parametrize("kind", GOOD)
def test_a_line_is_read_as_it_was_written(kind):
    assert not isinstance(read(GOOD[kind]), BadLine)
    assert read(GOOD[kind]).id == GOOD[kind]["id"]
    with_mark = read_lines([b"\xef\xbb\xbf" + orjson.dumps(GOOD[kind]) + b"\r", b"\r"])
    assert [one.id for one in with_mark] == [GOOD[kind]["id"]]


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("actor", "type", "nonsense"),
        ("actor", "country", "Libya"),
        ("actor", "names_en", "Haftar"),
        ("actor", "names_en", [LONG]),
        ("actor", "names_ar", ["x"] * 31),
        ("actor", "offices.0.zzz", 1),
        ("actor", "offices.0.since", 2019),
        ("actor", "offices.0.country", "<b>"),
        ("place", "id", 5),
        ("place", "id", [1]),
        ("place", "place", [1]),
        ("place", "place", "x"),
        ("place", "anchor", 2**63),
        ("place", "anchor", True),
        ("place", "anchor", 1.5),
        ("place", "surface", 5),
        ("place", "surface", "a\x00b"),
        ("place", "article_id", "../../etc/passwd\n"),
        ("place", "place.name", LONG),
        ("place", "place.name", "two\nlines"),
        ("place", "place.country", "<b>"),
        ("place", "place.country", "X" * 1000),
        ("place", "place.id", "../../etc/passwd\n"),
        ("place", "place.id", "geonames:1\n"),
        ("place", "place.latitude", True),
        ("place", "place.latitude", "31"),
        ("place", "place.longitude", 181),
        ("place", "place.radius_km", -1e300),
        ("place", "place.population", 1e308),
        ("place", "place.population", 2**63),
        ("place", "place.kind", "nonsense"),
        ("place", "place.admin1", LONG),
        ("place", "place.zzz", 1),
        ("place", "judged", []),
        ("place", "scope", ["article"]),
        ("place", "source", LONG),
        ("place", "undone_by", LONG),
        ("place", "why", None),
        ("place", "record", 5),
        ("place", "record", "nonsense"),
        ("article", "after.title", None),
        ("article", "after.title", ""),
        ("article", "after.title", LONG),
        ("article", "before.title", None),
        ("article", "after", {}),
        ("article", "before", {}),
        ("article", "after", [["title", "x"]]),
        ("article", "field", "text"),
        ("journey", "others", "b:1:2"),
        ("journey", "others", [5]),
        ("journey", "report", None),
        ("journey", "verdict", "perhaps"),
        *((kind, "decided_at", "0001-01-01T00:00:00+14:00") for kind in GOOD),
        *((kind, "undone_at", "9999-12-31T23:59:59-14:00") for kind in GOOD),
        *((kind, "undone_at", 5) for kind in GOOD),
        *((kind, "decided_at", "2024-05-01T00:00:00") for kind in GOOD),
        *((kind, "undone_by", LONG) for kind in GOOD),
        *((kind, "who", "") for kind in GOOD),
        *((kind, "who", LONG) for kind in GOOD),
        *((kind, "zzz", 1) for kind in GOOD),
    ],
)  # fmt: skip
def test_a_signed_line_with_a_field_of_another_kind_is_one_sentence(kind, path, value):
    found = read(sealed(kind, path, value))
    assert isinstance(found, BadLine)
    assert SENTENCE.fullmatch(found.problem)
    assert not TRACES.search(found.problem)
    assert "changed by hand" not in found.problem


@pytest.mark.parametrize(
    ("field", "columns"),
    [
        ("published", {"published_edtf": "garbage<b>"}),
        ("published", {"published": "20240531"}),
        ("published", {"published": 5}),
        ("published", {"date_origin": "nonsense"}),
        ("published", {"date_suspect": 1}),
        ("language", {"language": "{{7*7}} <b>"}),
        ("source", {"source": "a\u202eb"}),
        ("source", {"source": "x" * 201}),
        ("url", {"url": "javascript:x"}),
        ("url", {"url": ["https://a.example"]}),
        ("story", {"story": {}}),
        ("removed", {"removed": "yes"}),
    ],
)
def test_columns_of_articles_are_checked_before_and_after(field, columns):
    plain = {"published_edtf": None, "published": None, "date_origin": None, "date_suspect": False,
             "removed": False}  # fmt: skip
    good = {name: plain.get(name) for name in columns}
    for sides in ({"after": columns, "before": good}, {"after": good, "before": columns}):
        record = orjson.loads(orjson.dumps(GOOD["article"])) | {"field": field} | sides
        assert isinstance(read(record | {"id": content_id(record)}), BadLine)
    record = orjson.loads(orjson.dumps(GOOD["article"])) | {"field": field, "after": good, "before": good}
    assert not isinstance(read(record | {"id": content_id(record)}), BadLine)


def test_a_day_on_which_nothing_is_published_is_refused():
    record = orjson.loads(orjson.dumps(GOOD["article"]))
    record |= {"field": "published", "after": {"published": "9999-12-31"}, "before": {"published": None}}
    assert "9999" in read(record | {"id": content_id(record)}).problem


def test_a_decision_of_tomorrow_is_taken_and_one_of_next_year_is_not():
    now = datetime.now(UTC)
    assert read_time((now + timedelta(hours=23)).isoformat())
    with pytest.raises(ValueError, match="future"):
        read_time((now + timedelta(days=2)).isoformat())
    found = read(sealed("article", "decided_at", "2099-01-01T00:00:00.000000+00:00"))
    assert "lies in the future" in found.problem


@pytest.mark.parametrize(
    "line", [b"[1]", b"5", b"null", b'"x"', b"{}", b'{"record":null}', b"[" * 5000, b"\xff"]
)
def test_what_is_no_record_is_one_sentence(line):
    (found,) = read_lines([line])
    assert isinstance(found, BadLine)
    assert SENTENCE.fullmatch(found.problem)


def test_a_line_that_is_far_too_long_is_not_read():
    assert "longer than" in next(iter(read_lines([b'{"a":"' + b"x" * 1_000_001 + b'"}']))).problem


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
FIELDS = [(kind, path) for kind, record in GOOD.items() for path in record] + [
    (kind, f"{path}.{name}")
    for kind, path in (("place", "place"), ("article", "after"), ("actor", "offices.0"))
    for name in (GOOD[kind]["offices"][0] if kind == "actor" else GOOD[kind][path])
]  # fmt: skip


@given(st.sampled_from(FIELDS), JSON)
def test_any_value_in_any_field_is_read_or_told(field, value):
    try:
        line = orjson.dumps(sealed(*field, value))
    except TypeError:  # a number of more than 64 bits, half a surrogate pair
        return
    for found in read_lines([line]):
        if isinstance(found, BadLine):
            assert not TRACES.search(found.problem)


def test_whoever_decides_here_can_be_read_elsewhere():
    assert person(" Amal\u202e\x1b Q. ", "who?") == "Amal Q."
    for who in (" \u202e", "x" * 501):
        with pytest.raises(CorrectionError):
            person(who, "who?")
    with pytest.raises(CorrectionError, match="population"):
        signed(replace(read(GOOD["place"]), place=replace(CAMP, population=-1)))
    with pytest.raises(CorrectionError, match="no sort of actor"):
        signed_actor_change(replace(read(GOOD["actor"]), type="nonsense"))
    with pytest.raises(CorrectionError, match="at most"):
        signed_change(replace(read(GOOD["article"]), why=LONG))
