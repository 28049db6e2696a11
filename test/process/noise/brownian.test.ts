import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter } from '../../../src/base/bytes.ts';
import { ArgumentError } from '../../../src/base/errors.ts';
import { type BrownianSource, brownianTree, freshBrownian } from '../../../src/process/index.ts';
import { type Stream, stream } from '../../../src/random/index.ts';

type Make = (rng: Stream, paths: number) => BrownianSource;

const sources: readonly (readonly [string, Make])[] = [
  ['freshBrownian', freshBrownian],
  ['brownianTree', brownianTree],
  ['brownianTree with cells of 0.3', (rng, paths) => brownianTree(rng, paths, { unit: 0.3 })],
];

/** Increment and area of an interval, for every path. */
function ask(source: BrownianSource, from: number, to: number) {
  const increment = new Float64Array(source.paths);
  const area = new Float64Array(source.paths);
  source.incrementAndAreaInto(from, to, increment, area);
  return { increment, area };
}

function askIncrement(source: BrownianSource, from: number, to: number) {
  const increment = new Float64Array(source.paths);
  source.incrementInto(from, to, increment);
  return increment;
}

const close = (a: Float64Array, b: Float64Array, scale = 1) => {
  for (let i = 0; i < a.length; i++) expect(Math.abs(a[i]! - b[i]!)).toBeLessThan(1e-12 * scale);
};

const times = fc
  .uniqueArray(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 3, maxLength: 6 })
  .map((list) => list.sort((a, b) => a - b))
  .filter((list) => list.every((t, i) => i === 0 || t - list[i - 1]! > 1e-3));

describe.each(sources)('%s', (_name, make) => {
  test.prop([times, fc.integer(), fc.boolean()], { numRuns: 40 })(
    'answers about one path, whatever was asked before',
    (list, seed, late) => {
      const source = make(stream(seed), 3);
      const [a, c] = [list[0]!, list.at(-1)!];
      const whole = late ? undefined : ask(source, a, c);
      const parts = list.slice(1).map((to, i) => ({ from: list[i]!, to, ...ask(source, list[i]!, to) }));
      const again = ask(source, a, c);
      if (whole) {
        close(whole.increment, again.increment);
        close(whole.area, again.area);
      }
      close(askIncrement(source, a, c), again.increment);
      for (let i = 0; i < 3; i++) {
        let w = 0;
        let integral = 0;
        for (const { from, to, increment, area } of parts) {
          integral += (to - from) * (w + 0.5 * increment[i]! + area[i]!);
          w += increment[i]!;
        }
        expect(Math.abs(w - again.increment[i]!)).toBeLessThan(1e-12);
        expect(Math.abs(integral - (c - a) * (0.5 * again.increment[i]! + again.area[i]!))).toBeLessThan(1e-12);
      }
    },
  );

  it('has the law of Brownian motion with its areas on intervals that are cut again and again', () => {
    const paths = 5_000;
    const source = make(stream(11), paths);
    const grid = [0.1, 0.3, 0.77, 0.8, 1.9];
    // From the whole to the parts, backwards and not in order; first without areas.
    askIncrement(source, 1, 1.3);
    ask(source, 0.1, 1.9);
    ask(source, 0.3, 1.9);
    ask(source, 0.77, 0.8);
    const columns = grid.slice(1).flatMap((to, k) => {
      const h = to - grid[k]!;
      const { increment, area } = ask(source, grid[k]!, to);
      return [increment.map((x) => x / Math.sqrt(h)), area.map((x) => x / Math.sqrt(h / 12))];
    });
    // All of them are independent standard normal numbers: 8 means, 36 covariances, 8 fourth moments. 5.5 standard
    // errors: the probability of a false alarm is 52·4e-8 = 2e-6, and the seed is fixed.
    const within = (value: number, exact: number, deviation: number) =>
      expect(Math.abs(value - exact)).toBeLessThan((5.5 * deviation) / Math.sqrt(paths));
    const mean = (of: (i: number) => number) => {
      let sum = 0;
      for (let i = 0; i < paths; i++) sum += of(i);
      return sum / paths;
    };
    columns.forEach((x, j) => {
      within(
        mean((i) => x[i]!),
        0,
        1,
      );
      within(
        mean((i) => x[i]! ** 4),
        3,
        Math.sqrt(96),
      );
      columns.slice(0, j + 1).forEach((y, k) => {
        within(
          mean((i) => x[i]! * y[i]!),
          j === k ? 1 : 0,
          j === k ? Math.SQRT2 : 1,
        );
      });
    });
  });

  it('rejects intervals that are none', () => {
    const source = make(stream(1), 1);
    const out = new Float64Array(1);
    expect(() => source.incrementInto(1, 1, out)).toThrow(ArgumentError);
    expect(() => source.incrementInto(Number.NaN, 1, out)).toThrow(ArgumentError);
    expect(() => source.incrementInto(0, Number.POSITIVE_INFINITY, out)).toThrow(ArgumentError);
  });
});

describe('brownianTree', () => {
  test.prop([times, fc.integer(), fc.integer({ min: 0, max: 7 })], { numRuns: 40 })(
    'is a function of name, path and time: of nothing that was asked before, nor of the number of paths',
    (list, seed, path) => {
      const reference = brownianTree(stream(seed).split('noise'), 8);
      const other = brownianTree(stream(seed).split('noise'), path + 1);
      const pairs = list.slice(1).map((to, i) => [list[i]!, to] as const);
      const expected = pairs.map(([from, to]) => ask(reference, from, to));
      for (const [i, [from, to]] of [...pairs.entries()].reverse()) {
        const { increment, area } = ask(other, from, to);
        expect(increment[path]).toBe(expected[i]!.increment[path]);
        expect(area[path]).toBe(expected[i]!.area[path]);
      }
    },
  );

  it('gives different paths to different names', () => {
    const [a, b] = ['one', 'two'].map((name) => askIncrement(brownianTree(stream(1).split(name), 4), 0, 1));
    expect(new Set([...a!, ...b!]).size).toBe(8);
  });

  it('joins cells, before 0 as well', () => {
    const source = brownianTree(stream(4), 2);
    const parts = [-1.5, -0.2, 0, 2.25, 7].map((from, i, all) => [from, all[i + 1] ?? 7.5] as const);
    const sum = parts.reduce((w, [from, to]) => w + askIncrement(source, from, to)[1]!, 0);
    expect(askIncrement(source, -1.5, 7.5)[1]).toBeCloseTo(sum, 12);
  });

  it('is a straight line below its finest level', () => {
    const source = brownianTree(stream(4), 1, { depth: 3 });
    const [quarter] = askIncrement(source, 0.25, 0.25 + 1 / 32);
    const [eighth] = askIncrement(source, 0.25, 0.25 + 1 / 8);
    expect(quarter! / eighth!).toBeCloseTo(1 / 4, 12);
  });

  it('refuses a depth beyond 52 and times beyond 2³¹ units', () => {
    expect(() => brownianTree(stream(1), 1, { depth: 53 })).toThrow(ArgumentError);
    expect(() => brownianTree(stream(1), 1, { unit: 0 })).toThrow(ArgumentError);
    expect(() => askIncrement(brownianTree(stream(1), 1), 0, 2 ** 32)).toThrow(ArgumentError);
  });
});

describe('freshBrownian', () => {
  it('refuses to speak about what was forgotten', () => {
    const source = freshBrownian(stream(1), 1);
    askIncrement(source, 0, 1);
    source.forgetBefore(0.5);
    expect(() => askIncrement(source, 0.4, 1)).toThrow(ArgumentError);
    askIncrement(source, 0.5, 1);
  });

  it('leaves the stream it was given alone, and continues from its bytes to the same bits', () => {
    const rng = stream(3);
    const source = freshBrownian(rng, 2);
    ask(source, 0, 1);
    askIncrement(source, 1, 2);
    source.forgetBefore(0.5);
    expect(rng.nextInt32()).toBe(stream(3).nextInt32());
    const bytes = new ByteWriter();
    source.save(bytes);
    const restored = freshBrownian(stream(99), 2);
    restored.load(new ByteReader(bytes.finish()));
    for (const [from, to] of [
      [0.6, 1.5],
      [0.5, 0.7],
      [1.9, 3],
    ] as const)
      expect(ask(restored, from, to)).toEqual(ask(source, from, to));
  });
});
