import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACTIVATIONS, type ActivationName, type NeuronKernel } from '../../src/kernels/index.ts';
import { plainPerceptron } from '../../src/kernels/plain/perceptron.ts';
import { prepareActivation } from '../../src/kernels/simd/activations.ts';
import { simdEngine } from '../../src/kernels/simd/engine.ts';
import { simdPerceptron } from '../../src/kernels/simd/perceptron.ts';
import { normal, type Stream, stream } from '../../src/random/index.ts';

const NAMES = Object.keys(ACTIVATIONS) as ActivationName[];

/** The doubles' bits, so that -0 differs from 0. */
function bits(values: Float64Array): BigUint64Array {
  return new BigUint64Array(values.slice().buffer);
}

function normals(rng: Stream, count: number): Float64Array {
  return Float64Array.from({ length: count }, () => normal(rng));
}

/** Everything that a kernel answers, in one list. */
function answers(kernel: NeuronKernel, n: number, seed: number, between: () => void): Float64Array[] {
  const rng = stream(seed);
  const { dimension: p, samples: m } = kernel;
  const x = normals(rng, n * p);
  const set =
    rng.uniform() < 0.3 ? null : Int32Array.from({ length: n }, (_, i) => i).filter(() => rng.uniform() < 0.6);
  const count = set?.length ?? n;
  const weights = rng.uniform() < 0.5 ? null : normals(rng, count);
  const residual = normals(rng, m);
  const out: Float64Array[] = [];
  const sums = new Float64Array(m);
  kernel.forward(x, set, count, sums, weights);
  between();
  out.push(sums);
  const features = new Float64Array(count * m);
  kernel.featuresInto(x, features);
  out.push(features);
  for (const penalty of [null, normals(rng, m)]) {
    const pulled = new Float64Array(count * p);
    kernel.pullBackInto(x, residual, penalty, -0.7, pulled);
    out.push(pulled);
  }
  const each = x.slice();
  kernel.descendEach(each, normals(rng, count * m), 0.3);
  out.push(each);
  kernel.forward(x, set, count, null);
  between();
  kernel.descend(x, residual, 0.2);
  out.push(x);
  return out;
}

test('and on rows that are long, in arrays that are larger than caches', () => {
  for (const d of [14, 15, 16, 33]) {
    const inputs = { data: normals(stream(d), 3 * d), rows: 3, columns: d };
    const [n, seed] = [Math.ceil(2 ** 16 / d), 100 + d];
    const expected = answers(plainPerceptron(inputs, ACTIVATIONS.relu, false), n, seed, () => {});
    const actual = answers(simdPerceptron(inputs, 'relu', false), n, seed, () => {});
    expected.forEach((values, i) => {
      const theirs = bits(values);
      expect(bits(actual[i]!).findIndex((value, k) => value !== theirs[k])).toBe(-1);
    });
  }
});

describe.each(NAMES)('%s', (name) => {
  test('the SIMD kernel gives the bits of the plain one, for any shape, set and mini-batch', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 14 }),
        fc.integer({ min: 1, max: 11 }),
        fc.boolean(),
        fc.constantFrom('kept', 'evicted', 'partly kept'),
        fc.integer(),
        (n, m, d, bias, memory, seed) => {
          const rng = stream(seed).split('inputs');
          const inputs = { data: normals(rng, m * d), rows: m, columns: d };
          const plain = plainPerceptron(inputs, ACTIVATIONS[name], bias);
          const simd = simdPerceptron(inputs, name, bias, memory === 'partly kept' ? 40 * 8 * 2 * m : undefined);
          const { arena } = simdEngine()!;
          const between = () => {
            if (memory === 'evicted') arena.allocate(2 ** 26);
          };
          const rows = Int32Array.from({ length: m }, (_, j) => j).filter(() => rng.uniform() < 0.5);
          for (const chosen of [null, rows, null]) {
            plain.select(chosen);
            simd.select(chosen);
            expect(simd.samples).toBe(plain.samples);
            const [expected, actual] = [answers(plain, n, seed, () => {}), answers(simd, n, seed, between)];
            expected.forEach((values, i) => {
              expect(bits(actual[i]!)).toEqual(bits(values));
            });
          }
        },
      ),
      { numRuns: 40, seed: 3 },
    );
  });

  test('the activation has the same bits, from 0 to the largest numbers, and passes NaN on', () => {
    const engine = simdEngine()!;
    const rng = stream(5);
    const special = [
      0,
      -0,
      5e-324,
      1e-300,
      1 / 256,
      3 / 256,
      20,
      6,
      26.6,
      37.6,
      708,
      1e5,
      1e300,
      Number.POSITIVE_INFINITY,
    ];
    const values = Float64Array.from({ length: 4096 }, (_, i) => normal(rng) * 10 ** ((i % 12) - 8));
    values.set(special.flatMap((v) => [v, -v]));
    const bytes = 8 * values.length;
    const block = engine.arena.allocate(3 * bytes)!;
    const kind = prepareActivation(engine, name);
    const at = block.start / 8;
    engine.heap.set(values, at);
    engine.calls.activate(kind, block.start, bytes, block.start + 2 * bytes);
    const sigma = ACTIVATIONS[name];
    const out = new Float64Array(values.length);
    sigma.valuesInto(values, 0, values.length, out, 0);
    expect(bits(engine.heap.subarray(at, at + values.length))).toEqual(bits(out));
    if (!sigma.slopeFromValue) {
      sigma.slopesInto(values, 0, values.length, out, 0);
      expect(bits(engine.heap.subarray(at + values.length, at + 2 * values.length))).toEqual(bits(out));
    }
    // Any NaN, whatever its payload, for it must not lead a table look-up astray.
    engine.heap.fill(1, at, at + 16);
    new Uint32Array(engine.heap.buffer).set([0xffffffff, 0x7fffffff, 0x12345678, 0xfff80000], block.start / 4);
    engine.calls.activate(kind, block.start, 128, block.start + 2 * bytes);
    expect([...engine.heap.subarray(at, at + 3)].map(Number.isNaN)).toEqual([true, true, false]);
  });
});
