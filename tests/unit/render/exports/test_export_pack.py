from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dashboard.core.errors import ExportError
from dashboard.render.exports import write_file
from dashboard.render.exports.pack import text_member
from dashboard.render.exports.verify import Limits, verify_pack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dashboard.render.exports import Handover
    from dashboard.store import Store

    Handed = Callable[..., Handover]
    Members = dict[str, bytes]


@pytest.fixture
def pack(handed: Handed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("dashboard.render.exports.pack.png", lambda _: b"a picture")  # drawn elsewhere
    path = tmp_path / "pack.zip"
    write_file(handed(), path)
    return path


def members_of(path: Path) -> Members:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def write_members(path: Path, members: Members) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def sealed(members: Members) -> Members:
    """Return members whose manifest was made to agree with them: what a forger would do."""
    manifest = json.loads(members["manifest.json"])
    manifest["sha256"] = {
        name: hashlib.sha256(content).hexdigest()
        for name, content in members.items()
        if not name.startswith("manifest.")
    }
    content = json.dumps(manifest).encode()
    digest = hashlib.sha256(content).hexdigest()
    return members | {"manifest.json": content, "manifest.sha256": f"{digest}  manifest.json\n".encode()}


def test_a_pack_holds_the_texts_and_where_the_sentences_stand(pack: Path, made: Store) -> None:
    members = members_of(pack)
    assert {"README.txt", "manifest.json", "places.geojson", "map.html", "map.png"} < set(members)
    articles = [json.loads(line) for line in members["articles.jsonl"].splitlines()]
    assert len(articles) == 5
    for article in articles:
        stored = made.article(article["id"])
        assert stored is not None
        assert members[article["file"]].decode() == stored.text
        assert hashlib.sha256(stored.text.encode()).hexdigest() == article["sha256"]
        assert (article["parser"], article["gazetteer"]) == ("parser-made", "gaz-made")
    texts = {article["id"]: members[article["file"]].decode() for article in articles}
    sentences = [json.loads(line) for line in members["sentences.jsonl"].splitlines()]
    for sentence in sentences:
        text = texts[sentence["article"]]
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]
        for mention in sentence["mentions"]:
            assert text[mention["start"] : mention["end"]] == mention["text"]
    manifest = json.loads(members["manifest.json"])
    assert manifest["counts"] == {"articles": 5, "places": 6, "corrections": 0}
    assert manifest["versions"]["parses"] == [
        {"parser": "parser-made", "gazetteer": "gaz-made", "articles": 5}
    ]
    assert manifest["filters"] == {"x": "1"}


def test_a_sound_pack_is_said_to_be_sound(pack: Path) -> None:
    found = verify_pack(pack)
    content = members_of(pack)
    assert (found.articles, found.members) == (5, len(content))
    assert found.sentences == len(content["sentences.jsonl"].splitlines())
    assert found.fingerprint == hashlib.sha256(content["manifest.json"]).hexdigest()


@pytest.mark.parametrize("size", [1, 100, 1 << 30])
def test_a_pack_is_the_same_whatever_is_packed_at_a_time(
    pack: Path, handed: Handed, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr("dashboard.render.exports.pack._PIECE", size)
    again = pack.with_name("again.zip")
    write_file(handed(), again)
    assert again.read_bytes() == pack.read_bytes()


def test_what_fails_while_it_is_made_leaves_no_pack(
    handed: Handed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> Iterator[bytes]:
        yield b"a line\n"
        raise ExportError("It was stopped.")

    monkeypatch.setattr("dashboard.render.exports.pack._sentence_lines", stop)
    with pytest.raises(ExportError, match="It was stopped"):
        write_file(handed(), tmp_path / "pack.zip")
    assert not list(tmp_path.iterdir())


def test_corrections_are_in_it(handed: Handed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.render.exports.pack.png", lambda _: b"a picture")
    write_file(replace(handed(), corrections=b'{"a":1}\n{"a":2}\n'), tmp_path / "pack.zip")
    members = members_of(tmp_path / "pack.zip")
    assert members["corrections.jsonl"] == b'{"a":1}\n{"a":2}\n'
    assert json.loads(members["manifest.json"])["counts"]["corrections"] == 2
    assert verify_pack(tmp_path / "pack.zip").articles == 5


def a_text(members: Members) -> str:
    return next(name for name in members if name.startswith("articles/"))


def changed_text(members: Members) -> Members:
    name = a_text(members)
    return members | {name: members[name].replace(b"T", b"D", 1) + b" "}


def missing_text(members: Members) -> Members:
    gone = a_text(members)
    return {name: content for name, content in members.items() if name != gone}


def forged_text(members: Members) -> Members:
    return sealed(changed_text(members))


def forged_sentence(members: Members) -> Members:
    lines = members["sentences.jsonl"].replace(b"Tobruk", b"Derna!")
    return sealed(members | {"sentences.jsonl": lines})


def moved_sentence(members: Members) -> Members:
    lines = [json.loads(line) for line in members["sentences.jsonl"].splitlines()]
    lines[0]["start"] += 1
    content = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    return sealed(members | {"sentences.jsonl": content})


def strange_sentence(members: Members) -> Members:
    lines = [json.loads(line) for line in members["sentences.jsonl"].splitlines()]
    lines[-1]["article"] = "nobody"
    content = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    return sealed(members | {"sentences.jsonl": content})


def cut_list(members: Members) -> Members:
    lines = members["articles.jsonl"].splitlines(keepends=True)
    return sealed(members | {"articles.jsonl": b"".join(lines[:-1])})


TAMPERINGS: list[tuple[str, Callable[[Members], Members], str]] = [
    ("text", changed_text, r"'articles/\w+.txt' was changed"),
    ("text missing", missing_text, r"'articles/\w+.txt' is missing"),
    ("text and manifest", forged_text, r"tells of another text than 'articles/\w+.txt' holds"),
    ("picture", lambda m: m | {"map.png": b"another"}, "'map.png' was changed"),
    ("map", lambda m: m | {"map.html": m["map.html"] + b" "}, "'map.html' was changed"),
    ("layer", lambda m: m | {"places.geojson": b"{}"}, "'places.geojson' was changed"),
    ("readme", lambda m: m | {"README.txt": b"run me"}, "'README.txt' was changed"),
    ("sentences", lambda m: m | {"sentences.jsonl": m["sentences.jsonl"] + b"{}\n"}, "article that is not there"),
    ("hash of sentences", lambda m: m | {"sentences.jsonl": m["sentences.jsonl"][::1].replace(b"0.95", b"0.96")},
     "'sentences.jsonl' was changed"),
    ("sentence and manifest", forged_sentence, "does not stand in its article's text"),
    ("offset and manifest", moved_sentence, "does not stand in its article's text"),
    ("sentence of nobody", strange_sentence, "speaks of an article that is not there"),
    ("fewer articles", cut_list, r"No article in 'articles.jsonl' belongs to|speaks of an article"),
    ("list of articles", lambda m: m | {"articles.jsonl": m["articles.jsonl"].replace(b"Harbour", b"Harbor")},
     "'articles.jsonl' was changed"),
    ("half a line", lambda m: sealed(m | {"articles.jsonl": m["articles.jsonl"][:-9]}), "is cut off"),
    ("no json", lambda m: sealed(m | {"articles.jsonl": b"{\n"}), "is not sound JSON"),
    ("added", lambda m: m | {"note.txt": b"hi"}, "'note.txt' was added"),
    ("added article", lambda m: m | {"articles/feed.txt": b"hi"}, "'articles/feed.txt' was added"),
    ("manifest", lambda m: m | {"manifest.json": m["manifest.json"].replace(b"gaz-made", b"gaz-new")},
     "The manifest was changed"),
    ("no manifest", lambda m: {n: c for n, c in m.items() if n != "manifest.json"}, "this is no evidence pack"),
    ("no seal", lambda m: {n: c for n, c in m.items() if n != "manifest.sha256"}, "this is no evidence pack"),
    ("other format", lambda m: resealed(m, {"format": "x 2"}), "names the format 'x 2'"),
    ("no hashes", lambda m: resealed(m, {"sha256": 3}), "lacks its hashes"),
    ("no counts", lambda m: resealed(m, {"counts": {}}), "lacks its counts"),
    ("other counts", lambda m: resealed(m, {"counts": {"articles": 9}}), "another number of articles"),
    ("way out", lambda m: m | {"../out.txt": b""}, "odd name"),
    ("root", lambda m: m | {"/etc/x": b""}, "odd name"),
]  # fmt: skip


def resealed(members: Members, changes: dict[str, object]) -> Members:
    content = json.dumps(json.loads(members["manifest.json"]) | changes).encode()
    return members | {
        "manifest.json": content,
        "manifest.sha256": hashlib.sha256(content).hexdigest().encode(),
    }


@pytest.mark.parametrize(
    ("change", "said"), [item[1:] for item in TAMPERINGS], ids=[item[0] for item in TAMPERINGS]
)
def test_every_tampering_is_found(
    pack: Path, tmp_path: Path, change: Callable[[Members], Members], said: str
) -> None:
    changed = write_members(tmp_path / "changed.zip", change(members_of(pack)))
    with pytest.raises(ExportError, match=said):
        verify_pack(changed)


def test_packed_anew_it_is_still_sound(pack: Path, tmp_path: Path) -> None:
    assert verify_pack(write_members(tmp_path / "anew.zip", members_of(pack))) == verify_pack(pack)


def test_what_is_no_zip_is_said(tmp_path: Path, pack: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"no zip")
    with pytest.raises(ExportError, match="is no sound zip file"):
        verify_pack(tmp_path / "x.zip")
    with pytest.raises(ExportError, match="can't be read"):
        verify_pack(tmp_path / "gone.zip")
    damaged = bytearray(pack.read_bytes())
    damaged[200] ^= 0xFF
    (tmp_path / "damaged.zip").write_bytes(damaged)
    with pytest.raises(ExportError):
        verify_pack(tmp_path / "damaged.zip")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_hostile_zips_are_refused(pack: Path, tmp_path: Path) -> None:
    members = members_of(pack)
    twice = write_members(tmp_path / "twice.zip", members)
    with zipfile.ZipFile(twice, "a") as file:
        file.writestr("README.txt", b"another")
    with pytest.raises(ExportError, match="two members of the same name"):
        verify_pack(twice)
    with zipfile.ZipFile(write_members(tmp_path / "said.zip", members), "a") as file:
        file.comment = b"run me"
    with pytest.raises(ExportError, match="comment"):
        verify_pack(tmp_path / "said.zip")
    with zipfile.ZipFile(tmp_path / "lzma.zip", "w", zipfile.ZIP_LZMA) as file:
        file.writestr("manifest.json", b"{}")
    with pytest.raises(ExportError, match="packed in an unknown way"):
        verify_pack(tmp_path / "lzma.zip")


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(members=3), "at most 3 are read"),
        (Limits(whole=2000), "too big"),
        (Limits(text=10), "too big"),
        (Limits(manifest=10), "'manifest.json' is too big"),
        (Limits(member=100), "too big"),
        (Limits(line=100), "too long"),
    ],
)
def test_limits_hold(pack: Path, limits: Limits, said: str) -> None:
    with pytest.raises(ExportError, match=said):
        verify_pack(pack, limits)


def test_a_bomb_is_not_read(pack: Path, tmp_path: Path) -> None:
    bomb = write_members(tmp_path / "bomb.zip", sealed(members_of(pack) | {"map.png": bytes(50_000_000)}))
    assert bomb.stat().st_size < 1_000_000
    with pytest.raises(ExportError, match="too big"):
        verify_pack(bomb, Limits(whole=20_000_000))


def test_an_odd_id_never_becomes_part_of_a_name() -> None:
    assert text_member("00ff") == "articles/00ff.txt"
    digest = hashlib.sha256(b"../../x").hexdigest()
    assert text_member("../../x") == f"articles/{digest}.txt"
