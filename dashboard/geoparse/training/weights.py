"""From corpora on disk to a file of weights with a card that says what it was made from."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import numpy as np

from dashboard.core.errors import GoldFormatError
from dashboard.core.named_files import replacing
from dashboard.core.settings import data_path
from dashboard.geoparse.briefs import part_of, read_briefs
from dashboard.geoparse.lexicon import load_lexicon
from dashboard.geoparse.training.corpora import (
    as_hashtags,
    from_gold,
    in_quotes,
    read_anercorp,
    read_gaztagged,
    read_places,
    recased,
)
from dashboard.geoparse.training.fit import Fitting, fit_all
from dashboard.geoparse.training.templates import fill_templates
from dashboard.geoparse.vocabulary import Vocabulary
from dashboard.geoparse.weights import save_weights

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dashboard.core.progress import Progress
    from dashboard.gazetteer.index import Gazetteer
    from dashboard.geoparse.training.corpora import LabelledText

_HASHED_SHARE, _HASHED_WEIGHT = 0.5, 0.2
_RECASED_WEIGHT = 0.3
_GROUPS = 3
_QUOTED_SHARE, _QUOTED_WEIGHT = 0.15, 0.3  # of the copies with toponyms in quotation marks

__all__ = ["read_corpora", "train_weights"]


def _is_kept(ident: str, held_out: int) -> bool:
    """Tell whether a post or article is kept for training: all of one event or article are left out together."""
    group = ident.rsplit("-", 1)[0] if ident[-1:].isdigit() else ident
    return hashlib.sha256(group.encode()).digest()[0] % _GROUPS != held_out % _GROUPS


def read_corpora(paths: Sequence[Path], held_out: int | None = None) -> list[LabelledText]:
    """Read training texts; of annotated briefs only the training part.

    Parameters
    ----------
    held_out
        Fold 0 to 4 of the whole articles of XML corpora, and for any number the last tenth of ANERcorp's
        sentences, to leave out for measuring; None leaves nothing out.
    """
    texts: list[LabelledText] = []
    for path in paths:
        if path.is_dir():
            own = from_gold([gold for gold in read_briefs(path) if part_of(gold.id) == "train"])
            texts += own + [in_quotes(text, _QUOTED_SHARE, _QUOTED_WEIGHT) for text in own]
            texts += [as_hashtags(text, _HASHED_SHARE, _HASHED_WEIGHT) for text in own]
            texts += [x for text in own if text.language != "ar" for x in recased(text, _RECASED_WEIGHT)]
        elif path.suffix == ".xml":
            articles = read_gaztagged(path)
            kept = [x for number, x in enumerate(articles) if held_out is None or number % 5 != held_out]
            texts += kept + [x for text in kept for x in recased(text, _RECASED_WEIGHT)]
        elif path.suffix == ".jsonl":
            posts = read_places(path)
            texts += [x for x in posts if held_out is None or _is_kept(x.id, held_out)]
        elif path.suffix == ".txt":
            blocks = sum(bool(x.strip()) for x in path.read_text(encoding="utf-8").split("\n\n"))
            share = slice(0, blocks if held_out is None else blocks * 9 // 10)
            # Once as articles and once as lone sentences: the network meets both.
            texts += read_anercorp(path, share) + read_anercorp(path, share, sentences=1)
        else:
            raise GoldFormatError(
                f"'{path}' is no corpus: give a .txt, an .xml, a .jsonl, or a folder of annotated briefs."
            )
    return texts


def _unseen(paths: Sequence[Path]) -> list[LabelledText]:
    """Return the development part of annotated briefs, on which confidence is scaled."""
    briefs = [gold for path in paths if path.is_dir() for gold in read_briefs(path)]
    return from_gold([gold for gold in briefs if part_of(gold.id) == "dev"])


def train_weights(  # noqa: PLR0913, PLR0917 - one argument each on the command line
    gazetteer: Gazetteer,
    corpora: Sequence[Path],
    out: Path,
    seed: int,
    progress: Progress,
    held_out: int | None = None,
) -> str:
    """Make all networks, write them to `out`, and return a card in words."""
    texts = read_corpora(corpora, held_out)
    texts += fill_templates(data_path() / "gold" / "templates", data_path() / "lexicon", gazetteer, seed)
    vocabulary = Vocabulary(gazetteer, load_lexicon(data_path() / "lexicon"), forgets=False)
    progress(0, 0, "fitting")
    weights = fit_all(vocabulary, gazetteer, texts, Fitting(seed=seed), _unseen(corpora))
    out.parent.mkdir(parents=True, exist_ok=True)
    with replacing(out) as beside:
        save_weights(beside, weights)
    by_language = {language: sum(x.language == language for x in texts) for language in ("ar", "en", "fr")}
    card = {
        "weights": weights.id,
        "sha256": hashlib.sha256(out.read_bytes()).hexdigest(),
        "seed": seed,
        "gazetteer": gazetteer.id,
        "numpy": np.__version__,
        "texts": by_language,
        "read": {_named(path): _digest(path) for path in sorted([*corpora, *_own_sources()])},
    }
    with replacing(out.with_suffix(".card.json")) as beside:
        beside.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    return (
        f"{out}: {weights.id}, seed {seed}, gazetteer {gazetteer.id}\n"
        f"made from {', '.join(sorted(path.name for path in corpora))}: {by_language} texts\n"
        + "\n".join(
            f"{name}: {len(x.features)} features, {x.weights[0].shape[1]} units"
            for name, x in weights.networks.items()
        )
    )


def _own_sources() -> tuple[Path, ...]:
    """Return what each training reads of the project's own data."""
    data = data_path()
    return (data / "gold" / "templates", data / "lexicon", data / "model" / "words.npz")


def _named(path: Path) -> str:
    return path.resolve().name


def _digest(path: Path) -> str:
    """Return a hash of a file, or of the files of a folder in the order of their names."""
    files = sorted(x for x in path.iterdir() if x.is_file()) if path.is_dir() else [path]
    digest = hashlib.sha256()
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
