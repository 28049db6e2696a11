import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cubicDepositInto } from '../../src/dropout/distribution/deposit.ts';
import { gaussHermite } from '../../src/dropout/distribution/gauss-hermite.ts';
import { hilbertKey, spaceFillingOrder } from '../../src/dropout/distribution/hilbert.ts';
import { PartnerSums } from '../../src/dropout/distribution/partner-sums.ts';
import { poissonProbabilities, poissonQuantiles } from '../../src/dropout/distribution/poisson-quantiles.ts';
import { spreadPoints } from '../../src/dropout/distribution/spread-points.ts';
import { SSP_METHODS } from '../../src/dropout/distribution/ssp.ts';
import { axisNode } from '../../src/measure/grid.ts';
import { stream } from '../../src/random/index.ts';
import { tanhPlane } from './distribution-tasks.ts';

describe('Gauss–Hermite rules', () => {
  // numpy 2.4: np.polynomial.hermite_e.hermegauss(n), weights over their sum.
  test('agree with numpy', () => {
    const seven = gaussHermite(7);
    const nodes = [0, 1.1544053947399682, 2.3667594107345415, 3.750439717725742];
    const weights = [0.45714285714285713, 0.24012317860501253, 0.03075712396758645, 0.0005482688559722184];
    nodes.forEach((node, k) => {
      expect(seven.nodes[3 + k]).toBeCloseTo(node, 13);
      expect(seven.nodes[3 - k]).toBeCloseTo(-node, 13);
      expect(seven.weights[3 + k]).toBeCloseTo(weights[k]!, 13);
    });
  });

  test.each([1, 2, 5, 16, 33, 64, 128, 256])('with %d nodes have the moments of the normal law', (n) => {
    const { nodes, weights } = gaussHermite(n);
    expect(nodes.every((node, k) => k === 0 || node > nodes[k - 1]!)).toBe(true);
    expect(weights.every((weight) => weight >= 0)).toBe(true);
    let exact = 1;
    for (let power = 0; power < Math.min(2 * n, 24); power += 2) {
      const moment = nodes.reduce((sum, node, k) => sum + weights[k]! * node ** power, 0);
      expect(Math.abs(moment / exact - 1)).toBeLessThan(1e-11);
      exact *= power + 1;
    }
  });
});

describe('the space-filling order', () => {
  test.each([
    [2, 5],
    [3, 3],
    [4, 2],
  ])('in %d dimensions with %d bits visits every cell once, neighbours in turn', (p, bits) => {
    const side = 2 ** bits;
    const cells: number[][] = [];
    for (let i = 0; i < side ** p; i++) {
      const cell = Array.from({ length: p }, (_, k) => Math.floor(i / side ** k) % side);
      cells[hilbertKey(Uint32Array.from(cell), bits)] = cell;
    }
    expect(cells.filter(() => true)).toHaveLength(side ** p);
    for (let i = 1; i < cells.length; i++) {
      const distance = cells[i]!.reduce((sum, value, k) => sum + Math.abs(value - cells[i - 1]![k]!), 0);
      expect(distance).toBe(1);
    }
  });

  test('sorts on the line, and is a permutation anywhere', () => {
    const rng = stream(3);
    const points = Float64Array.from({ length: 3000 }, () => rng.uniform() ** 3);
    const order = spaceFillingOrder(points, 1);
    for (let i = 1; i < order.length; i++) expect(points[order[i]!]).toBeGreaterThanOrEqual(points[order[i - 1]!]!);
    for (const p of [2, 3, 60]) {
      const sorted = [...spaceFillingOrder(points, p)].sort((a, b) => a - b);
      expect(sorted).toEqual(Array.from({ length: 3000 / p }, (_, i) => i));
    }
  });
});

test('each stretch of 2^k particles gets points that are evenly spread among themselves', () => {
  const points = spreadPoints(stream(4), 1024, 1);
  for (const length of [2, 16, 128])
    for (let first = 0; first < 1024; first += length) {
      const cells = [...points.subarray(first, first + length)].map((u) => Math.floor(u * length));
      expect(new Set(cells).size).toBe(length);
    }
});

test.each([0, 0.05, 1, 30, 400])('Poisson quantiles of mean %d invert the distribution function', (mean) => {
  const probabilities = poissonProbabilities(mean);
  const first = probabilities.reduce((sum, value, k) => sum + k * value, 0);
  expect(Math.abs(first - mean)).toBeLessThan(1e-11 * (1 + mean));
  const quantile = poissonQuantiles(mean);
  let below = 0;
  probabilities.forEach((value, k) => {
    if (value > 1e-9) expect(quantile(below + value / 2)).toBe(k);
    below += value;
  });
});

test.each(Object.entries(SSP_METHODS))('%s is made of Euler steps within its limit', (_, method) => {
  for (const { kept, moved } of method!.stages) {
    expect(kept.reduce((a, b) => a + b)).toBeCloseTo(1, 15);
    kept.forEach((share, j) => {
      expect(share - method!.limit * moved[j]!).toBeGreaterThanOrEqual(-1e-12);
    });
  }
});

describe('the cubic deposit', () => {
  const axisOf = (count: number) => ({ lower: -1, upper: 2, count });

  test('of isolated points is positive and keeps mass and mean; of a smooth law also the next moments', () => {
    const weighted = fc.record({
      x: fc.double({ min: -1.2, max: 2.2, noNaN: true }),
      y: fc.double({ min: -1, max: 2, noNaN: true }),
      w: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(weighted, { minLength: 1, maxLength: 40 }), fc.constantFrom(8, 13), (points, count) => {
        const axes = [axisOf(count), axisOf(9)];
        const particles = Float64Array.from(points.flatMap(({ x, y }) => [x, y]));
        const weights = Float64Array.from(points, ({ w }) => w);
        const out = new Float64Array(count * 9);
        const lost = cubicDepositInto(axes, particles, weights, out);
        const sums = { mass: 0, y: 0 };
        out.forEach((mass, i) => {
          expect(mass).toBeGreaterThanOrEqual(0);
          sums.mass += mass;
          sums.y += mass * axisNode(axes[1]!, i % 9);
        });
        const exact = points.reduce((sum, { w, y }) => ({ mass: sum.mass + w, y: sum.y + w * y }), { mass: 0, y: 0 });
        expect(sums.mass).toBeCloseTo(exact.mass, 12);
        expect(sums.y).toBeCloseTo(exact.y, 12);
        const outside = points.reduce((sum, { x, w }) => sum + (x < -1 || x > 2 ? w : 0), 0);
        expect(lost).toBeCloseTo(outside, 12);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('keeps the first three moments of a smooth law', () => {
    const axis = axisOf(121);
    const particles = Float64Array.from({ length: 4000 }, (_, i) => -0.9 + (2.8 * (i + 0.5)) / 4000);
    const density = particles.map((x) => Math.exp(-0.5 * ((x - 0.45) / 0.2) ** 2));
    const total = density.reduce((a, b) => a + b);
    const out = new Float64Array(121);
    cubicDepositInto(
      [axis],
      particles,
      density.map((w) => w / total),
      out,
    );
    for (const power of [0, 1, 2, 3]) {
      const moment = out.reduce((sum, mass, i) => sum + mass * axisNode(axis, i) ** power, 0);
      const exact = particles.reduce((sum, x, i) => sum + (density[i]! / total) * x ** power, 0);
      expect(Math.abs(moment - exact)).toBeLessThan(1e-10);
    }
  });
});

test('partner sums have the mean and variances of the compound Poisson law, and converge to its other moments', () => {
  const task = tanhPlane();
  const count = 200;
  const particles = new Float64Array(2 * count);
  task.initial.sampleInto(stream(8), count, particles);
  const weights = Float64Array.from({ length: count }, (_, i) => (1 + (i % 3)) / 2).map((w) => w / 200);
  const total = weights.reduce((a, b) => a + b);
  weights.forEach((w, i) => {
    weights[i] = w / total;
  });
  const features = new Float64Array(count * 3);
  const kernel = task.neuron.kernel();
  kernel.forward(particles, null, count, null);
  kernel.featuresInto(particles, features);
  const power = (j: number, k: number) => weights.reduce((sum, w, i) => sum + w * features[3 * i + j]! ** k, 0);
  const c = 3;
  const third: number[] = [];
  for (let r = 0; r < 10; r++) {
    const sums = new PartnerSums(task, c, 1024, stream(9).split(r)).draw(particles, weights);
    for (let j = 0; j < 3; j++) {
      const values = Array.from({ length: 1024 }, (_, k) => sums[3 * k + j]!);
      const mean = values.reduce((a, b) => a + b) / 1024;
      expect(mean).toBeCloseTo(c * power(j, 1), 12);
      expect(values.reduce((s, v) => s + (v - mean) ** 2, 0) / 1024).toBeCloseTo(c * power(j, 2), 12);
      if (j === 2) third.push(values.reduce((s, v) => s + (v - mean) ** 3, 0) / 1024);
    }
  }
  // The cumulants of a compound Poisson law are c E φ^k. Seeded.
  const mean = third.reduce((a, b) => a + b) / 10;
  const error = Math.sqrt(third.reduce((s, v) => s + (v - mean) ** 2, 0) / 90);
  expect(Math.abs(mean - c * power(2, 3))).toBeLessThan(5 * error);
  expect(error).toBeLessThan(0.15 * c * power(2, 2) ** 1.5);
});
