"""Random numbers by numpy: `LAW COUNT ARGUMENT` on standard input, [seconds of processor time] on standard output."""

import json
import sys
import time

import numpy as np

rng = np.random.Generator(np.random.PCG64(1))
LAWS = {
    "word": lambda n, _: rng.integers(-(2**31), 2**31, n, dtype=np.int32),
    "uniform": lambda n, _: rng.random(n),
    "normal": lambda n, _: rng.standard_normal(n),
    "exponential": lambda n, _: rng.standard_exponential(n),
    "poisson": lambda n, mean: rng.poisson(mean, n),
    "binomial": lambda n, p: rng.binomial(100, p, n),
    "integer": lambda n, bound: rng.integers(0, int(bound), n),
    "active": lambda n, q: np.flatnonzero(rng.random(n) < q),
}

for line in sys.stdin:
    law, count, argument = line.split()
    draw, n, x = LAWS[law], int(count), float(argument)
    start = time.process_time()
    draw(n, x)
    print(json.dumps([time.process_time() - start]), flush=True)
