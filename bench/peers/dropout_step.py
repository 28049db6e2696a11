"""The dropout step in NumPy on gathered rows: what an expert writes in Python. See bench/problem.ts for the problem."""

import sys
import time

import numpy as np

n, m, d = (int(v) for v in sys.argv[1:4])
q, activation = float(sys.argv[4]), sys.argv[5]


def mix(x):
    x = np.asarray(x, dtype=np.uint32)
    x = x ^ (x >> np.uint32(16))
    x = x * np.uint32(0x7FEB352D)
    x = x ^ (x >> np.uint32(15))
    x = x * np.uint32(0x846CA68B)
    return x ^ (x >> np.uint32(16))


def uniform(stream, count):
    i = np.arange(count, dtype=np.uint32)
    return 4 * (mix(i * np.uint32(0x9E3779B1) + np.uint32(stream)) / 2.0**32 - 0.5)


raw = uniform(1, m * d).reshape(m, d)
inputs = raw / np.sqrt(d)
targets = raw[:, 0] * raw[:, min(1, d - 1)]
outer = uniform(2, n)
inner = uniform(3, n * d).reshape(n, d)
rng = np.random.default_rng(1)


def sigma(h):
    return np.tanh(h, out=h) if activation == "tanh" else np.maximum(h, 0, out=h)


def slope(s):
    return 1 - s * s if activation == "tanh" else (s > 0).astype(float)


def step(active):
    a, b = (outer, inner) if active is None else (outer[active], inner[active])
    s = sigma(b @ inputs.T)
    r = (a @ s / (q * n) - targets) / m
    rate = 0.05
    grad_a = s @ r
    grad_b = (slope(s) * r) @ inputs
    if active is None:
        inner[...] -= rate * a[:, None] * grad_b
        outer[...] -= rate * grad_a
    else:
        inner[active] = b - rate * a[:, None] * grad_b
        outer[active] = a - rate * grad_a


def hashed(t):
    if q >= 1:
        return None
    key = mix(t + 0x01234567)
    return np.flatnonzero(mix((np.arange(n, dtype=np.uint32) * np.uint32(0x9E3779B1)) ^ key) < q * 2.0**32)


def drawn():
    return None if q >= 1 else np.flatnonzero(rng.random(n) < q)


np.seterr(over="ignore")
for line in sys.stdin:
    what, count = line.split()
    if what == "check":
        for t in range(int(count)):
            step(hashed(t))
        f = outer @ sigma(inner @ inputs.T) / n
        print(repr(float(np.sum((f - targets) ** 2) / (2 * m))), flush=True)
    else:
        start = time.process_time()
        for _ in range(int(count)):
            step(drawn())
        print(time.process_time() - start, flush=True)
