"""Distances by numpy and scipy: `NAME N` on standard input, [seconds of processor time, answer] on standard output."""

import json
import sys
import time

import numpy as np
from scipy import optimize, special, stats
from scipy.spatial.distance import cdist


def mix(x):
    x = x ^ (x >> np.uint32(16))
    x = x * np.uint32(0x7FEB352D)
    x = x ^ (x >> np.uint32(15))
    x = x * np.uint32(0x846CA68B)
    return x ^ (x >> np.uint32(16))


def cloud(n, p, side):
    """The points of bench/distances.ts: uniform, from integer hashes, so that answers can be compared."""
    i = np.arange(n * p, dtype=np.uint32)
    return (mix(i * np.uint32(0x9E3779B1) + np.uint32(side)) / 2.0**32 + 0.25 * side).reshape(n, p)


def energy(a, b):
    mean = lambda x, y: cdist(x, y).mean()
    return np.sqrt(2 * mean(a, b) - mean(a, a) - mean(b, b))


def assignment(a, b):
    costs = cdist(a, b, "sqeuclidean")
    rows, columns = optimize.linear_sum_assignment(costs)
    return costs[rows, columns].sum() / len(a)


def sinkhorn(a, b, epsilon=0.05, tolerance=1e-3):
    """The divergence with updates in logarithms, as in the textbooks, and the same stopping rule."""

    def cost(x, y):
        c = cdist(x, y, "sqeuclidean")
        f, g = np.zeros(len(x)), np.zeros(len(y))
        while True:
            g = -epsilon * (special.logsumexp((f[:, None] - c) / epsilon, axis=0) - np.log(len(x)))
            following = -epsilon * (special.logsumexp((g[None, :] - c) / epsilon, axis=1) - np.log(len(y)))
            error = np.abs(np.expm1((f - following) / epsilon)).mean()
            f = following
            if error < tolerance:
                return f.mean() + g.mean()

    return cost(a, b) - cost(a, a) / 2 - cost(b, b) / 2


def sliced(a, b, directions=32):
    rng = np.random.default_rng(1)
    theta = rng.standard_normal((directions, a.shape[1]))
    theta /= np.linalg.norm(theta, axis=1, keepdims=True)
    powers = [np.mean((np.sort(a @ t) - np.sort(b @ t)) ** 2) for t in theta]
    return np.sqrt(np.mean(powers))


DISTANCES = {
    "wasserstein1D": (1, lambda a, b: stats.wasserstein_distance(a[:, 0], b[:, 0])),
    "energy1D": (1, lambda a, b: stats.energy_distance(a[:, 0], b[:, 0])),
    "energy": (2, energy),
    "assignment": (2, assignment),
    "sinkhorn": (2, sinkhorn),
    "sliced": (3, sliced),
}

np.seterr(over="ignore")
for line in sys.stdin:
    name, count = line.split()
    p, distance = DISTANCES[name]
    a, b = cloud(int(count), p, 0), cloud(int(count), p, 1)
    start = time.process_time()
    answer = distance(a, b)
    print(json.dumps([time.process_time() - start, float(answer)]), flush=True)
