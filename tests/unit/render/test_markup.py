from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from dashboard.render.markup import bdi, element, join, line, link, marked, script_safe, text, visit

HOSTILE = ["${x}", "`", "\\", "</script>", "<img onerror=alert(1)>", '"onmouseover="x', "{{7*7}}", "&lt;"]


@pytest.mark.parametrize("value", HOSTILE)
def test_text_is_never_markup(value: str) -> None:
    made = text(value)
    assert "<" not in made
    assert '"' not in made
    assert made.unescape() == value


@pytest.mark.parametrize("value", HOSTILE)
def test_script_safe_leaves_nothing_that_a_template_string_reads(value: str) -> None:
    assert not set(script_safe(value)) & set("<>\"'`\\${}")


def test_controls_that_turn_the_order_of_letters_are_dropped() -> None:
    assert text("a\u202egnp\u202c\u2066b") == "agnpb"
    assert line("two\n lines\u200f") == "two lines"


def test_arabic_joiners_stay() -> None:
    assert text("می\u200cخواهم") == "می\u200cخواهم"


def test_element_escapes_content_and_attributes() -> None:
    made = element("p", "<b>", title='"><script>', class_="x", hidden=True, lang=None)
    assert made == '<p title="&#34;&gt;&lt;script&gt;" class="x" hidden>&lt;b&gt;</p>'


def test_element_refuses_odd_attribute_names() -> None:
    with pytest.raises(ValueError, match="no attribute name"):
        element("p", "", **{"on click": "x"})


def test_visit_takes_query_strings_only() -> None:
    assert 'href="?place=x"' in visit("?place=x", "go")
    with pytest.raises(ValueError, match="no query string"):
        visit("javascript:alert(1)", "go")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//host/x", "http://u:p@h/", None, ""]
)
def test_unsafe_links_are_left_out(url: str | None) -> None:
    assert link(url) == ""


def test_a_safe_link_shows_its_host_and_leaks_nothing() -> None:
    made = link("https://news.example/a?b=1&c=2")
    assert "news.example" in made
    assert 'rel="noopener noreferrer nofollow"' in made
    assert "b=1&amp;c=2" in made


def test_marks_skip_what_overlaps_or_lies_outside() -> None:
    assert marked("abcdef", [(1, 3), (2, 4), (5, 99)], "m") == 'a<mark class="m">bc</mark>def'


def test_join_keeps_markup_and_escapes_text() -> None:
    assert join([Markup("<i></i>"), "<"], " · ") == "<i></i> · &lt;"
    assert bdi("طبرق") == '<bdi dir="auto">طبرق</bdi>'


@given(st.text(), st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30)), max_size=5))
def test_marking_adds_no_other_tags(value: str, spans: list[tuple[int, int]]) -> None:
    made = str(marked(value, [span for span in spans if span[0] >= 0], "m"))
    bare = made.replace('<mark class="m">', "").replace("</mark>", "")
    assert "<" not in bare
    assert bare == str(text(value)) or escape(value) != text(value)
