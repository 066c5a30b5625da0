from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, select

from dashboard.core.corrections import Decision, Scope, signed
from dashboard.core.errors import CorrectionError
from dashboard.core.models import Abstention, Article, Focus, Kind, Place
from dashboard.store import open_store
from dashboard.store.corrections import (
    BadLine,
    Verdict,
    decide,
    export_corrections,
    find_correction,
    import_corrections,
    list_corrections,
    make_correction,
    mention_checks,
    read_lines,
    undo,
)
from dashboard.store.schema import article_places, articles, mentions

PARIS_TEXAS = Place("geonames:4717560", "Paris", Kind.CITY, 33.66, -95.55, "US", "PPL", population=24_000)
FRANCE_PARIS = "geonames:2988507"
TEXTS = {
    "one": ("Wasat", "وصل الوفد إلى باريس. ثم عاد من باريس إلى طبرق."),
    "two": ("Wasat", "Paris is far. Paris is near Libya."),
    "three": ("Herald", "Paris again, and Nowhere; Tobruk."),
    "four": ("Herald", "Tobruk alone. Poplar is a tree."),
}
ARTICLES = {
    key: Article(key, text, None, source, None, date(2024, 5, 1), id=key)
    for key, (source, text) in TEXTS.items()
}
CLOCK = iter(range(1, 1_000_000))


@pytest.fixture
def filled(store, hand_parser):
    store.add_many((article, hand_parser.parse(article.text)) for article in ARTICLES.values())
    return store


def tables(store):
    """Return all that views read, row by row."""
    with store.engine.connect() as connection:
        return [
            sorted(map(repr, map(tuple, connection.execute(select(table)))))
            for table in (mentions, article_places, articles)
        ]


def correction(article="two", surface="Paris", *, nth=0, scope=Scope.MENTION, place=None, **more):
    """Return a correction of the nth time that an article names something, each later than the one before."""
    text = ARTICLES[article].text
    start = -1
    for _ in range(nth + 1):
        start = text.index(surface, start + 1)
    default = Decision.WRONG_PLACE if place else Decision.NOT_A_PLACE
    verdict = Verdict(
        more.get("decision", default), place, scope, more.get("who", "Amal"), more.get("why", "")
    )
    judged = more.get("judged", {"Paris": FRANCE_PARIS, "باريس": FRANCE_PARIS}.get(surface))
    made = make_correction(ARTICLES[article], (start, start + len(surface)), None, verdict)
    known = Place(judged, "Paris", Kind.CITY, 48.85, 2.35, "FR") if judged else None
    time = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=next(CLOCK))
    return signed(replace(made, judged=known, decided_at=time))


def places(store, article="two"):
    found = store.resolutions(article)
    return [(item.mention.text, item.place and item.place.id, item.confidence) for item in found]


def test_a_mention_alone_is_corrected_and_the_article_counted_anew(filled):
    done = decide(filled, correction(nth=1, place=PARIS_TEXAS))
    assert done == (1, 1)
    assert places(filled)[:2] == [("Paris", FRANCE_PARIS, 0.4), ("Paris", PARIS_TEXAS.id, 1.0)]
    assert filled.focus("two") == Focus(PARIS_TEXAS.id, "LY")
    with filled.engine.connect() as connection:
        rows = connection.execute(select(article_places.c["confidence", "mentions", "focus", "leads"])).all()
    assert (
        1.0,
        1,
        1,
        3,
    ) in rows  # Paris in Texas: sure, named once, the focus, first of its country and kind
    assert filled.place(PARIS_TEXAS.id) == PARIS_TEXAS


@pytest.mark.parametrize(
    ("scope", "changed"),
    [
        (Scope.ARTICLE, {"two": 2}),
        (Scope.SOURCE, {"two": 2}),
        (Scope.EVERYWHERE, {"two": 2, "three": 1}),
    ],
)
def test_each_scope_reaches_as_far_as_it_says(filled, scope, changed):
    done = decide(filled, correction(scope=scope, place=PARIS_TEXAS))
    texas = {key: sum(row[1] == PARIS_TEXAS.id for row in places(filled, key)) for key in TEXTS}
    assert {key: count for key, count in texas.items() if count} == changed
    assert done == (sum(changed.values()), len(changed))


def test_the_same_name_in_another_context_stays(filled):
    other = correction(scope=Scope.EVERYWHERE, place=PARIS_TEXAS, judged="geonames:1")
    assert decide(filled, other) == (0, 0)


def test_right_pins_and_not_a_place_takes_away(filled):
    decide(filled, correction(place=filled.place(FRANCE_PARIS), decision=Decision.RIGHT))
    decide(filled, correction(nth=1))
    first, second = filled.resolutions("two")[:2]
    assert (first.place.id, first.confidence) == (FRANCE_PARIS, 1.0)
    assert (second.place, second.confidence, second.abstention) == (None, 0.0, Abstention.NOT_A_PLACE)
    checks = mention_checks(filled, "two")
    assert sorted(checks) == [0, 1]
    assert (checks[1].parsed_place.id, checks[1].parsed_confidence) == (FRANCE_PARIS, 0.4)
    assert checks[0].correction.who == "Amal"


def test_a_narrower_scope_wins_whenever_it_was_decided_and_then_the_later(filled):
    decide(filled, correction(nth=0, place=PARIS_TEXAS))
    decide(filled, correction(scope=Scope.EVERYWHERE))
    assert [row[1] for row in places(filled)[:2]] == [PARIS_TEXAS.id, None]
    decide(filled, correction(scope=Scope.ARTICLE, place=PARIS_TEXAS))
    decide(filled, correction(scope=Scope.SOURCE))
    assert [row[1] for row in places(filled)[:2]] == [PARIS_TEXAS.id] * 2
    assert places(filled, "three")[0][1] is None
    decide(filled, correction(nth=0))
    assert [row[1] for row in places(filled)[:2]] == [None, PARIS_TEXAS.id]


def test_undoing_gives_back_exactly_what_the_parser_said(filled):
    before = tables(filled)
    made = [
        correction(nth=1, place=PARIS_TEXAS),
        correction(scope=Scope.EVERYWHERE),
        correction("three", "Paris", scope=Scope.ARTICLE, place=PARIS_TEXAS),
        correction("four", "Poplar", place=PARIS_TEXAS, decision=Decision.ADDED),
        correction("one", "باريس", scope=Scope.SOURCE, place=PARIS_TEXAS),
    ]
    for one in made:
        decide(filled, one)
    assert tables(filled) != before
    for one in made:
        undo(filled, one.id, "Karim")
    assert tables(filled) == before
    listed = list_corrections(filled)
    assert [(item.correction.undone_by, item.mentions) for item in listed] == [("Karim", 0)] * 5
    assert list_corrections(filled, undone=False) == []


def test_a_decision_writes_only_the_counts_that_it_changes(filled):
    written = []

    def note(_connection, _cursor, statement, parameters, _context, many):
        if statement.startswith(("INSERT INTO article_places", "DELETE FROM article_places")):
            written.extend(parameters if many else [parameters])

    before = set(tables(filled)[1])
    event.listen(filled.engine, "before_cursor_execute", note)
    decide(filled, correction("two", "Libya"))
    event.remove(filled.engine, "before_cursor_execute", note)
    after = set(tables(filled)[1])
    assert len(before - after) == len(written) == 1  # what is said of Paris stays as it was
    assert after < before


def test_each_change_is_counted(filled):
    one = correction(place=PARIS_TEXAS)
    versions = [filled.data_version()]
    for step in (
        lambda: decide(filled, one),
        lambda: undo(filled, one.id, "x"),
        lambda: import_corrections(filled, [one]),
    ):
        step()
        versions.append(filled.data_version())
    assert versions == [versions[0], versions[0] + 1, versions[0] + 2, versions[0] + 2]


def test_corrections_survive_a_new_parse(filled, make_parser):
    decide(filled, correction(nth=1, place=PARIS_TEXAS))
    decide(filled, correction("three", "Tobruk", scope=Scope.ARTICLE))
    shown = tables(filled)[1:]
    newer = make_parser("hand-2")
    for key, article in ARTICLES.items():
        filled.replace_parse(key, newer.parse(article.text))
    assert tables(filled)[1:] == shown
    assert filled.parser_ids() == {("hand-2", "gaz-hand"): 4}
    for item in list_corrections(filled):
        undo(filled, item.correction.id, "Karim")
    assert [row[2] for row in places(filled)[:2]] == [0.4, 0.4]


def test_a_decision_on_a_mention_outlives_a_parser_that_no_longer_finds_it(filled, make_parser, hand_parser):
    decide(filled, correction(nth=1, place=PARIS_TEXAS))
    blind = replace(make_parser("blind").parse(""), parser_id="blind")
    filled.replace_parse("two", blind)
    assert places(filled) == [("Paris", PARIS_TEXAS.id, 1.0)]
    assert filled.counts().mentions == 8
    filled.replace_parse("two", hand_parser.parse(ARTICLES["two"].text))
    assert [row[1] for row in places(filled)][:2] == [FRANCE_PARIS, PARIS_TEXAS.id]


def test_a_name_that_the_parser_missed_is_marked_and_unmarked(filled):
    one = correction("four", "Poplar", place=PARIS_TEXAS, decision=Decision.ADDED)
    decide(filled, one)
    assert places(filled, "four")[1] == ("Poplar", PARIS_TEXAS.id, 1.0)
    decide(filled, correction("four", "Poplar"))
    assert len(places(filled, "four")) == 1
    assert mention_checks(filled, "four") == {}


def test_new_articles_get_the_corrections_in_force(filled, hand_parser):
    decide(filled, correction(scope=Scope.EVERYWHERE, place=PARIS_TEXAS))
    text = "Paris and Libya."
    filled.add(Article("five", text, id="five"), hand_parser.parse(text))
    assert places(filled, "five")[0] == ("Paris", PARIS_TEXAS.id, 1.0)
    assert list_corrections(filled)[0].mentions == 4


def test_a_trail_travels_and_comes_back_the_same(filled, tmp_path, hand_parser):
    made = [correction(nth=1, place=PARIS_TEXAS, why="the county court"), correction("one", "باريس")]
    for one in made:
        decide(filled, one)
    undo(filled, made[1].id, "Karim")
    lines = list(export_corrections(filled))
    with open_store(f"sqlite:///{tmp_path / 'other.sqlite'}") as other:
        copy = replace(ARTICLES["two"], text=ARTICLES["two"].text.replace(" ", "\n ", 1))
        other.add(copy, hand_parser.parse(copy.text))
        first = import_corrections(other, read_lines(lines))
        assert ([one.id for one in first.added], first.known, first.conflicts) == (
            [one.id for one in made],
            0,
            (),
        )
        assert first.replayed == (1, 1)
        assert places(other)[1] == ("Paris", PARIS_TEXAS.id, 1.0)
        again = import_corrections(other, read_lines(lines))
        assert (again.added, again.undone, again.known, again.replayed) == ((), 0, 2, (0, 0))
        assert list(export_corrections(other)) == lines
        undo(other, made[0].id, "Huda")
        back = import_corrections(filled, read_lines(export_corrections(other)))
        assert (back.undone, back.known) == (1, 1)
        assert places(filled)[1][1] == FRANCE_PARIS


def test_conflicts_name_both_and_the_later_wins(filled):
    mine = correction(scope=Scope.ARTICLE, place=PARIS_TEXAS)
    theirs = correction(scope=Scope.ARTICLE, who="Huda")
    same = correction(scope=Scope.ARTICLE, place=PARIS_TEXAS, who="Nur")
    decide(filled, mine)
    found = import_corrections(filled, [theirs, same]).conflicts
    assert [(one.earlier.who, one.later.who) for one in found] == [("Amal", "Huda")]
    undo(filled, same.id, "Amal")
    assert places(filled)[0][1] is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda line: line[:40], "not a line of JSON"),
        (lambda _: b"[1]\n", "not an object"),
        (lambda line: line.replace(b'"who"', b'"whom"'), "'who' is missing"),
        (lambda line: line.replace(b'"Amal"', b'"Eve"'), "changed by hand"),
        (lambda line: line.replace(b"wrong_place", b"wrung_place"), "wrung_place"),
        (lambda line: line.replace(b"33.66", b"133.66"), "lies nowhere"),
        (lambda line: line.replace(b"+00:00", b""), "without a zone"),
    ],
)
def test_bad_lines_say_which_and_why(filled, change, said):
    decide(filled, correction(place=PARIS_TEXAS))
    good = next(export_corrections(filled))
    found = list(read_lines([good, b"\n", change(good)]))
    assert found[0].place == PARIS_TEXAS
    assert isinstance(found[1], BadLine)
    assert found[1].line == 3
    assert said in found[1].problem


def test_what_makes_no_sense_is_refused(filled):
    with pytest.raises(CorrectionError, match="who decided"):
        correction(who="  ")
    with pytest.raises(CorrectionError, match="does not fit"):
        correction(decision=Decision.RIGHT)
    with pytest.raises(CorrectionError, match="no known source"):
        signed(replace(correction(), source=None, scope=Scope.SOURCE))
    one = correction()
    decide(filled, one)
    undo(filled, one.id, "Amal")
    with pytest.raises(CorrectionError, match="undone already"):
        undo(filled, one.id, "Amal")
    with pytest.raises(CorrectionError, match="no correction"):
        undo(filled, "0" * 32, "Amal")


def test_a_correction_is_found_by_the_beginning_of_its_id(filled):
    one = correction()
    decide(filled, one)
    assert find_correction(filled, one.id[:6]) == one
    with pytest.raises(CorrectionError, match="No correction"):
        find_correction(filled, "zz")
    decide(filled, correction(nth=1))
    with pytest.raises(CorrectionError, match="More than one"):
        find_correction(filled, "")


def test_a_failed_decision_leaves_nothing(filled):
    one = correction(place=PARIS_TEXAS)
    decide(filled, one)
    before, version = tables(filled), filled.data_version()
    with pytest.raises(Exception, match=r"(?i)unique"):
        decide(filled, one)
    assert (tables(filled), filled.data_version()) == (before, version)
