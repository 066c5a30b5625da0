"""What a mention shows is a fold over the corrections in force, whatever was decided and undone before."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from dashboard.core.corrections import (
    Decision,
    Scope,
    anchor_of,
    correction_record,
    read_correction,
    signed,
    span_at,
)
from dashboard.core.models import Abstention, Article, Focus, Kind, Mention, Parse, Place, Resolution
from dashboard.store import open_store
from dashboard.store.corrections import (
    Verdict,
    decide,
    export_corrections,
    import_corrections,
    list_corrections,
    make_correction,
    read_lines,
    undo,
)
from dashboard.store.records import place_row
from dashboard.store.schema import article_places, articles, mentions, places

PLACES = [
    Place(f"kh:{n}", f"P{n}", Kind.CITY, float(n), float(n), code)
    for n, code in enumerate(("LY", "EG", "FR", "GR"))
]
SCOPES = list(Scope)
BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
# name, what the parser took it for, how sure it was
ARTICLES = {
    "a": ("North", [("Tripoli", 0, 0.6), ("Tripoli", 1, 0.5), ("Sidon", 2, 0.9)]),
    "b": ("North", [("TRIPOLI", 0, 0.7), ("Sidon", None, 0.4)]),
    "c": (None, [("Tripoli", 0, 0.8), ("Tripoli", 0, 0.3)]),
}


def parsed(key):
    source, found = ARTICLES[key]
    text, resolutions = "", []
    for name, place, confidence in found:
        mention = Mention(len(text), len(text) + len(name), name)
        chosen = None if place is None else PLACES[place]
        why = None if chosen else Abstention.AMBIGUOUS
        resolutions.append(Resolution(mention, chosen, confidence, abstention=why))
        text += f"{name} is named. "
    focus = Focus("kh:3", "G")  # not what the mentions speak for
    return Article(key, text, "en", source, id=key), Parse("en", tuple(resolutions), focus, "p", "g")


PARSED = {key: parsed(key) for key in ARTICLES}
TARGETS = [(key, number) for key in ARTICLES for number in range(len(ARTICLES[key][1]))]
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("decide"),
            st.sampled_from(TARGETS),
            st.sampled_from(SCOPES),
            st.sampled_from([None, 0, 1, 2, 3]),
        ),
        st.tuples(st.just("undo"), st.integers(0, 20)),
        st.tuples(st.just("reparse"), st.sampled_from(sorted(ARTICLES))),
    ),
    max_size=9,
)


def make(step, number):
    _, (key, nth), scope, meant = step
    article, parse = PARSED[key]
    resolution = parse.resolutions[nth]
    if scope is Scope.SOURCE and article.source is None:
        scope = Scope.EVERYWHERE
    place = None if meant is None else PLACES[meant]
    decision = Decision.NOT_A_PLACE if place is None else Decision.WRONG_PLACE
    verdict = Verdict(decision, place, scope, f"person {number % 2}")
    span = (resolution.mention.start, resolution.mention.end)
    made = make_correction(article, span, resolution.place, verdict)
    return signed(replace(made, decided_at=BEGIN + timedelta(seconds=number)))


def reaches(correction, key, resolution):
    article = PARSED[key][0]
    if correction.scope is Scope.MENTION:
        anchor = anchor_of(article.text, resolution.mention.start)
        return correction.article_id == key and correction.anchor == anchor
    if correction.folded != resolution.mention.text.casefold():
        return False
    if correction.scope is Scope.ARTICLE:
        return correction.article_id == key
    same = correction.judged == resolution.place
    return same and (correction.scope is Scope.EVERYWHERE or correction.source == article.source)


def folded(active):
    """Return what each mention must show, found without the store."""
    shown = {}
    for key, nth in TARGETS:
        resolution = PARSED[key][1].resolutions[nth]
        reaching = [one for one in active if reaches(one, key, resolution)]
        best = min(
            reaching, key=lambda one: (SCOPES.index(one.scope), -one.decided_at.timestamp()), default=None
        )
        place, confidence = resolution.place, resolution.confidence
        if best is not None:
            place, confidence = best.place, 0.0 if best.place is None else 1.0
        shown[key, nth] = (place, confidence)
    return shown


def rows(store):
    names = [column for column in mentions.c if column.name != "id"]
    about = [column for column in articles.c if "focus" in column.name or column.name in ("id", "corrected")]
    with store.engine.connect() as connection:
        return [
            sorted(map(repr, connection.execute(select(*columns)).all()))
            for columns in (names, article_places.c, about)
        ]


def filled(folder, name):
    store = open_store(f"sqlite:///{folder}/{name}.sqlite")
    with store.transaction() as connection:  # so that keys of places are the same in every store
        connection.execute(places.insert(), [place_row(place) for place in PLACES])
    for article, parse in PARSED.values():
        store.add(article, parse)
    return store


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_any_history_shows_the_fold_over_what_is_in_force(steps):
    with tempfile.TemporaryDirectory() as folder:
        store, active = filled(Path(folder), "one"), []
        for number, step in enumerate(steps):
            if step[0] == "decide":
                active.append(make(step, number))
                decide(store, active[-1])
            elif step[0] == "undo" and active:
                undo(store, active.pop(step[1] % len(active)).id, "x")
            elif step[0] == "reparse":
                store.replace_parse(step[1], PARSED[step[1]][1])
        shown = {
            (key, nth): (found.place, found.confidence)
            for key in ARTICLES
            for nth, found in enumerate(store.resolutions(key))
        }
        assert shown == folded(active)
        in_force = {item.correction.id for item in list_corrections(store, undone=False)}
        assert in_force == {one.id for one in active}
        with filled(Path(folder), "two") as fresh:
            import_corrections(fresh, read_lines(export_corrections(store)))
            assert rows(store) == rows(fresh)
        store.close()


@given(st.text(max_size=60), st.text("bcdé\u0301طي ", min_size=1, max_size=8), st.text(max_size=20))
def test_a_name_is_found_again_in_a_copy_with_other_white_space(before, name, after):
    name = name.strip()
    if not name or name[0] == "\u0301" or (after and after[0] == "\u0301"):
        return
    text = f"{before}\n{name}\n{after}"
    start = len(before) + 1
    anchor = anchor_of(text, start)
    assert span_at(text, anchor, name) == (start, start + len(name))
    copy = text.replace(" ", "\n\t").replace("\n", "  \n ")
    span = span_at(copy, anchor, name)
    assert span is not None
    assert copy[span[0] : span[1]].split() == name.split()


@given(STEPS)
def test_a_correction_is_the_same_after_writing_and_reading(steps):
    for number, step in enumerate(steps):
        if step[0] == "decide":
            made = make(step, number)
            assert read_correction(correction_record(made)) == made


def test_marks_that_make_one_letter_belong_to_their_name():
    text = "bc\u0301\nde\u0301 f"
    anchor = anchor_of(text, 4)
    assert span_at(text, anchor, "de\u0301") == (4, 7)
    assert span_at(text, anchor, "d\u00e9") == (4, 7)
