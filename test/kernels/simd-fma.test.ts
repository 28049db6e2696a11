import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ACTIVATIONS,
  type ActivationName,
  fusesProducts,
  type NeuronKernel,
  perceptronKernel,
} from '../../src/kernels/index.ts';
import { prepareActivation } from '../../src/kernels/simd/activations.ts';
import { simdEngine } from '../../src/kernels/simd/engine.ts';
import { normal, type Stream, stream } from '../../src/random/index.ts';
import { EXACT, errorOf, fixed } from './exact.ts';
import { fusedMadd, type Madd, separateMadd } from './fused-madd.ts';
import { ReferenceKernel } from './reference.ts';
import { allowRelaxedSimd } from './relaxed-simd.ts';

allowRelaxedSimd();

const NAMES = Object.keys(ACTIVATIONS) as ActivationName[];
const normals = (rng: Stream, count: number) => Float64Array.from({ length: count }, () => normal(rng));
const bits = (values: Float64Array) => new BigUint64Array(values.slice().buffer);

/** The double nearest to a · b + c, ties to even: by whole numbers over 2^300, and then by the division of one by the other. */
function exactMadd(a: number, b: number, c: number): number {
  const whole = (x: number, places: number) => fixed(x) >> BigInt(3000 - places);
  const sum = whole(a, 150) * whole(b, 150) + whole(c, 300);
  const size = sum < 0n ? -sum : sum;
  const drop = BigInt(Math.max(0, size.toString(2).length - 53));
  const half = drop === 0n ? 0n : 1n << (drop - 1n);
  const kept = size >> drop;
  const rest = size - (kept << drop);
  const up = drop > 0n && (rest > half || (rest === half && (kept & 1n) === 1n));
  const rounded = (kept + (up ? 1n : 0n)) << drop;
  return (Number(rounded) / 2 ** 300) * (sum < 0n ? -1 : 1);
}

test('the reference for a fused multiply-add rounds once, to nearest, ties to even', () => {
  const rng = stream(1);
  let once = 0;
  for (let i = 0; i < 3000; i++) {
    const [a, b] = [normal(rng), normal(rng)];
    const far = normal(rng) * 2 ** Math.round(60 * (rng.uniform() - 0.5));
    // Sums that nearly cancel, that lie halfway between doubles, and of any sizes.
    const c = [far, -a * b * (1 + Math.round(4 * rng.uniform()) * 2 ** -52), 2 ** 54 * a * b][i % 3]!;
    const [x, y] = i % 5 === 0 ? [Math.round(a * 2 ** 20), Math.round(b * 2 ** 20) + 0.5] : [a, b];
    expect(fusedMadd(x, y, c)).toBe(exactMadd(x, y, c));
    if (fusedMadd(x, y, c) !== separateMadd(x, y, c)) once++;
  }
  expect(fusedMadd(1 + 2 ** -30, 1 + 2 ** -30, -(1 + 2 ** -29))).toBe(2 ** -60);
  expect(once).toBeGreaterThan(300);
});

describe.each(NAMES)('%s', (name) => {
  /** Compares all answers of a kernel with those of the reference. */
  function compare(implementation: 'plain' | 'simd-fma', madd: Madd): void {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 14 }),
        fc.integer({ min: 1, max: 11 }),
        fc.integer(),
        (n, m, d, seed) => {
          const rng = stream(seed);
          const inputs = { data: normals(rng, m * d), rows: m, columns: d };
          const kernel: NeuronKernel = perceptronKernel(inputs, ACTIVATIONS[name], true, { implementation });
          expect(kernel.implementation).toBe(implementation);
          const reference = new ReferenceKernel(inputs, name, madd);
          const x = normals(rng, n * (d + 2));
          const weights = normals(rng, n);
          const [residual, penalty] = [normals(rng, m), normals(rng, m)];
          const sums = new Float64Array(m);
          for (const chosen of [weights, null]) {
            kernel.forward(x, null, n, sums, chosen);
            expect(bits(sums)).toEqual(bits(reference.sums(x, chosen)));
          }
          const out = new Float64Array(x.length);
          kernel.pullBackInto(x, residual, penalty, -0.7, out);
          expect(bits(out)).toEqual(bits(reference.pullBack(x, residual, penalty, -0.7)));
          const before = x.slice();
          kernel.descend(x, residual, 0.2);
          const step = reference.pullBack(before, residual, new Float64Array(m), 0.2);
          expect(bits(x)).toEqual(bits(before.map((value, i) => value - step[i]!)));
        },
      ),
      { numRuns: 8, seed: 3 },
    );
  }

  test('the reference with two roundings has the bits of the plain kernel', () => {
    compare('plain', separateMadd);
  });

  test('simd-fma has those of one rounding where products and sums are fused, else those of two', () => {
    compare('simd-fma', fusesProducts('simd-fma') ? fusedMadd : separateMadd);
  });
});

/** Whether the processor is known to have fused multiply-adds. */
const capable =
  process.arch === 'arm64' || (existsSync('/proc/cpuinfo') && /\bfma\b/.test(readFileSync('/proc/cpuinfo', 'utf8')));

test('only simd-fma fuses, and does where the processor can', () => {
  expect(fusesProducts('simd-fma') || !capable).toBe(true);
  expect(fusesProducts('plain')).toBe(false);
  expect(fusesProducts('simd')).toBe(false);
  expect(simdEngine('simd')!.calls.fuses()).toBe(0);
});

test('tanh keeps its relative error below 4e-16', () => {
  const engine = simdEngine('simd-fma')!;
  const rng = stream(2);
  const values = Float64Array.from({ length: 256 }, (_, i) => normal(rng) * 10 ** ((i % 8) - 6));
  const block = engine.arena.allocate(16 * values.length)!;
  engine.heap.set(values, block.start / 8);
  engine.calls.activate(
    prepareActivation(engine, 'tanh'),
    block.start,
    8 * values.length,
    block.start + 8 * values.length,
  );
  values.forEach((v, i) => {
    expect(errorOf(engine.heap[block.start / 8 + i]!, EXACT.tanh!(fixed(v))).relative).toBeLessThan(4e-16);
  });
});
