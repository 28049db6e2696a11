import fc from 'fast-check';
import { type EmpiricalMeasure, empiricalMeasure } from '../../src/measure/index.ts';
import { stream } from '../../src/random/stream.ts';

/** Points sin((i + 1)(k + 1.5)·s): the same few lines in Python make the clouds of the reference numbers. */
export function sineCloud(n: number, p: number, s: number): number[][] {
  return Array.from({ length: n }, (_, i) => Array.from({ length: p }, (_, k) => Math.sin((i + 1) * (k + 1.5) * s)));
}

/** Weights 1 + (i·s mod 5). */
export function cyclicWeights(n: number, s: number): number[] {
  return Array.from({ length: n }, (_, i) => ((i * s) % 5) + 1);
}

/** A seeded cloud, uniform on the unit cube, with equal or random weights. */
export function randomCloud(seed: number, n: number, p: number, weighted: boolean): EmpiricalMeasure {
  const rng = stream(seed);
  const points = Array.from({ length: n }, () => Array.from({ length: p }, () => rng.uniform()));
  return empiricalMeasure(points, weighted ? points.map(() => rng.uniform() + 0.01) : undefined);
}

const coordinate = fc.integer({ min: -40, max: 40 }).map((k) => k / 8);

/** Clouds of `count` points with ties, in dimension p; weighted ones have some weights 0. */
export function cloudArbitrary(
  p: number,
  count: fc.Arbitrary<number>,
  weighted: boolean,
): fc.Arbitrary<EmpiricalMeasure> {
  return count.chain((n) =>
    fc
      .tuple(
        fc.array(fc.array(coordinate, { minLength: p, maxLength: p }), { minLength: n, maxLength: n }),
        fc.array(fc.integer({ min: 0, max: 7 }), { minLength: n, maxLength: n }),
      )
      .filter(([, weights]) => !weighted || weights.some((w) => w > 0))
      .map(([points, weights]) => empiricalMeasure(points, weighted ? weights : undefined)),
  );
}
