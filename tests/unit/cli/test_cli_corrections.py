from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from dashboard.core.corrections import Decision, Scope
from dashboard.core.errors import CorrectionError
from dashboard.core.models import Kind, Place
from dashboard.core.settings import Settings
from dashboard.gazetteer.user_places import user_places
from dashboard.store import open_store
from dashboard.store.corrections import Verdict, decide, list_corrections, make_correction

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("small_commands")
CAMP = Place("user:camp", "Far Camp", Kind.CAMP, 31.5, 24.5, "LY")


@pytest.fixture
def store(tmp_path: Path, kharita) -> str:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text("Ship in Paris\n\nA ship reached Paris.", encoding="utf-8")
    url = f"sqlite:///{(tmp_path / 'news.sqlite').as_posix()}"
    assert kharita("ingest", folder, "--store", url).exit_code == 0
    return url


def decided(url, place=CAMP, who="Amal", scope=Scope.ARTICLE):
    """Decide about Paris in the one article; return the correction."""
    with open_store(url) as opened:
        (key,) = opened.parsed_by_others("", "")
        article = opened.article(key)
        at = article.text.index("Paris")
        decision = Decision.ADDED if place else Decision.NOT_A_PLACE
        judged = opened.resolutions(key)[0].place
        made = make_correction(
            article, (at, at + 5), judged, Verdict(decision, place, scope, who, "as the harbour says")
        )
        decide(opened, made)
    return made


def shown(url):
    with open_store(url) as opened:
        (key,) = opened.parsed_by_others("", "")
        return [item.place and item.place.id for item in opened.resolutions(key)]


def test_decisions_are_listed_and_undone(kharita, store):
    before = shown(store)
    one = decided(store)
    assert shown(store) == ["user:camp"] * 2
    listed = kharita("corrections", "list", "--store", store).stdout
    for part in (one.id[:8], "Amal", "'Paris' is Far Camp (LY)", "article", "2 mentions", "the harbour says"):
        assert part in listed
    undone = kharita("corrections", "undo", one.id[:8], "--who", "Karim", "--store", store)
    assert undone.stdout.endswith("2 mentions changed in 1 articles\n")
    assert shown(store) == before
    assert one.id[:8] not in kharita("corrections", "list", "--store", store).stdout
    assert "undone by Karim" in kharita("corrections", "list", "--all", "--store", store).stdout


def test_a_trail_is_shared_as_a_file_with_its_places(kharita, store, tmp_path):
    decided(store)
    file = tmp_path / "team.jsonl"
    assert kharita("corrections", "export", file, "--store", store).stdout.startswith("1 corrections written")
    other = f"sqlite:///{(tmp_path / 'other.sqlite').as_posix()}"
    kharita("ingest", tmp_path / "articles", "--store", other)
    first = kharita("corrections", "import", file, "--store", other)
    assert first.exit_code == 0
    assert "1 corrections added, 0 undone, 0 known already; 2 mentions changed in 1 articles" in first.stdout
    assert "1 places added to your own" in first.stdout
    assert [place.name for place in user_places(Settings())] == ["Far Camp"]
    assert shown(other) == shown(store) == ["user:camp"] * 2
    again = kharita("corrections", "import", file, "--store", other)
    assert "0 corrections added, 0 undone, 1 known already; 0 mentions changed" in again.stdout


def test_an_import_tells_conflicts_and_bad_lines(kharita, store, tmp_path):
    decided(store)
    file = tmp_path / "team.jsonl"
    kharita("corrections", "export", file, "--store", store)
    other = f"sqlite:///{(tmp_path / 'other.sqlite').as_posix()}"
    kharita("ingest", tmp_path / "articles", "--store", other)
    decided(other, place=None, who="Huda")
    with file.open("ab") as lines:
        lines.write(b"\n{not json\n")
    result = kharita("corrections", "import", file, "--store", other)
    assert result.exit_code == 1
    assert f"{file}:3: not a line of JSON" in result.stderr
    assert "Amal says 'Paris' is Far Camp (LY)" in result.stderr
    assert "Huda says 'Paris' is not a place" in result.stderr
    assert "the later decision" in result.stderr
    assert shown(other) == [None, None]  # Huda decided last


def test_files_that_are_not_there_are_one_sentence(kharita, store, tmp_path):
    result = kharita("corrections", "import", tmp_path / "absent.jsonl", "--store", store)
    assert isinstance(result.exception, CorrectionError)
    assert "can't be read" in str(result.exception)
    result = kharita("corrections", "export", tmp_path / "no" / "where.jsonl", "--store", store)
    assert "can't be written" in str(result.exception)


def test_reparse_takes_what_another_parser_parsed_and_keeps_decisions(kharita, store):
    decided(store, scope=Scope.MENTION)
    assert kharita("reparse", "--store", store).stdout.startswith("0 articles parsed again")
    with open_store(store) as opened:
        (key,) = opened.parsed_by_others("", "")
        with opened.transaction() as connection:
            connection.exec_driver_sql("UPDATE parses SET parser_id = 'older'")
            connection.exec_driver_sql("DELETE FROM mentions WHERE correction IS NULL")
    assert len(shown(store)) == 1
    assert kharita("reparse", "--store", store).stdout.startswith("1 articles parsed again")
    assert (len(shown(store)), shown(store)[0]) == (2, "user:camp")
    assert kharita("reparse", "--all", "--store", store).stdout.startswith("1 articles parsed again")
    with open_store(store) as opened:
        assert [item.mentions for item in list_corrections(opened)] == [1]
        assert list(opened.parser_ids()) != [("older", "gaz")]
        assert opened.article(key) is not None


def test_an_evidence_pack_holds_the_corrections(kharita, store, tmp_path):
    made = decided(store)
    pack = tmp_path / "evidence.zip"
    assert kharita("export", pack, "--store", store).exit_code == 0
    with zipfile.ZipFile(pack) as opened:
        assert made.id in opened.read("corrections.jsonl").decode()
    assert kharita("verify", pack).exit_code == 0


def test_one_bad_line_does_not_keep_the_good_ones_out(kharita, store, tmp_path):
    one = decided(store)
    file = tmp_path / "team.jsonl"
    kharita("corrections", "export", file, "--store", store)
    good = file.read_bytes().strip()
    bad = [good.replace(b'"anchor":', b'"anchor":9'), b'{"id":5}', b"[1]", b'{"record":"actor","type":"x"}']
    file.write_bytes(b"\xef\xbb\xbf" + b"\r\n".join([*bad, good]))
    other = f"sqlite:///{(tmp_path / 'other.sqlite').as_posix()}"
    kharita("ingest", tmp_path / "articles", "--store", other)
    result = kharita("corrections", "import", file, "--store", other)
    assert result.exit_code == 1
    assert not isinstance(result.exception, ValueError)
    assert "1 corrections added" in result.stdout
    assert re.findall(rf"^{re.escape(str(file))}:(\d): .+$", result.stderr, re.MULTILINE) == list("1234")
    with open_store(other) as opened:
        assert [item.correction.id for item in list_corrections(opened)] == [one.id]


def test_a_place_that_can_not_be_the_users_own_is_told(kharita, store, tmp_path):
    decided(store, place=Place("user:bar", "Far|Camp", Kind.CAMP, 31.5, 24.5, "LY"))
    file = tmp_path / "team.jsonl"
    kharita("corrections", "export", file, "--store", store)
    other = f"sqlite:///{(tmp_path / 'other.sqlite').as_posix()}"
    result = kharita("corrections", "import", file, "--store", other)
    assert "1 corrections added" in result.stdout
    assert "Far|Camp (LY) was not added to your own places" in result.stderr


def test_an_export_overwrites_nothing_unasked_and_never_the_store(kharita, store, tmp_path):
    one = decided(store)
    notes, database = tmp_path / "notes.txt", tmp_path / "news.sqlite"
    notes.write_text("mine", encoding="utf-8")
    refused = kharita("corrections", "export", notes, "--store", store)
    assert "is there already" in str(refused.exception)
    assert notes.read_text(encoding="utf-8") == "mine"
    (tmp_path / "link").symlink_to(database)
    for command in (["corrections", "export"], ["store", "backup"]):
        for path in (database, tmp_path / "link", tmp_path / "news.sqlite-wal"):
            refused = kharita(*command, path, "--force", "--store", store)
            assert "is the store itself" in str(refused.exception)
    with open_store(store) as opened:
        assert [item.correction.id for item in list_corrections(opened)] == [one.id]
    assert kharita("corrections", "export", notes, "--force", "--store", store).exit_code == 0
    assert one.id in notes.read_text(encoding="utf-8")


def test_a_report_takes_the_place_of_a_report_only(kharita, store, tmp_path):
    letter, report = tmp_path / "letter.csv", tmp_path / "report.csv"
    letter.write_text("mine", encoding="utf-8")
    articles = tmp_path / "articles"
    refused = kharita("ingest", articles, "--store", store, "--report", letter)
    assert "is there already" in str(refused.exception)
    assert letter.read_text(encoding="utf-8") == "mine"
    refused = kharita("ingest", articles, "--store", store, "--report", tmp_path / "news.sqlite")
    assert "is the store itself" in str(refused.exception)
    for _ in range(2):
        assert kharita("ingest", articles, "--store", store, "--report", report).exit_code == 0
    refused = kharita("gdelt", tmp_path / "none.zip", "--store", store, "--report", report)
    assert "is there already" in str(refused.exception)
    refused = kharita("train", tmp_path / "corpus.txt", "--out", letter)
    assert "is there already" in str(refused.exception)
