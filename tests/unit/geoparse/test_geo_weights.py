from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hand_networks import hand_network

from dashboard.core.errors import ModelError
from dashboard.geoparse import Geoparser
from dashboard.geoparse.network import Network
from dashboard.geoparse.reasons import PLACE_REASONS, find_reasons
from dashboard.geoparse.weights import Weights, load_weights, save_weights
from dashboard.geoparse.word_context import WordContext, count_context

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("one", "two")
DEEP = Network(
    NAMES,
    mean=np.array([1, 0], np.float32),
    scale=np.array([2, 1], np.float32),
    weights=(np.array([[1, -1], [0, 1]], np.float32), np.array([[1], [10]], np.float32)),
    biases=(np.array([0, 0.5], np.float32), np.array([-1], np.float32)),
)
TABLE = WordContext(np.array([3, 7], np.uint64), np.array([[1, 2, 3], [4, 5, 6]], np.float32))


def test_a_network_is_what_it_says() -> None:
    rows = np.array([[3, 0], [-3, 1]], np.float32)  # scaled (1, 0) and (-2, 1); hidden (1, 0) and (0, 3.5)
    assert DEEP.logit(NAMES, rows).tolist() == [0.0, 34.0]
    assert DEEP.probability(NAMES, rows) == pytest.approx([0.5, 1.0])


def test_what_the_processor_flags_is_no_warning() -> None:
    network = hand_network(NAMES, {"one": 3e38, "two": 3e38})
    assert network.probability(NAMES, np.array([[10, 10]], np.float32)).tolist() == pytest.approx([1])


def test_probabilities_stay_within_bounds() -> None:
    network = hand_network(NAMES, {"one": 1e30})
    probability = network.probability(NAMES, np.array([[1, 0], [-1, 0]], np.float32))
    assert probability.tolist() == pytest.approx([1, 0])
    assert np.isfinite(probability).all()


def test_other_features_are_refused() -> None:
    with pytest.raises(ModelError, match="kharita train"):
        DEEP.logit(("two", "one"), np.zeros((1, 2), np.float32))


def test_no_rows_give_no_numbers() -> None:
    assert DEEP.probability(NAMES, np.zeros((0, 2), np.float32)).shape == (0,)


def test_weights_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    weights = Weights({"place": DEEP, "other": hand_network(NAMES, {"two": 2.0}, 1.0)}, {"arabic": TABLE})
    save_weights(path, weights)
    again = load_weights(path)
    assert again.id == weights.id
    assert again.networks.keys() == weights.networks.keys()
    assert again.networks["place"].features == NAMES
    rows = np.array([[0.3, -2], [5, 1]], np.float32)
    for name, network in weights.networks.items():
        assert again.networks[name].logit(NAMES, rows).tolist() == network.logit(NAMES, rows).tolist()
    assert again.contexts["arabic"].values.tolist() == TABLE.values.tolist()


def test_the_id_follows_the_numbers() -> None:
    one, other = (Weights({"place": hand_network(NAMES, {"one": x})}, {}) for x in (1.0, 2.0))
    assert one.id != other.id
    assert len(one.id) == 12


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"not weights at all"])
def test_a_file_that_is_none_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.npz"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"broken\.npz.*kharita train"):
        load_weights(path)


def test_a_foreign_archive_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "foreign.npz", table=np.zeros(3))
    with pytest.raises(ModelError, match=r"foreign\.npz"):
        load_weights(tmp_path / "foreign.npz")


def test_a_bare_array_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "bare.npz").open("wb") as file:
        np.save(file, np.zeros(3))
    with pytest.raises(ModelError, match=r"bare\.npz"):
        load_weights(tmp_path / "bare.npz")


def test_a_cut_off_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.npz"
    save_weights(path, Weights({"place": DEEP}, {"arabic": TABLE}))
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(ModelError, match=r"cut\.npz"):
        load_weights(path)


def test_missing_weights_are_refused_when_a_parser_is_made(small_gazetteer, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none\.npz"):
        Geoparser(small_gazetteer, tmp_path / "none.npz")


def test_telling_words_are_looked_up_by_column() -> None:
    found = TABLE.look_up(np.array([[3, 7, 7], [0, 3, 99]], np.uint64))
    assert found.tolist() == [[1, 5, 6], [0, 2, 0]]
    empty = WordContext(np.zeros(0, np.uint64), np.zeros((0, 3), np.float32))
    assert empty.look_up(np.ones((2, 3), np.uint64)).tolist() == [[0, 0, 0], [0, 0, 0]]


def test_words_that_go_with_toponyms_speak_for_them() -> None:
    word_in, word_mr, seldom = 11, 22, 33
    neighbours = np.array([[word_in, 0, 0]] * 8 + [[word_mr, 0, 0]] * 8 + [[seldom, 0, 0]], np.uint64)
    label = np.array([1] * 8 + [0] * 8 + [1], np.int8)
    table = count_context(neighbours, label, np.ones(17, np.float32))
    assert table.keys.tolist() == [word_in, word_mr]
    assert table.values[0, 0] > 0.5
    assert table.values[1, 0] < -0.5


def test_reasons_are_the_features_that_moved_the_score() -> None:
    network = hand_network(("prior", "near", "noise"), {"prior": 2.0, "near": -1.0, "noise": 0.01})
    codes = {"prominent": ("prior", "gone"), "neighbour": ("near",), "small": ("noise",)}
    rows = np.array([[1, 3, 1], [0, 0, 0], [2, 1, 0]], np.float32)
    told = find_reasons(network, network.features, rows, codes)
    assert [[(reason.code, reason.weight) for reason in some] for some in told] == [
        [("neighbour", -3.0), ("prominent", 2.0)],
        [],
        [("prominent", 4.0), ("neighbour", -1.0)],
    ]
    assert find_reasons(network, network.features, rows[:0], codes) == []


def test_a_reason_is_told_only_where_it_is_true() -> None:
    """Half a namesake in Tunisia, of a name in the article, is no word about Tunisia."""
    network = hand_network(("same_country", "same_country_share"), {"same_country_share": 2.0})
    rows = np.array([[np.log1p(0.1), 0.5], [np.log1p(1.0), 0.5]], np.float32)
    told = find_reasons(network, network.features, rows, PLACE_REASONS)
    assert [[reason.code for reason in some] for some in told] == [[], ["same_country"]]


def test_what_moved_a_deep_network_is_measured_by_taking_it_away() -> None:
    rows = np.array([[3, 0], [-3, 1]], np.float32)
    moved = DEEP.moved_by(rows, [[0], [1], [0, 1]])
    for place, group in enumerate(([0], [1], [0, 1])):
        without = rows.copy()
        without[:, group] = 0
        expected = DEEP.logit(NAMES, rows) - DEEP.logit(NAMES, without)
        assert moved[:, place].tolist() == pytest.approx(expected.tolist(), abs=1e-5)
