"""Small networks side by side."""

from __future__ import annotations

import numpy as np

from dashboard.geoparse.training.ensemble import Plan, fit_ensemble


def _told(layers, matrix):
    hidden = np.maximum(matrix @ layers.weights[0] + layers.biases[0], 0)
    return (hidden @ layers.weights[1] + layers.biases[1])[:, 0]


def test_they_learn_what_one_line_cannot_tell_and_the_same_again():
    random = np.random.default_rng(1)
    matrix = random.normal(size=(3_000, 4)).astype(np.float32)
    label = (matrix[:, 0] * matrix[:, 1] > 0).astype(np.int8)
    plan = Plan(hidden=12, penalty=0.01, epochs=30, members=3, seed=5, rate=0.01)
    layers = fit_ensemble(matrix, label, np.ones(len(label), np.float32), plan)
    assert ((_told(layers, matrix) > 0) == label).mean() > 0.9
    again = fit_ensemble(matrix, label, np.ones(len(label), np.float32), plan)
    assert all(np.array_equal(a, b) for a, b in zip(layers.weights, again.weights, strict=True))
    other = fit_ensemble(matrix, label, np.ones(len(label), np.float32), plan._replace(seed=6))
    assert not np.array_equal(layers.weights[0], other.weights[0])


def test_a_row_counts_as_much_as_its_weight():
    matrix = np.array([[1.0], [1.0], [-1.0], [-1.0]] * 50, np.float32)
    label = np.array([1, 0, 0, 1] * 50, np.int8)
    plan = Plan(hidden=4, penalty=0.0, epochs=60, members=2, seed=5, rate=0.01)
    one = fit_ensemble(matrix, label, np.array([1.0, 0.1, 1.0, 0.1] * 50, np.float32), plan)
    two = fit_ensemble(matrix, label, np.array([0.1, 1.0, 0.1, 1.0] * 50, np.float32), plan)
    assert _told(one, matrix)[0] > 1 > -1 > _told(two, matrix)[0]
