import { expect, test } from 'vitest';
import { ACTIVATIONS, perceptronKernel } from '../../src/kernels/index.ts';
import { Arena, type Block } from '../../src/kernels/simd/arena.ts';
import { simdEngine } from '../../src/kernels/simd/engine.ts';
import { stream, uniformInt } from '../../src/random/index.ts';

test('living blocks never overlap, lie within what was grown, and the oldest go first', () => {
  let reached = 128;
  const arena = new Arena(128, 10_000, (end) => {
    reached = Math.max(reached, end);
    return true;
  });
  const rng = stream(1);
  const all: Block[] = [];
  for (let i = 0; i < 600; i++) {
    const block = arena.allocate(1 + uniformInt(rng, i % 50 === 0 ? 20_000 : 900))!;
    expect(block.start % 64).toBe(0);
    expect(block.start).toBeGreaterThanOrEqual(128);
    expect(block.end).toBeLessThanOrEqual(reached);
    for (const other of all) if (other.alive) expect(other.end <= block.start || block.end <= other.start).toBe(true);
    all.push(block);
  }
  expect(all.at(-1)!.alive).toBe(true);
  expect(reached).toBeLessThan(128 + 20_064);
});

test('a memory that cannot grow gives null and keeps what it has', () => {
  const arena = new Arena(0, 1000, (end) => end <= 500);
  const first = arena.allocate(400)!;
  expect(arena.allocate(1_000_000)).toBeNull();
  expect(first.alive).toBe(true);
});

test('thousands of kernels share one memory of bounded size, and each still answers', () => {
  const inputs = { data: Float64Array.from({ length: 200 }, (_, i) => Math.fround(i / 100)), rows: 50, columns: 4 };
  const x = Float64Array.from({ length: 6 * 40 }, (_, i) => (i % 7) - 3);
  const kernels = Array.from({ length: 3000 }, () =>
    perceptronKernel(inputs, ACTIVATIONS.relu, true, { implementation: 'simd' }),
  );
  const first = new Float64Array(50);
  for (const kernel of kernels) kernel.forward(x, null, 40, first);
  expect(simdEngine()!.calls.memory.buffer.byteLength).toBeLessThan(2 ** 26 + 2 ** 20);
  const [a, b] = [x.slice(), x.slice()];
  kernels[0]!.descend(a, first, 0.1);
  kernels.at(-1)!.descend(b, first, 0.1);
  expect(a).toEqual(b);
});
