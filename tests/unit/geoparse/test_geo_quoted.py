from __future__ import annotations

from dashboard.geoparse.training.corpora import GoldToponym, LabelledText, in_quotes


def test_a_copy_has_its_toponyms_in_quotation_marks_and_their_offsets_follow():
    text = "من طبرق إلى بنغازي ثم درنة."
    names = ("طبرق", "بنغازي", "درنة")
    toponyms = tuple(GoldToponym(text.index(name), text.index(name) + len(name)) for name in names)
    plain = LabelledText("x", text, "ar", toponyms, optional=((text.index("ثم"), text.index("ثم") + 2),))
    copy = in_quotes(plain, 1.0, 0.5)
    assert copy.text == "من «طبرق» إلى «بنغازي» ثم «درنة»."
    assert [copy.text[x.start : x.end] for x in copy.toponyms] == list(names)
    assert [copy.text[a:b] for a, b in copy.optional] == ["ثم"]
    assert copy.weight == 0.5
    assert in_quotes(plain, 0.0, 1.0).text == text


def test_the_same_text_gets_the_same_marks_each_time():
    text = " ".join(["طبرق"] * 20)
    toponyms = tuple(GoldToponym(at * 5, at * 5 + 4) for at in range(20))
    plain = LabelledText("x", text, "ar", toponyms)
    once, again = in_quotes(plain, 0.5, 1.0), in_quotes(plain, 0.5, 1.0)
    assert once == again
    assert 0 < once.text.count("«") < 20
    assert all(once.text[x.start : x.end] == "طبرق" for x in once.toponyms)
