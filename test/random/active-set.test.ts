import { describe, expect, it } from 'vitest';
import { activeSetInto, activeSetSampler, type Stream, stream } from '../../src/random/index.ts';
import { skipTable } from '../../src/random/skip-table.ts';
import { chiSquareP, expectFit, LARGEST_Z } from './goodness-of-fit.ts';

type Draw = (rng: Stream, n: number, out: Int32Array) => number;

const methods: [string, (q: number) => Draw][] = [
  ['activeSetInto', (q) => (rng, n, out) => activeSetInto(rng, n, q, out)],
  ['activeSetSampler', (q) => activeSetSampler(q).into],
];

/** Counts, marginals, and the joint law of membership of the first eight, over many sets. */
function tally(draw: Draw, rng: Stream, n: number, sets: number) {
  const out = new Int32Array(n);
  const sizes = new Float64Array(n + 1);
  const members = new Float64Array(n);
  const patterns = new Float64Array(256);
  let unsorted = 0;
  for (let s = 0; s < sets; s++) {
    const size = draw(rng, n, out);
    sizes[size]!++;
    let pattern = 0;
    for (let j = 0; j < size; j++) {
      members[out[j]!]!++;
      if (out[j]! < 8) pattern |= 1 << out[j]!;
      if (j > 0 && out[j]! <= out[j - 1]!) unsorted++;
    }
    patterns[pattern]!++;
  }
  expect(unsorted).toBe(0);
  return { sizes, members, patterns };
}

function binomialProbabilities(n: number, q: number): Float64Array {
  const out = new Float64Array(n + 1);
  let p = q > 0.5 ? q ** n : (1 - q) ** n;
  for (let i = 0; i <= n; i++) {
    const k = q > 0.5 ? n - i : i;
    out[k] = p;
    p *= q > 0.5 ? ((k / (n - k + 1)) * (1 - q)) / q : (((n - k) / (k + 1)) * q) / (1 - q);
  }
  return out;
}

describe.each(methods)('%s', (name, method) => {
  const cases = [0.999, 0.9, 0.51, 0.5, 0.3, 0.1, 0.02, 1 / 512, 0.001];

  // χ² with false-alarm probability 1e-6 on each side, three times.
  it.each(cases)('q = %d: sizes are binomial, members equally likely, the first eight independent', (q) => {
    const n = 40;
    const sets = 30_000;
    const { sizes, members, patterns } = tally(method(q), stream(31).split(name, String(q)), n, sets);
    expectFit(chiSquareP(sizes, binomialProbabilities(n, q)));
    const z = members.map((count) => (count - sets * q) / Math.sqrt(sets * q * (1 - q)));
    expect(Math.max(...z.map(Math.abs))).toBeLessThan(5.5); // 40 marginals: 40 · 4e-8 = 1.6e-6
    const size = (pattern: number) => [...pattern.toString(2)].filter((bit) => bit === '1').length;
    const expected = Float64Array.from({ length: 256 }, (_, s) => q ** size(s) * (1 - q) ** (8 - size(s)));
    const order = [...expected.keys()].sort((a, b) => expected[a]! - expected[b]!);
    expectFit(
      chiSquareP(
        order.map((s) => patterns[s]!),
        order.map((s) => expected[s]!),
      ),
    );
  });

  // Centred products are uncorrelated, so each z is standard normal; 4 rates × 60 distances, |z| < 5.5: 1e-5 in all.
  it.each([0.5, 0.1, 0.01, 0.9])('q = %d: members at any distance are uncorrelated', (q) => {
    const n = 200_000;
    const out = new Int32Array(n);
    const line = new Float64Array(n).fill(-q);
    const size = method(q)(stream(32).split(name, String(q)), n, out);
    for (let j = 0; j < size; j++) line[out[j]!] = 1 - q;
    for (const distance of [...Array(50).keys(), 63, 127, 128, 255, 256, 511, 1023, 1024, 4095, 4096]) {
      let sum = 0;
      for (let i = distance + 1; i < n; i++) sum += line[i]! * line[i - distance - 1]!;
      expect(Math.abs(sum)).toBeLessThan(5.5 * q * (1 - q) * Math.sqrt(n - distance - 1));
    }
  });

  it('q = 1 gives everything and draws nothing', () => {
    const rng = stream(33);
    const out = new Int32Array(10).fill(-1);
    expect(method(1)(rng, 7, out)).toBe(7);
    expect([...out]).toEqual([0, 1, 2, 3, 4, 5, 6, -1, -1, -1]);
    expect(rng.nextInt32()).toBe(stream(33).nextInt32());
  });

  it('n = 0 is empty; n = 1 is a coin', () => {
    const rng = stream(34).split(name);
    expect(method(0.5)(rng, 0, new Int32Array(0))).toBe(0);
    for (const q of [0.9, 0.25]) {
      let heads = 0;
      const out = new Int32Array(1);
      const draw = method(q);
      for (let i = 0; i < 100_000; i++) heads += draw(rng, 1, out);
      expect(Math.abs(heads - 1e5 * q)).toBeLessThan(LARGEST_Z * Math.sqrt(1e5 * q * (1 - q)));
    }
  });

  it('tiny q: the number of members of 10⁷ is Poisson, and the gaps do not overflow', () => {
    const rng = stream(35).split(name);
    const out = new Int32Array(10_000_000);
    const draw = method(1e-9);
    let total = 0;
    for (let s = 0; s < 100_000; s++) total += draw(rng, 10_000_000, out);
    expect(Math.abs(total - 1000)).toBeLessThan(LARGEST_Z * Math.sqrt(1000));
    expect(method(1e-300)(rng, 10_000_000, out)).toBe(0);
    expect(method(Number.MIN_VALUE)(rng, 10_000_000, out)).toBe(0);
  });

  it('q next to 1 leaves out the right number', () => {
    const rng = stream(36).split(name);
    const n = 1_000_000;
    const out = new Int32Array(n);
    const q = 1 - 1e-5;
    const left = Array.from({ length: 100 }, () => n - method(q)(rng, n, out));
    const total = left.reduce((a, b) => a + b);
    expect(Math.abs(total - 1000)).toBeLessThan(LARGEST_Z * Math.sqrt(1000));
    expect(method(1 - 2 ** -53)(rng, n, out)).toBe(n);
  });

  it('writes nothing past what it returns', () => {
    const out = new Int32Array(60).fill(-7);
    for (const q of [0.1, 0.3]) {
      const size = method(q)(stream(37), 50, out);
      expect([...out.subarray(size)].every((x) => x === -7)).toBe(true);
    }
    method(0.8)(stream(37), 50, out);
    expect([...out.subarray(50)].every((x) => x === -7)).toBe(true);
  });

  it('rejects bad arguments by name', () => {
    const rng = stream(1);
    const out = new Int32Array(4);
    for (const q of [0, -0.1, 1.0001, Number.NaN])
      expect(() => method(q)(rng, 4, out)).toThrow(/^(q|keepRate) must be/);
    for (const n of [-1, 2.5, Number.NaN]) expect(() => method(0.5)(rng, n, out)).toThrow(/^n must be an integer/);
    expect(() => method(0.5)(rng, 5, out)).toThrow(/^out.length must be at least n = 5, got 4/);
  });
});

describe('cost', () => {
  /** A stream that counts its words. */
  function counting(seed: number): { rng: Stream; words: () => number } {
    const inner = stream(seed);
    let words = 0;
    const rng = {
      nextInt32: () => {
        words++;
        return inner.nextInt32();
      },
      uniform: () => {
        words += 2;
        return inner.uniform();
      },
    } as unknown as Stream;
    return { rng, words: () => words };
  }

  // Standard error of the mean number of words is below 0.4 % here; 3 % is 7 of them.
  it.each([0.5, 0.1, 0.01])('q = %d: qn + 1 skips, of two words and a bit, or of one word', (q) => {
    const n = 20_000;
    const out = new Int32Array(n);
    const skips = 100 * (q * n + 1);
    const plain = counting(41);
    for (let s = 0; s < 100; s++) activeSetInto(plain.rng, n, q, out);
    expect(plain.words() / skips).toBeGreaterThan(2);
    expect(plain.words() / skips).toBeLessThan(2.12);
    const tabled = counting(42);
    const sampler = activeSetSampler(q);
    for (let s = 0; s < 100; s++) sampler.into(tabled.rng, n, out);
    expect(Math.abs(tabled.words() / skips - 1)).toBeLessThan(0.03);
  });
});

describe('skipTable', () => {
  it.each([0.5, 0.3, 0.1, 0.01, 1 / 512])('rate %d: every limit is the distribution function to 2⁻⁵²', (rate) => {
    const { size, limit, fraction, guide } = skipTable(rate);
    let worst = 0;
    for (let k = 0; k < size; k++) {
      const f = (limit[k]! + 2 ** 31 + fraction[k]!) / 2 ** 32;
      worst = Math.max(worst, Math.abs(f + Math.expm1((k + 1) * Math.log1p(-rate))));
    }
    expect(worst).toBeLessThanOrEqual(2 ** -52);
    const right = guide.every((k, bucket) => {
      const lowest = bucket * 2 ** 20 - 2 ** 31;
      return limit[k]! >= lowest && (k === 0 || limit[k - 1]! < lowest);
    });
    expect(right).toBe(true);
  });

  it('a word that hits a limit is completed by 53 more bits', () => {
    const { limit, fraction } = skipTable(0.3);
    const scripted = (word: number, rest: number) => {
      const words = [word, 2 ** 31 - 1, 2 ** 31 - 1];
      return { nextInt32: () => words.shift() ?? 2 ** 31 - 1, uniform: () => rest } as unknown as Stream;
    };
    const first = (word: number, rest: number) => {
      const out = new Int32Array(100);
      const size = activeSetSampler(0.3).into(scripted(word, rest), 50, out);
      return size === 0 ? undefined : out[0];
    };
    for (const k of [0, 1, 5]) {
      expect(first(limit[k]! - 1, 0)).toBe(k);
      expect(first(limit[k]! + 1, 0)).toBe(k + 1);
      expect(first(limit[k]!, fraction[k]! * 0.999)).toBe(k);
      expect(first(limit[k]!, fraction[k]!)).toBe(k + 1);
    }
  });
});

describe('beyond the table', () => {
  it('a skip goes on from its end, and makes no member there', () => {
    const { size, limit } = skipTable(1 / 512);
    const words = [2 ** 31 - 1, limit[4]!, 2 ** 31 - 1, limit[0]! - 1];
    const rng = { nextInt32: () => words.shift() ?? 2 ** 31 - 1, uniform: () => 0.999999 } as unknown as Stream;
    const out = new Int32Array(3 * size);
    expect(activeSetSampler(1 / 512).into(rng, 3 * size, out)).toBe(2);
    expect([out[0], out[1]]).toEqual([size + 5, 2 * size + 6]);
  });
});

describe('power', () => {
  it('a mask reused over steps, and q off by 2 %, are found', () => {
    const q = 0.3;
    const kept = new Int32Array(40);
    let size = 0;
    const reused: Draw = (rng, n, into) => {
      if (rng.uniform() < 0.5) {
        size = activeSetInto(rng, n, q, kept);
      }
      into.set(kept);
      return size;
    };
    const correlated = tally(reused, stream(43), 40, 30_000);
    const z = correlated.members.map((count) => (count - 30_000 * q) / Math.sqrt(30_000 * q * (1 - q)));
    const spread = z.reduce((sum, x) => sum + x * x, 0) / 40;
    expect(spread).toBeGreaterThan(1 + LARGEST_Z * Math.sqrt(2 / 40));
    const off = tally((rng, n, into) => activeSetInto(rng, n, 1.02 * q, into), stream(44), 40, 30_000);
    expect(chiSquareP(off.sizes, binomialProbabilities(40, q))).toBeLessThan(1e-9);
  });
});
