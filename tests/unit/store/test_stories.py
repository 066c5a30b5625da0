from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pytest
from sqlalchemy import select, text

from dashboard.core.models import Article, Focus, Parse
from dashboard.store import open_store
from dashboard.store.schema import articles, story_anchors
from dashboard.store.search import folded_text
from dashboard.store.stories import likeness, word_runs

BODY = (
    "أعلنت السلطات في بنغازي أن سفينة تحمل ثلاثة آلاف طن من القمح وصلت إلى الميناء مساء الأحد قادمة من رومانيا.",
    "وقال مدير الميناء عبد السلام الفيتوري إن تفريغ الحمولة سيستغرق أربعة أيام إذا بقي البحر هادئا.",
    "وكانت المخابز في المدينة قد شكت من نقص الدقيق منذ مطلع الشهر الجاري بعد إغلاق الطريق الساحلي.",
    "وأوضح اتحاد المخابز أن الكمية تكفي حاجة المدينة نحو ستة أسابيع وأن سفينة ثانية في الطريق من مالطا.",
    "وتستورد البلاد معظم حاجتها من القمح، وقد ارتفعت أسعاره في الأسواق العالمية خلال الصيف الماضي.",
)
AGENCY = "سفينة قمح تصل إلى بنغازي\n\n" + "\n".join(BODY)
COPIES = {
    "another headline and a credit": "بعد أسابيع من الانتظار: القمح في بنغازي\n"
    + "\n".join(BODY)
    + "\n(وكالات)",
    "cut by the editor": "انفراج أزمة الخبز في شرق البلاد\n" + "\n".join(BODY[:3]) + "\nتحرير: قسم الأخبار",
    "spelt otherwise": "سفينه قمح\n" + "\n".join(BODY).replace("أ", "ا").replace("ة ", "ه "),
    "run together with vowel marks": " ".join(BODY).replace("السلطات", "السُّلُطات").replace("القمح", "القمحِ"),
    "a sentence of its own": "\n".join(
        (*BODY[:2], "وتجمع عشرات الأهالي قرب الرصيف لمشاهدة السفينة.", *BODY[2:])
    ),
}
OTHERS = {
    "another report of the same event": (
        "القمح يصل أخيرا\nرست في ميناء بنغازي أمس باخرة شحن رومانية على متنها ثلاثة آلاف طن من القمح، في وقت تعاني فيه "
        "مخابز المدينة من شح الدقيق. ونقلت إذاعة محلية عن مدير الميناء قوله إن تفريغ الحمولة سيستغرق أربعة أيام. "
        "ورأى خباز في حي الصابري أن الأسعار لن تنخفض قبل وصول شحنات أخرى، فيما وعدت البلدية بمراقبة التوزيع."
    ),
    "the next ship": (
        "سفينة ثانية\nأعلنت السلطات في بنغازي أن باخرة تحمل ألفي طن من الأرز "
        "وصلت إلى الرصيف الجديد صباح الخميس قادمة من الهند. "
        "وقال تجار إن الأسعار تراجعت قليلا في أسواق الجملة، بينما تنتظر البيضاء ودرنة دورهما في التوزيع هذا الأسبوع."
    ),
}
ENGLISH = (
    "A ship with three thousand tons of Romanian wheat docked in Benghazi on Sunday evening, the port said. "
    "Unloading will take four days if the sea stays calm, according to its director. Bakeries in the city "
    "had complained of a lack of flour since the coastal road was closed at the beginning of the month."
)


def stored(store, *texts: str, days: tuple[date | None, ...] = ()) -> list[int]:
    """Store texts one after the other; return the position of the text that begins each one's story."""
    keys: dict[int, int] = {}
    for at, words in enumerate(texts):
        day = days[at] if days else date(2024, 5, 1)
        article = Article(f"Title {at}", words, published=day, id=f"a{at}")
        store.add(article, Parse("ar", (), Focus(), "hand", "gaz"))
    with store.engine.connect() as connection:
        rows = connection.execute(select(articles.c.key, articles.c.story).order_by(articles.c.key)).all()
    keys = {row.key: at for at, row in enumerate(rows)}
    return [keys[row.story] for row in rows]


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_a_copy_is_one_story_with_its_first(store, copy):
    assert stored(store, AGENCY, copy) == [0, 0]


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_a_report_in_other_words_is_a_story_of_its_own(store, other):
    assert stored(store, AGENCY, other) == [0, 1]


def test_copies_of_copies_and_others_in_one_batch(store):
    pairs = [
        (Article(f"t{at}", words, id=f"b{at}"), Parse("ar", (), Focus(), "hand", "gaz"))
        for at, words in enumerate((OTHERS["the next ship"], AGENCY, ENGLISH, *COPIES.values()))
    ]
    store.add_many(pairs)
    with store.engine.connect() as connection:
        found = connection.scalars(select(articles.c.story).order_by(articles.c.key)).all()
    assert found == [1, 2, 3, 2, 2, 2, 2, 2]


def test_only_the_first_of_a_story_is_kept_for_comparison(store):
    stored(store, AGENCY, *COPIES.values())
    with store.engine.connect() as connection:
        assert set(connection.scalars(select(story_anchors.c.article_key))) == {1}


def test_the_same_words_weeks_later_are_another_story(store):
    days = (date(2024, 5, 1), date(2024, 5, 20), None)
    assert stored(store, AGENCY, *list(COPIES.values())[:2], days=days) == [0, 1, 0]


@pytest.mark.parametrize("short", ["", "خبر عاجل", "انفجار يهز العاصمة بغداد"])
def test_flashes_of_a_few_words_are_not_taken_for_copies(store, short):
    assert stored(store, short, short + " دمشق", short + " الآن في دمشق") == [0, 1, 2]


def test_likeness_counts_runs_of_words():
    runs = word_runs(folded_text("one two three four five six"))
    assert len(runs) == 3
    assert likeness(runs, runs) == 1.0
    assert likeness(runs, word_runs(folded_text("one two three four five"))) == pytest.approx(2 / 3)
    assert likeness(runs, word_runs("")) == 0.0
    assert likeness(runs, word_runs(folded_text("six five four three two one"))) == 0.0


def test_links_carry_the_story(store, hand_parser):
    for at, words in enumerate((ENGLISH, "Bread at last\n" + ENGLISH + " (Agencies)")):
        told = words.replace("Benghazi", "Tobruk")
        store.add(Article("t", told, id=f"c{at}"), hand_parser.parse(told, "en"))
    with store.engine.connect() as connection:
        assert connection.execute(text("SELECT story FROM article_places")).scalars().all() == [1, 1]


def test_articles_of_an_older_store_find_their_stories_later(tmp_path, hand_parser):
    path = tmp_path / "old.sqlite"
    with open_store(f"sqlite:///{path}") as store:
        for at, words in enumerate((ENGLISH, "Bread at last\n" + ENGLISH, AGENCY)):
            store.add(
                Article("t", words.replace("Benghazi", "Tobruk"), id=f"d{at}"), hand_parser.parse(words)
            )
    with closing(sqlite3.connect(path)) as database:
        database.executescript("UPDATE articles SET story = NULL; UPDATE article_places SET story = NULL")
        database.execute("DELETE FROM story_anchors")
        database.commit()
    with open_store(f"sqlite:///{path}") as store:
        assert store.find_copies() == 3
        assert store.find_copies() == 0
        with store.engine.connect() as connection:
            assert connection.scalars(select(articles.c.story)).all() == [1, 1, 3]
            links = connection.execute(text("SELECT DISTINCT article_key, story FROM article_places")).all()
            assert all(story == (3 if article == 3 else 1) for article, story in links)
