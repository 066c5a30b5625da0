from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from format_samples import GOOD, TOLD, page, zipped

from dashboard.core.models import DateOrigin
from dashboard.intake import looking
from dashboard.intake.columns import ColumnMapping
from dashboard.intake.draft import Options
from dashboard.intake.looking import look_at_files
from dashboard.intake.sentences import SENTENCES, code_of_step, recognise, refusal

if TYPE_CHECKING:
    from pathlib import Path


def look(path: Path, options: Options | None = None) -> looking.Looked:
    (one,) = look_at_files([path], options or Options(), name=lambda file: file.name)
    return one


def test_every_format_is_looked_at(tmp_path):
    for sample in GOOD:
        (tmp_path / sample.name).write_bytes(sample.make())
    found = {one.name: one for one in look_at_files([tmp_path], Options(), name=lambda file: file.name)}
    assert set(found) == {sample.name for sample in GOOD}
    assert {name for name, one in found.items() if not one.kind} == set()
    assert sum(one.articles for one in found.values()) > len(GOOD) / 2
    assert {one.kind for one in found.values() if one.table} == {
        "csv_table", "spreadsheet", "parquet", "json_table", "json_lines",
    }  # fmt: skip


def test_dates_titles_and_sources_of_a_page(tmp_path):
    path = tmp_path / "صفحة.html"
    path.write_bytes(page(TOLD[0]))
    one = look(path)
    assert (one.kind, one.articles, one.first, one.undated) == ("html", 1, date(2025, 3, 12), 0)
    assert one.origins == {DateOrigin.METADATA: 1}
    assert one.titles == [TOLD[0].title]


def test_a_table_shows_three_rows_and_follows_its_mapping(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        "a,عنوان,نص\n" + "".join(f"{n},title {n},words {n}\n" for n in range(9)), encoding="utf-8"
    )
    table = look(path).table
    assert table is not None
    assert len(table.rows) == 3
    assert table.mapping.title == "عنوان"
    changed = ColumnMapping(text="عنوان", title="a")
    again = look(path, Options(mappings={table.shape: changed}))
    assert again.table.mapping == changed
    assert again.titles[0] == "0"


def test_a_date_of_two_readings_is_asked_once_a_source(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("title,text,date,source\nA,word word,03/04/2025,Post\nB,other words,05/06/2025,Post\n")
    one = look(path)
    assert one.asked == {"Post": "03/04/2025"}
    assert one.undated == 2
    answered = look(path, Options(date_orders={"Post": "dmy"}))
    assert answered.asked == {}
    assert answered.first == date(2025, 4, 3)


def test_what_is_not_read_is_said_with_the_users_name(tmp_path):
    (tmp_path / "deep").mkdir()
    path = tmp_path / "deep" / "p.zip"
    path.write_bytes(zipped({"a.html": page(TOLD[0]), "b.png": b"\x89PNG\r\n\x1a\n" + bytes(60)}))
    one = look(path)
    assert one.articles == 1
    assert [(failure.path, failure.kind) for failure in one.failures] == [("p.zip › b.png", "ignored")]
    (missing,) = look_at_files([tmp_path / "none"], Options())
    assert missing.failures[0].code == "no_such"


def test_a_long_file_is_looked_at_in_part_and_the_next_one_still(tmp_path, monkeypatch):
    monkeypatch.setattr(looking, "MOST_ARTICLES", 40)
    (tmp_path / "a.jsonl").write_text("".join(f'{{"text": "words {n}"}}\n' for n in range(5000)))
    (tmp_path / "b.html").write_bytes(page(TOLD[1]))
    first, second = look_at_files([tmp_path], Options())
    assert (first.articles, first.more) == (40, True)
    assert (second.articles, second.more) == (1, False)


def test_looking_can_be_stopped(tmp_path):
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"words {name}")
    answers = iter([False, False, True, True, True])
    assert len(list(look_at_files([tmp_path], Options(), stop=lambda: next(answers)))) == 1


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_is_recognised_with_its_values(code):
    names = re.findall(r"\{(\w+)\}", "".join(SENTENCES[code]))
    made = refusal(code, **{name: f"{number + 3}" for number, name in enumerate(names)})
    found = recognise(str(made))
    assert found is not None
    assert str(found) == str(made)
    step = SENTENCES[code][1]
    assert not step or SENTENCES[code_of_step(step)][1] == step
    assert recognise("Something else.") is None
