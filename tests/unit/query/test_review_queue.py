from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.core.corrections import Decision, Scope
from dashboard.core.models import Kind
from dashboard.query import Filters, parse_filters, question_view, review_queue
from dashboard.store.corrections import Verdict, decide, make_correction, undo


def asked(store, filters=None):
    return [(q.name, q.mentions, round(q.worth, 2)) for q in review_queue(store, filters or Filters())]


def test_the_questions_worth_most_come_first(world):
    assert asked(world) == [
        ("paris", 3, 1.3),  # .3 not drawn, twice .5
        ("طبرق", 2, 0.7),
        ("ليبيا", 2, 0.65),  # .8 and .55
        ("باريس", 2, 0.5),  # .9 and .4
        ("atlantis", 1, 0.3),  # no place, .6, counted half; the sea is sure
    ]
    assert len(review_queue(world, Filters(), limit=2)) == 2


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ({"source": "Wasat"}, ["طبرق", "ليبيا", "باريس"]),
        ({"lang": "fr"}, ["paris"]),
        ({"country": "LY"}, ["طبرق", "ليبيا"]),
        ({"kind": "country"}, ["ليبيا"]),
        ({"from": "2024-02-01", "undated": "0"}, ["paris", "طبرق", "ليبيا"]),
        ({"q": "ship"}, ["atlantis", "paris"]),
        ({"sure": "0.99"}, ["paris", "طبرق", "ليبيا", "باريس", "atlantis"]),
    ],
)
def test_the_filters_are_respected_but_for_how_sure(world, address, names):
    filters, _ = parse_filters(address)
    assert [name for name, _, _ in asked(world, filters)] == names


def test_a_question_is_shown_with_sentences_of_different_articles(world):
    question = review_queue(world, Filters())[0]
    view = question_view(world, question, Filters())
    assert (view.place.name, view.mentions, view.articles) == ("Paris", 3, 2)
    assert view.confidence == pytest.approx(1.3 / 3)
    assert [(one.article_id, one.number) for one in view.examples] == [("twice", 0), ("sea", 1)]
    first = view.examples[0]
    assert first.sentence[slice(*first.span)] == "Paris"
    assert first.resolution.place == view.place
    assert len(question_view(world, question, Filters(), examples=1).examples) == 1
    assert question_view(world, question, Filters(kinds=(Kind.CAMP,))) is None


def test_a_question_that_is_answered_is_settled_until_the_answer_is_undone(world):
    question = review_queue(world, Filters())[0]
    view = question_view(world, question, Filters())
    example = view.examples[0]
    article = world.article(example.article_id)
    span = (example.resolution.mention.start, example.resolution.mention.end)
    verdict = Verdict(Decision.RIGHT, view.place, Scope.EVERYWHERE, "Amal")
    one = make_correction(article, span, view.place, verdict)
    decide(world, one)
    assert question_view(world, question, Filters()) is None
    assert question.key not in {other.key for other in review_queue(world, Filters())}
    undo(world, one.id, "Amal")
    assert question_view(world, question, Filters()) == view
    narrow = make_correction(article, span, view.place, replace(verdict, scope=Scope.MENTION))
    decide(world, narrow)
    assert question_view(world, question, Filters()).mentions == 2
    undo(world, narrow.id, "Amal")
