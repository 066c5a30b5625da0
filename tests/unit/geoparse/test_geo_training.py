"""From a handful of annotated texts to weights that a parser takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from dashboard.core.errors import GoldFormatError
from dashboard.core.progress import silent
from dashboard.geoparse import Geoparser, Limits

pytest.importorskip("sklearn", reason="training needs the extra kharita[train]")

from dashboard.geoparse.briefs import part_of
from dashboard.geoparse.training.weights import read_corpora, train_weights
from dashboard.geoparse.weights import load_weights

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.gazetteer import Gazetteer

TOWNS = (("طبرق", 32.08, 23.96), ("باريس", 48.85, 2.35), ("بنغازي", 32.12, 20.07), ("القاهرة", 30.06, 31.25))


TRIPOLIS = ((32.89, 13.19), (34.43, 35.84))  # nothing in the texts tells them apart: some doubt must be left


def _brief(ident: str, number: int) -> str:
    (here, lat, lon), (there, lat2, lon2) = TOWNS[number % 4], TOWNS[(number + 1) % 4]
    lat3, lon3 = TRIPOLIS[number // 2 % 2]
    return f"""=== {ident} {"en" if number % 2 else "ar"} focus=here country=none
وصل الوفد إلى [[{here}|here]] قادما من [[{there}|there]] ثم زار [[طرابلس|tripoli]].
The men of {{{{Nice}}}} went to [[Rome|rome]].
---
here | Here | city | - | {lat} | {lon} | 25
there | There | city | - | {lat2} | {lon2} | 25
tripoli | Tripoli | city | - | {lat3} | {lon3} | 25
rome | Rome | city | IT | 41.9 | 12.5 | 25
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "briefs"
    folder.mkdir()
    idents = [ident for ident in (f"brief-{number}" for number in range(90)) if part_of(ident) == "train"][
        :40
    ]
    text = "\n".join(_brief(ident, number) for number, ident in enumerate(idents))
    (folder / "made.txt").write_text(text, encoding="utf-8")
    return folder


def test_training_makes_weights_that_a_parser_takes_and_the_same_ones_again(
    small_gazetteer: Gazetteer, corpus: Path, tmp_path: Path
) -> None:
    out = tmp_path / "made" / "weights.npz"
    card = train_weights(small_gazetteer, [corpus], out, 20, silent)
    assert str(out) in card
    assert "seed 20" in card
    parser = Geoparser(small_gazetteer, out, Limits(toponym=0.01))
    assert parser.id.rsplit("-", 1)[-1] in card
    parse = parser.parse("وصل الوفد إلى باريس. The men of Nice went home.")
    sure = {resolution.mention.text: resolution.confidence for resolution in parse.resolutions}
    assert sure["باريس"] > sure.get("Nice", 0.0)
    assert train_weights(small_gazetteer, [corpus], out, 20, silent) == card


def test_only_the_training_part_of_briefs_is_read(corpus: Path) -> None:
    other = next(ident for ident in (f"x{number}" for number in range(90)) if part_of(ident) != "train")
    with (corpus / "more.txt").open("w", encoding="utf-8") as file:
        file.write(_brief(other, 0))
    read = read_corpora([corpus])
    copies = [
        text.id for text in read if text.id.endswith(("-quoted", "-hashed", "-small", "-large", "-title"))
    ]
    assert len(read) - len(copies) == 40  # of each also copies, in quotation marks and otherwise written
    assert sum(ident.endswith("-quoted") for ident in copies) == 40
    assert not any(text.id.startswith(other) for text in read)


def test_what_is_no_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(GoldFormatError, match=r"notes\.pdf"):
        read_corpora([tmp_path / "notes.pdf"])


def test_confidence_is_scaled_on_what_no_network_saw(
    small_gazetteer: Gazetteer, corpus: Path, tmp_path: Path
) -> None:
    """Without the development part the confidence stays as the networks say; with it, it is scaled."""
    train_weights(small_gazetteer, [corpus], tmp_path / "plain.npz", 20, silent)
    assert load_weights(tmp_path / "plain.npz").calibration == (1.0, 0.0)
    idents = [ident for ident in (f"dev-{number}" for number in range(200)) if part_of(ident) == "dev"][:20]
    text = "\n".join(_brief(ident, number) for number, ident in enumerate(idents))
    (corpus / "dev.txt").write_text(text, encoding="utf-8")
    train_weights(small_gazetteer, [corpus], tmp_path / "scaled.npz", 20, silent)
    scaled, plain = (load_weights(tmp_path / f"{name}.npz") for name in ("scaled", "plain"))
    assert scaled.calibration != (1.0, 0.0)
    for name, network in plain.networks.items():
        assert all(
            np.array_equal(a, b) for a, b in zip(network.weights, scaled.networks[name].weights, strict=True)
        )
