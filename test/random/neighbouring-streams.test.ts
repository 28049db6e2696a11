import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { normal, type Stream, stream } from '../../src/random/index.ts';
import { chiSquareP, expectFit, LARGEST_Z } from './goodness-of-fit.ts';

const STREAMS = 4000;
const OUTPUTS = 40;

/** Row s: the first 40 outputs of source s, as numbers. */
type Source = (index: number) => () => number;

function table(source: Source): Float64Array[] {
  return Array.from({ length: STREAMS }, (_, s) => {
    const next = source(s);
    return Float64Array.from({ length: OUTPUTS }, () => next());
  });
}

/** Correlation over s of output j of source s with output j of source s + lag, times √count: standard normal if independent. */
function correlationZ(rows: readonly Float64Array[], j: number, lag: number): number {
  const count = rows.length - lag;
  const column = rows.map((row) => row[j]!);
  const mean = column.reduce((a, b) => a + b) / column.length;
  const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / column.length;
  let sum = 0;
  for (let s = 0; s < count; s++) sum += (column[s]! - mean) * (column[s + lag]! - mean);
  return sum / (variance * Math.sqrt(count));
}

const words = (rng: Stream) => () => rng.nextInt32();
const sources: [string, Source][] = [
  ['seeds', (s) => words(stream(s))],
  ['negative seeds', (s) => words(stream(-s))],
  ['integer keys', (s) => words(stream(42).split(s))],
  ['named integer keys', (s) => words(stream(42).split('replicate', s))],
  ['string keys', (s) => words(stream(42).split(`cell ${s}`))],
  ['keys below keys', (s) => words(stream(42).split('replicate', s, 'clock'))],
  ['large seeds', (s) => words(stream(2 ** 53 - 1 - s))],
];

describe.each(sources)('%s', (_, source) => {
  const rows = table(source);

  // 40 outputs × 5 lags; each |z| exceeds 5.2 with probability 2e-7, so 4e-5 for all; seeds fixed.
  it('neighbours do not correlate', () => {
    for (let j = 0; j < OUTPUTS; j++)
      for (const lag of [1, 2, 3, 64, 1024]) expect(Math.abs(correlationZ(rows, j, lag))).toBeLessThan(5.2);
  });

  // χ² on the top byte of each output, false-alarm probability 1e-6 on each side.
  it('the first outputs are uniform over the streams', () => {
    for (const j of [0, 1, OUTPUTS - 1]) {
      const counts = new Float64Array(256);
      for (const row of rows) counts[(row[j]! >>> 24) & 255]!++;
      expectFit(chiSquareP(counts, new Float64Array(256).fill(1 / 256)));
    }
  });

  // Every bit of the first output: balanced, and independent of the neighbour's. |z| > 5.2 has probability 2e-7.
  it('every bit of the first output is fair, and differs from its neighbour half of the time', () => {
    for (let bit = 0; bit < 32; bit++) {
      let ones = 0;
      let changes = 0;
      for (let s = 0; s + 1 < STREAMS; s++) {
        ones += (rows[s]![0]! >>> bit) & 1;
        changes += ((rows[s]![0]! ^ rows[s + 1]![0]!) >>> bit) & 1;
      }
      for (const count of [ones, changes])
        expect(Math.abs(2 * count - (STREAMS - 1))).toBeLessThan(5.2 * Math.sqrt(STREAMS - 1));
    }
  });

  it('first outputs do not repeat', () => {
    // 4000 words of 32 bits: 0.002 equal pairs expected; three or more have probability 1e-9.
    const repeats = STREAMS - new Set(rows.map((row) => row[0])).size;
    expect(repeats).toBeLessThan(3);
  });
});

describe('the seeding trap', () => {
  it('is found when consecutive seeds are handed to the generator raw', () => {
    const rows = table((s) => {
      const generator = xoroshiro128plus(s);
      return () => generator.next();
    });
    let caught = 0;
    for (let j = 0; j < OUTPUTS; j++) if (Math.abs(correlationZ(rows, j, 1)) > 5.2) caught++;
    expect(caught).toBeGreaterThan(OUTPUTS / 2);
  });
});

describe('parent and child', () => {
  // Correlation of 100,000 normals of two streams: |z| > 4.75 has probability 2e-6.
  it.each([
    ['a stream and its child', stream(1), stream(1).split('child')],
    ['siblings', stream(1).split(0), stream(1).split(1)],
    ['a key and its text', stream(1).split(1), stream(1).split('1')],
  ])('%s do not correlate', (_, a, b) => {
    let sum = 0;
    for (let i = 0; i < 100_000; i++) sum += normal(a) * normal(b);
    expect(Math.abs(sum) / Math.sqrt(100_000)).toBeLessThan(LARGEST_Z);
  });
});
