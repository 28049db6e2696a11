import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import {
  ACTIVATIONS,
  type ActivationName,
  type KernelImplementation,
  type NeuronKernel,
  perceptronKernel,
} from '../../src/kernels/index.ts';
import { simdEngine } from '../../src/kernels/simd/engine.ts';
import { normal, type Stream, stream } from '../../src/random/index.ts';

const normals = (rng: Stream, count: number) => Float64Array.from({ length: count }, () => normal(rng));

/** The steps that fused ones stand for, on the plain kernel. */
function inCalls(kernel: NeuronKernel, targets: Float64Array, weights: Float64Array) {
  const m = targets.length;
  const f = new Float64Array(m);
  return {
    step(x: Float64Array, set: Int32Array | null, count: number, scale: number, step: number) {
      kernel.forward(x, set, count, f);
      const r = f.map((value, j) => weights[j]! * (value * scale - targets[j]!));
      if (!r.every(Number.isFinite)) return false;
      kernel.descend(x, r, step);
      return true;
    },
    follow(x: Float64Array, set: Int32Array | null, count: number, r: Float64Array, step: number, sums: Float64Array) {
      kernel.forward(x, set, count, f);
      const before = f.slice();
      kernel.descend(x, r, step);
      kernel.forward(x, set, count, f);
      for (let j = 0; j < m; j++) sums[j]! += f[j]! - before[j]!;
    },
  };
}

test('a fused step has the bits of the calls that it stands for', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 1, max: 14 }),
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom<ActivationName>('tanh', 'relu', 'softplus'),
      fc.boolean(),
      fc.integer(),
      (n, m, d, name, all, seed) => {
        const rng = stream(seed);
        const inputs = { data: normals(rng, m * d), rows: m, columns: d };
        const [targets, weights] = [normals(rng, m), Float64Array.from({ length: m }, () => rng.uniform())];
        const kernelOf = (implementation: KernelImplementation): NeuronKernel =>
          perceptronKernel(inputs, ACTIVATIONS[name], true, { implementation });
        const [plain, simd] = [kernelOf('plain'), kernelOf('simd')];
        const { step, follow } = inCalls(plain, targets, weights);
        const fused = simd.squaredLossStep!(targets, weights);
        const x = normals(rng, n * simd.dimension);
        const y = x.slice();
        const set = all ? null : Int32Array.from({ length: n }, (_, i) => i).filter(() => rng.uniform() < 0.5);
        const count = set?.length ?? n;
        const residual = normals(rng, m);
        const [ours, theirs] = [normals(rng, m), new Float64Array(m)];
        theirs.set(ours);
        for (let t = 0; t < 3; t++) {
          expect(fused(x, set, count, 0.1, 0.3)).toBe(step(y, set, count, 0.1, 0.3));
          simd.descendAndFollow!(x, set, count, residual, 0.2, ours);
          follow(y, set, count, residual, 0.2, theirs);
          // A mini-batch in between must not leave targets of other samples behind.
          simd.select(Int32Array.of(0));
          simd.select(null);
        }
        expect(new BigUint64Array(x.buffer)).toEqual(new BigUint64Array(y.buffer));
        expect(ours).toEqual(theirs);
      },
    ),
    { numRuns: 60, seed: 4 },
  );
});

test('a fused step that would not stay finite says so and moves nothing', () => {
  const inputs = { data: Float64Array.of(1, 2, 3), rows: 3, columns: 1 };
  const kernel = perceptronKernel(inputs, ACTIVATIONS.relu, true, { implementation: 'simd' });
  const step = kernel.squaredLossStep!(Float64Array.of(1, 2, 3), Float64Array.of(1, 1, 1));
  const x = Float64Array.of(1e200, 1e200, 0, 1, 1, 1);
  const before = x.slice();
  expect(step(x, null, 2, 1, 0.1)).toBe(false);
  expect(x).toEqual(before);
  expect(step(x, Int32Array.of(1), 1, 1, 0.1)).toBe(true);
  expect(x).not.toEqual(before);
});

test('where the memory cannot grow, responses are computed again, to the same bits, and room is asked for once', () => {
  const { arena } = simdEngine()!;
  const allocate = arena.allocate.bind(arena);
  // Room for the samples and one chunk, about 20 kB, but not for 5000 neurons, about 700 kB.
  const asked = vi.spyOn(arena, 'allocate').mockImplementation((bytes) => (bytes > 1e5 ? null : allocate(bytes)));
  const [n, m, d] = [5000, 14, 3];
  const rng = stream(6);
  const inputs = { data: normals(rng, m * d), rows: m, columns: d };
  const kernelOf = (implementation: KernelImplementation): NeuronKernel =>
    perceptronKernel(inputs, ACTIVATIONS.tanh, true, { implementation });
  const [plain, simd] = [kernelOf('plain'), kernelOf('simd')];
  const [targets, weights, residual] = [normals(rng, m), normals(rng, m), normals(rng, m)];
  const { step, follow } = inCalls(plain, targets, weights);
  const fused = simd.squaredLossStep!(targets, weights);
  const x = normals(rng, n * simd.dimension);
  const y = x.slice();
  const [ours, theirs] = [new Float64Array(m), new Float64Array(m)];
  for (let t = 0; t < 3; t++) {
    fused(x, null, n, 1e-4, 0.1);
    step(y, null, n, 1e-4, 0.1);
    simd.descendAndFollow!(x, null, n, residual, 0.1, ours);
    follow(y, null, n, residual, 0.1, theirs);
  }
  expect(asked).toHaveBeenCalledTimes(2);
  asked.mockRestore();
  expect(x).toEqual(y);
  expect(ours).toEqual(theirs);
});
