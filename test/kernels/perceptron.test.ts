import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACTIVATIONS, type ActivationName, type NeuronKernel, perceptronKernel } from '../../src/kernels/index.ts';
import { normal, stream } from '../../src/random/index.ts';
import { textbookFeatures, textbookPullBack } from './textbook.ts';

const NAMES = Object.keys(ACTIVATIONS) as ActivationName[];

interface Problem {
  kernel: NeuronKernel;
  x: Float64Array;
  rows: number[][];
  features: number[][];
  pullBack(i: number, r: ArrayLike<number>): number[];
}

function problem(name: ActivationName, n: number, m: number, d: number, bias: boolean, seed: number): Problem {
  const rng = stream(seed);
  const inputs = Array.from({ length: m }, () => Array.from({ length: d }, () => normal(rng)));
  const sigma = ACTIVATIONS[name];
  const one = new Float64Array(1);
  const neuron = {
    inputs,
    bias,
    sigma(v: number) {
      sigma.valuesInto(Float64Array.of(v), 0, 1, one, 0);
      return one[0]!;
    },
    slope(v: number) {
      sigma.slopesInto(Float64Array.of(sigma.slopeFromValue ? this.sigma(v) : v), 0, 1, one, 0);
      return one[0]!;
    },
  };
  const p = 1 + d + (bias ? 1 : 0);
  const x = Float64Array.from({ length: n * p }, () => normal(rng));
  const rows = Array.from({ length: n }, (_, i) => [...x.subarray(i * p, (i + 1) * p)]);
  return {
    kernel: perceptronKernel({ data: Float64Array.from(inputs.flat()), rows: m, columns: d }, sigma, bias),
    x,
    rows,
    features: rows.map((row) => textbookFeatures(neuron, row)),
    pullBack: (i, r) => textbookPullBack(neuron, rows[i]!, r),
  };
}

function close(actual: ArrayLike<number>, expected: ArrayLike<number>, scale = 1): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++)
    expect(Math.abs(actual[i]! - expected[i]!)).toBeLessThanOrEqual(1e-13 * (scale + Math.abs(expected[i]!)));
}

describe.each(NAMES)('%s perceptron kernel against the textbook', (name) => {
  test('sums, features, descents and pull-backs agree for any shape and set', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 11 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        fc.integer(),
        (n, m, d, bias, seed) => {
          const { kernel, x, rows, features, pullBack } = problem(name, n, m, d, bias, seed);
          const rng = stream(seed).split('more');
          const set = Int32Array.from(rows.keys()).filter(() => rng.uniform() < 0.7);
          const weights = Float64Array.from(set, () => normal(rng));
          const residual = Float64Array.from({ length: m }, () => normal(rng));
          const p = kernel.dimension;

          const sums = new Float64Array(m);
          kernel.forward(x, set, set.length, sums, weights);
          close(
            sums,
            features[0]!.map((_, j) => [...set].reduce((s, i, a) => s + weights[a]! * features[i]![j]!, 0)),
            n,
          );

          const own = new Float64Array(set.length * m);
          kernel.featuresInto(x, own);
          close(
            own,
            [...set].flatMap((i) => features[i]!),
          );

          const penalty = Float64Array.from({ length: m }, () => rng.uniform());
          const pulled = new Float64Array(set.length * p);
          kernel.pullBackInto(x, residual, penalty, -2, pulled);
          const penalized = (i: number) => residual.map((r, j) => r + penalty[j]! * features[i]![j]!);
          close(
            pulled,
            [...set].flatMap((i) => pullBack(i, penalized(i)).map((g) => -2 * g)),
            10,
          );

          const each = Float64Array.from({ length: set.length * m }, () => normal(rng));
          const moved = x.slice();
          kernel.descendEach(moved, each, 0.3);
          const expected = rows.map((row) => [...row]);
          set.forEach((i, a) => {
            pullBack(i, each.subarray(a * m, (a + 1) * m)).forEach((g, k) => {
              expected[i]![k]! -= 0.3 * g;
            });
          });
          close(moved, expected.flat(), 10);

          kernel.forward(x, null, n, null);
          const all = x.slice();
          kernel.descend(all, residual, 0.1);
          close(
            all,
            rows.flatMap((row, i) => pullBack(i, residual).map((g, k) => row[k]! - 0.1 * g)),
            10,
          );
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  test('the pull-back is the derivative of the features (finite differences)', () => {
    if (name === 'relu') return; // not differentiable at 0; its slope is tested above
    const { kernel, x } = problem(name, 3, 4, 2, true, 9);
    const residual = Float64Array.of(0.3, -1, 0.7, 0.2);
    const p = kernel.dimension;
    const pulled = new Float64Array(3 * p);
    kernel.forward(x, null, 3, null);
    kernel.pullBackInto(x, residual, null, 1, pulled);
    const potential = (at: Float64Array) => {
      const sums = new Float64Array(4);
      kernel.forward(at, null, 3, sums);
      return sums.reduce((s, f, j) => s + f * residual[j]!, 0);
    };
    const h = 1e-5;
    for (let k = 0; k < x.length; k++) {
      const [up, down] = [x.slice(), x.slice()];
      up[k]! += h;
      down[k]! -= h;
      // Central differences: truncation of order h² = 1e-10, rounding about 1e-16/h = 1e-11.
      expect(pulled[k]).toBeCloseTo((potential(up) - potential(down)) / (2 * h), 8);
    }
  });
});

test('a selected mini-batch answers as a kernel built on those samples would', () => {
  const inputs = { data: Float64Array.of(1, 2, -1, 0.5, 0.3, 0.1, 2, -2), rows: 4, columns: 2 };
  const chosen = { data: Float64Array.of(2, -2, -1, 0.5), rows: 2, columns: 2 };
  const x = Float64Array.of(0.4, 1, -0.3, 0.2, -1.1, 0.6, 0.8, 0);
  const [whole, part] = [
    perceptronKernel(inputs, ACTIVATIONS.tanh, true),
    perceptronKernel(chosen, ACTIVATIONS.tanh, true),
  ];
  whole.select(Int32Array.of(3, 1));
  const [a, b] = [new Float64Array(2), new Float64Array(2)];
  whole.forward(x, null, 2, a);
  part.forward(x, null, 2, b);
  expect(a).toEqual(b);
  const residual = Float64Array.of(1, -2);
  const [xa, xb] = [x.slice(), x.slice()];
  whole.descend(xa, residual, 0.1);
  part.descend(xb, residual, 0.1);
  expect(xa).toEqual(xb);
  whole.select(null);
  expect(whole.samples).toBe(4);
});
