import { describe, expect, test } from 'vitest';
import { ACTIVATIONS, type KernelImplementation, perceptronKernel } from '../../src/kernels/index.ts';
import { normal, stream } from '../../src/random/index.ts';
import { allowRelaxedSimd } from './relaxed-simd.ts';

/** x · 2^bits, exactly; x must be a multiple of 2^-bits. */
const whole = (x: number, bits: number) => BigInt(x * 2 ** bits);
const size = (x: bigint) => (x < 0n ? -x : x);

/** Whether |computed - Σ terms| ≤ γ_K Σ |terms|, γ_K = K u/(1 - K u), u = 2^-53; terms are integers over 2^bits. */
function withinRoundings(computed: number, terms: readonly bigint[], bits: number, K: number): boolean {
  let sum = 0n;
  let sizes = 0n;
  for (const term of terms) {
    sum += term;
    sizes += size(term);
  }
  return size(whole(computed, bits) - sum) * (2n ** 53n - BigInt(K)) <= BigInt(K) * sizes;
}

const rng = stream(7);
const short = (x: number) => Math.round(x * 2 ** 80) / 2 ** 80;
/** Term number i of n: what makes rounding errors pile up, cancel badly, or differ much in size. */
const TERMS: Record<string, (i: number, n: number) => number> = {
  'all alike, rounded always the same way': () => 0.1,
  'large ones that cancel, small ones that stay': (i) => (i % 3 === 0 ? 2 ** 40 : i % 3 === 1 ? -(2 ** 40) : 1 / 3),
  'growing and then shrinking': (i, n) => 2 ** Math.round(60 * (i < n / 2 ? i / n : 1 - i / n) - 30) * (1 + 2 ** -52),
  'one large, then many that a sum in order would drop': (i) => (i === 0 ? 2 ** 52 : 0.3),
  normal: () => normal(rng),
};

allowRelaxedSimd();

describe.each<KernelImplementation>(['plain', 'simd', 'simd-fma'])('%s', (implementation) => {
  const kernelOn = (z: number[]) =>
    perceptronKernel({ data: Float64Array.from(z), rows: z.length, columns: 1 }, ACTIVATIONS.identity, true, {
      implementation,
    });

  test.each(Object.keys(TERMS))('a sum over neurons errs by at most ⌈n/128⌉ + 20 roundings: %s', (name) => {
    for (const n of [1, 2, 33, 129, 1000, 40_000]) {
      // φ = a · (1 · z + bias) with z = 1 and bias 0, so that only products and sums round.
      const kernel = kernelOn([1]);
      const x = new Float64Array(3 * n);
      const weights = new Float64Array(n);
      for (let i = 0; i < n; i++) {
        x[3 * i] = short(TERMS[name]!(i, n));
        x[3 * i + 1] = 1 + (i % 7) / 7;
        weights[i] = 1 / (1 + (i % 5));
      }
      const out = new Float64Array(1);
      const terms = (w: (i: number) => number) =>
        Array.from({ length: n }, (_, i) => whole(x[3 * i]!, 140) * whole(x[3 * i + 1]!, 60) * whole(w(i), 60));
      const blocks = Math.ceil(n / 128);
      kernel.forward(x, null, n, out);
      expect(
        withinRoundings(
          out[0]!,
          terms(() => 1),
          260,
          blocks + 19,
        ),
        `${n} terms`,
      ).toBe(true);
      kernel.forward(x, null, n, out, weights);
      expect(
        withinRoundings(
          out[0]!,
          terms((i) => weights[i]!),
          260,
          blocks + 20,
        ),
        `${n} weighted`,
      ).toBe(true);
    }
  });

  test.each(Object.keys(TERMS))('a sum over samples errs by at most ⌈m/2⌉ + 4 roundings: %s', (name) => {
    for (const m of [1, 2, 5, 64, 201]) {
      const z = Array.from({ length: m }, (_, j) => 1 + (j % 7) / 7);
      const kernel = kernelOn(z);
      const r = Float64Array.from({ length: m }, (_, j) => short(TERMS[name]!(j, m)));
      const x = Float64Array.of(0.7, 1.3, 0);
      const out = new Float64Array(3);
      kernel.forward(x, null, 1, null);
      kernel.pullBackInto(x, r, null, 0.9, out);
      const scaled = whole(0.9, 60) * whole(0.7, 60);
      const inner = Array.from(r, (value, j) => whole(value, 140) * whole(z[j]!, 60) * scaled);
      const bias = Array.from(r, (value) => whole(value, 140) * scaled);
      expect(withinRoundings(out[1]!, inner, 320, Math.ceil(m / 2) + 4), `${m} inner`).toBe(true);
      expect(withinRoundings(out[2]!, bias, 260, Math.ceil(m / 2) + 3), `${m} bias`).toBe(true);
    }
  });
});
