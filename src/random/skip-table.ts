import { expm1, log1p } from './elementary.ts';
import type { Stream } from './stream.ts';

/** The distribution function of a geometric skip, ready to be searched with 32-bit words. */
export interface SkipTable {
  /** Number of skips in the table, 0, …, size - 1; index `size` stands for "size or more". */
  readonly size: number;
  /** Integer part of 2³²·P(skip ≤ k), minus 2³¹, so that it compares with a signed word. [size + 1] */
  readonly limit: Int32Array;
  /** Fractional part of 2³²·P(skip ≤ k). [size + 1] */
  readonly fraction: Float64Array;
  /** For each value of a word's upper 12 bits, the first k whose limit such a word may not exceed. [4096] */
  readonly guide: Uint16Array;
}

const LARGEST = 4096;

let latest: { readonly rate: number; readonly table: SkipTable } | undefined;

/**
 * The table of the skips between successes of probability `rate`, up to probability 2·10⁻⁹ or 4096 skips. The latest one is kept: many
 * short runs in turn, each with a sampler of its own, would spend more on tables than on steps.
 */
export function skipTable(rate: number): SkipTable {
  if (latest?.rate !== rate) latest = { rate, table: madeTable(rate) };
  return latest.table;
}

function madeTable(rate: number): SkipTable {
  const logFailure = log1p(-rate);
  const size = Math.min(LARGEST, Math.ceil(-20 / logFailure));
  const limit = new Int32Array(size + 1);
  const fraction = new Float64Array(size + 1);
  for (let k = 0; k < size; k++) {
    const scaled = -expm1((k + 1) * logFailure) * 4294967296;
    limit[k] = Math.floor(scaled) - 2147483648;
    fraction[k] = scaled - Math.floor(scaled);
  }
  limit[size] = 2147483647;
  fraction[size] = 1;
  const guide = new Uint16Array(4096);
  for (let bucket = 0, k = 0; bucket < 4096; bucket++) {
    while (limit[k]! < bucket * 1048576 - 2147483648) k++;
    guide[bucket] = k;
  }
  return { size, limit, fraction, guide };
}

/** Sorted positions of the successes among 0, …, n - 1, written to `out`; returns their number. */
export function successesInto(rng: Stream, table: SkipTable, n: number, out: Int32Array): number {
  const { size, limit, guide } = table;
  let count = 0;
  let position = 0;
  for (;;) {
    const word = rng.nextInt32();
    let skip = guide[(word >> 20) + 2048]!;
    while (word > limit[skip]!) skip++;
    if (word === limit[skip]!) skip = complete(rng, table, word, skip);
    position += skip;
    if (position >= n) return count;
    if (skip < size) out[count++] = position++;
  }
}

/** The word equals the integer part of a limit, perhaps of several: 53 more bits decide against their fractions. */
function complete(rng: Stream, { limit, fraction }: SkipTable, word: number, first: number): number {
  const rest = rng.uniform();
  let skip = first;
  while (word === limit[skip]! && rest >= fraction[skip]!) skip++;
  return skip;
}
