from __future__ import annotations

from pathlib import Path

from dashboard.intake.describe import formats_table
from dashboard.intake.kinds import format_of_name
from dashboard.intake.registry import FORMATS
from dashboard.intake.sentences import SENTENCES, Refusal

ROOT = Path(__file__).resolve().parents[3]


def test_the_page_of_formats_is_made_from_the_table():
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert formats_table() in page, "run: python -m dashboard.intake.describe docs/formats.md"


def test_each_ending_and_media_type_belongs_to_one_format():
    for names in (
        [s for one in FORMATS for s in one.suffixes],
        [m for one in FORMATS for m in one.media_types],
    ):
        assert len(set(names)) == len(names)
    assert all(format_of_name(f"a.b{suffix.upper()}") is one for one in FORMATS for suffix in one.suffixes)
    assert format_of_name("a.unknown") is None
    assert format_of_name("no ending") is None


def test_every_module_of_formats_that_reads_is_in_the_table():
    folder = ROOT / "dashboard" / "intake" / "formats"
    reading = {
        path.stem for path in folder.glob("*.py") if "\ndef read(content" in path.read_text(encoding="utf-8")
    }
    assert reading == {one.id for one in FORMATS}


def test_sentences_are_sentences():
    for code, (reason, step) in SENTENCES.items():
        assert reason.endswith("."), code
        assert not step or step[0].isupper(), code


def test_a_refusal_crosses_processes_and_cuts_what_it_shows():
    import pickle  # noqa: PLC0415 - this test only

    refusal = Refusal("unread", columns="x" * 500 + "\u202e")
    again = pickle.loads(pickle.dumps(refusal))  # noqa: S301 - our own
    assert (str(again), again.code, again.step) == (str(refusal), "unread", "")
    assert len(str(refusal)) < 130
