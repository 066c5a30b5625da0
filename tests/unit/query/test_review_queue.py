from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.core.corrections import Decision, Scope
from dashboard.core.models import Article, Candidate, Focus, Kind, Mention, Parse, Place, Resolution
from dashboard.query import Filters, Reach, parse_filters, question_view, reach_of, review_queue
from dashboard.store.corrections import Verdict, decide, make_correction, undo


def asked(store, filters=None):
    return [(q.name, q.mentions, round(q.worth, 2)) for q in review_queue(store, filters or Filters())]


def test_the_questions_worth_most_come_first(world):
    assert asked(world) == [
        ("paris", 3, 0.87),  # in two articles, doubt .3 (not drawn) and twice .5: 1.3 / 3
        ("ليبيا", 2, 0.65),  # in two, .8 and .55
        ("طبرق", 2, 0.35),  # in one
        ("atlantis", 1, 0.3),  # no place, .6, counted half; the sea is sure
        ("باريس", 2, 0.25),  # in one, .9 and .4
    ]
    assert len(review_queue(world, Filters(), limit=2)) == 2


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ({"source": "Wasat"}, ["ليبيا", "طبرق", "باريس"]),
        ({"lang": "fr"}, ["paris"]),
        ({"country": "LY"}, ["ليبيا", "طبرق"]),
        ({"kind": "country"}, ["ليبيا"]),
        ({"from": "2024-02-01", "undated": "0"}, ["paris", "ليبيا", "طبرق"]),
        ({"q": "ship"}, ["atlantis", "paris"]),
        ({"sure": "0.99"}, ["paris", "ليبيا", "طبرق", "atlantis", "باريس"]),
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


def test_whether_iraq_is_iraq_is_not_asked(bare):
    iraq = Place("country:IQ", "Iraq", Kind.COUNTRY, 33.0, 44.0, "IQ")
    text = "Iraq."
    for number, sure in enumerate([0.99] * 6 + [0.85, 0.8]):
        found = (Resolution(Mention(0, 4, "Iraq"), iraq, sure),)
        bare.add(
            Article("t", text, id=f"a{number}", source=f"s{number}"), Parse("en", found, Focus(), "p", "g")
        )
    assert asked(bare) == []
    doubtful = Resolution(Mention(0, 4, "Iraq"), iraq, 0.2)
    for number in range(3):
        article = Article("t", text, id=f"b{number}", source=f"t{number}")
        bare.add(article, Parse("en", (doubtful,), Focus(), "p", "g"))
    assert [name for name, _, _ in asked(bare)] == ["iraq"]


def test_a_decision_s_reach_is_counted_before_it_is_taken(world):
    libya = next(
        item.place for item in world.resolutions("paris") if item.place and item.place.country == "LY"
    )
    every = (Scope.MENTION, Scope.ARTICLE, Scope.SOURCE, Scope.EVERYWHERE)
    counted = reach_of(world, "paris", "ليبيا", libya, every)
    assert [(found.mentions, found.articles) for found in counted.values()] == [
        (1, 1),
        (1, 1),
        (2, 2),
        (2, 2),
    ]
    other = reach_of(world, "paris", "ليبيا", None, (Scope.EVERYWHERE,))  # taken for no place: nowhere
    assert other[Scope.EVERYWHERE] == Reach(0, 0)
    article = world.article("tobruk")
    at = article.text.index("ليبيا")
    verdict = Verdict(Decision.NOT_A_PLACE, None, Scope.EVERYWHERE, "Amal")
    one = make_correction(article, (at, at + 5), libya, verdict)
    done = decide(world, one)
    assert (done.mentions, done.articles) == (2, 2)
    assert (
        reach_of(world, "paris", "ليبيا", libya, every) == counted
    )  # what the parser said is what is reached
    undo(world, one.id, "Amal")


def ask_about(bare, name, sure, candidates, articles=1):
    spots = [
        Place(f"kh:{name}-{number}", name.title(), Kind.CITY, 30.0 + number, 44.0, "IQ")
        for number, _ in enumerate(candidates)
    ]
    told = tuple(Candidate(spot, score) for spot, score in zip(spots, candidates, strict=True))
    for number in range(articles):
        found = (Resolution(Mention(0, len(name), name), spots[0], sure, told),)
        article = Article("t", f"{name} {number}.", id=f"{name}{number}", source=f"s{number}")
        bare.add(article, Parse("en", found, Focus(), "p", "g"))


def test_what_leaves_nothing_to_decide_is_not_asked_and_near_rivals_come_first(bare):
    ask_about(bare, "sea", 0.8, [1.0], articles=7)  # one candidate, surer than not to be a name
    ask_about(bare, "pine", 0.55, [1.0], articles=2)  # one candidate, but perhaps a word
    ask_about(bare, "twin", 0.7, [0.52, 0.48], articles=2)
    ask_about(bare, "plain", 0.7, [0.99, 0.01], articles=2)
    assert [name for name, _, _ in asked(bare)] == ["twin", "pine", "plain"]
    assert [name for name, _, _ in asked(bare, Filters(sources=("s1",)))] == ["twin", "pine", "plain"]
    assert review_queue(bare, Filters())[0].worth == pytest.approx(2 * 0.3 * (1 + 3 * 0.48 / 0.52))
