"""What recurs in a source is not the article, wherever it stands and whichever article came first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.intake.boilerplate import Lines, find_boilerplate, mark_lines

OWN = "جملة رقم {n} لا تتكرر في مقال آخر {word}"
FOOTER = "جميع الحقوق محفوظة لصحيفة المثال ولا يجوز النسخ"


def _word(number: int) -> str:
    """Return a word of letters that no other number has."""
    return "".join(chr(ord("ا") + 1 + int(digit)) for digit in str(number)) + "ة"


def _article(number: int, *more: str, head: tuple[str, ...] = (), lines: int = 4) -> str:
    body = [OWN.format(n=number, word=_word(number * 100 + line)) for line in range(lines)]
    return "\n".join([f"عنوان {_word(number)} طويل بما يكفي", "", *head, *body, *more])


def _found(texts: list[str], days: list[int | None] | None = None, stories: list[int] | None = None):
    days = days or list(range(len(texts)))
    stories = stories or list(range(len(texts)))
    given_lines = [Lines(*one, mark_lines(text)) for *one, text in zip(stories, days, texts, strict=True)]
    spans = find_boilerplate(given_lines)
    return [[text[start:end] for start, end in some] for text, some in zip(texts, spans, strict=True)]


def test_a_footer_and_a_menu_of_a_small_source_are_found_with_their_ornaments():
    menu, rule = "الرئيسية | أخبار | رياضة", "--------"
    texts = [_article(n, rule, FOOTER, head=(menu,)) for n in range(5)]
    assert _found(texts) == [[menu, f"{rule}\n{FOOTER}"]] * 5


def test_spelling_and_digits_make_no_other_line():
    texts = [_article(n, f"{FOOTER.replace('ة', 'ه')} © {2000 + n}") for n in range(5)]
    assert all(len(one) == 1 for one in _found(texts))


def test_three_articles_are_too_few():
    assert _found([_article(n, FOOTER) for n in range(3)]) == [[]] * 3


def test_background_that_a_story_repeats_for_some_days_is_the_article():
    told = "وكانت المدينة قد شهدت اشتباكات في الأسبوع الماضي"
    texts = [_article(n, *((told,) if n < 8 else ())) for n in range(40)]
    assert not any(_found(texts, [n // 4 for n in range(40)]))
    assert [one == [told] for one in _found(texts)].count(
        True
    ) == 8  # spread over as many days, it is a formula


def test_copies_and_versions_count_once():
    texts = [_article(n, FOOTER) for n in range(10)]
    assert not any(_found(texts, stories=[0] * 10))
    same = [_article(1, FOOTER, lines=n) for n in range(3, 9)]  # one title
    assert not any(_found(same))


def test_titles_of_other_articles_are_related_links_and_so_is_what_stands_behind_the_same_words():
    texts = [_article(n) for n in range(30)]
    titles = [text.split("\n")[0] for text in texts]
    for n in range(6):
        texts[n] += f"\nاقرأ أيضا: {titles[n + 10]}"
    texts[7] += "\nاقرأ أيضا: مقال قديم ليس هنا في المخزن"
    texts[8] += f"\nوقال الرئيس: هذا كلام طويل لا يتكرر\n{titles[20]}"
    found = _found(texts)
    assert [one.startswith("اقرأ") for some in found[:6] for one in some] == [True] * 6
    assert found[7] == ["اقرأ أيضا: مقال قديم ليس هنا في المخزن"]
    assert found[8] == [titles[20]]
    assert not any(found[9:])


def test_closing_blocks_are_found_only_where_a_source_has_the_habit():
    def texts(count: int) -> list[str]:
        made = []
        for n in range(40):
            block = [f"خبر آخر من اليوم نفسه {_word(70_000 + n // 5 * 10 + m)}" for m in range(4)]
            made.append(_article(n, *(block if n < count else ())))
        return made

    days = [n // 5 for n in range(40)]
    assert [len(one) for one in _found(texts(30), days)] == [1] * 30 + [0] * 10
    assert not any(_found(texts(5), days))


def test_the_title_is_never_boilerplate():
    texts = [f"نشرة الأخبار\n\n{OWN.format(n=n, word=_word(n))}" for n in range(9)]
    assert _found(texts) == [[]] * 9


def test_empty_articles_and_none_are_no_trouble():
    assert find_boilerplate([]) == []
    assert _found(["", "عنوان", "--\n--", ""]) == [[]] * 4


@given(
    st.lists(
        st.lists(st.sampled_from([FOOTER, "...", "أ: ب ج", "x", "سطر آخر طويل"]), max_size=6), max_size=14
    )
)
def test_spans_rise_hold_whole_lines_and_follow_from_the_set_alone(bodies):
    texts = [_article(n, *body, lines=2) for n, body in enumerate(bodies)]
    lines = [Lines(n, n // 2, mark_lines(text)) for n, text in enumerate(texts)]
    spans = find_boilerplate(lines)
    for text, some in zip(texts, spans, strict=True):
        edges = [edge for span in some for edge in span]
        assert edges == sorted(edges)
        assert len(set(edges)) == len(edges)
        for start, end in some:
            assert text[start - 1] == "\n"
            assert end == len(text) or text[end] == "\n"
    order = [*range(1, len(texts), 2), *reversed(range(0, len(texts), 2))]
    shuffled = find_boilerplate([lines[at] for at in order])
    assert [spans[at] for at in order] == shuffled
