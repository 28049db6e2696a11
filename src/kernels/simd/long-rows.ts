/** As rows.ts, for long rows: rounds of eight numbers, in which the engine checks the arrays once. */

import { touchRows } from './touch.ts';

/** Numbers from which on a row is long. Rounds of eight gain a fifth there, and cost short rows. */
export const LONG = 16;

export function gatherLongRows(
  from: Float64Array,
  set: Int32Array,
  first: number,
  last: number,
  dimension: number,
  to: Float64Array,
  write: number,
): void {
  for (let a = first; a < last; a++) {
    let read = Math.imul(set[a]!, dimension);
    const end = (read + dimension) | 0;
    for (; ((read + 7) | 0) < end; ) {
      const x0 = from[read]!;
      const x1 = from[(read + 1) | 0]!;
      const x2 = from[(read + 2) | 0]!;
      const x3 = from[(read + 3) | 0]!;
      const x4 = from[(read + 4) | 0]!;
      const x5 = from[(read + 5) | 0]!;
      const x6 = from[(read + 6) | 0]!;
      const x7 = from[(read + 7) | 0]!;
      to[write] = x0;
      to[(write + 1) | 0] = x1;
      to[(write + 2) | 0] = x2;
      to[(write + 3) | 0] = x3;
      to[(write + 4) | 0] = x4;
      to[(write + 5) | 0] = x5;
      to[(write + 6) | 0] = x6;
      to[(write + 7) | 0] = x7;
      read = (read + 8) | 0;
      write = (write + 8) | 0;
    }
    for (; read < end; ) {
      to[write] = from[read]!;
      read = (read + 1) | 0;
      write = (write + 1) | 0;
    }
  }
}

export function subtractLongRows(
  from: Float64Array,
  read: number,
  set: Int32Array,
  first: number,
  last: number,
  dimension: number,
  to: Float64Array,
): void {
  touchRows(to, set, first, last, dimension);
  for (let a = first; a < last; a++) {
    let write = Math.imul(set[a]!, dimension);
    const end = (write + dimension) | 0;
    for (; ((write + 7) | 0) < end; ) {
      const d0 = to[write]! - from[read]!;
      const d1 = to[(write + 1) | 0]! - from[(read + 1) | 0]!;
      const d2 = to[(write + 2) | 0]! - from[(read + 2) | 0]!;
      const d3 = to[(write + 3) | 0]! - from[(read + 3) | 0]!;
      const d4 = to[(write + 4) | 0]! - from[(read + 4) | 0]!;
      const d5 = to[(write + 5) | 0]! - from[(read + 5) | 0]!;
      const d6 = to[(write + 6) | 0]! - from[(read + 6) | 0]!;
      const d7 = to[(write + 7) | 0]! - from[(read + 7) | 0]!;
      to[write] = d0;
      to[(write + 1) | 0] = d1;
      to[(write + 2) | 0] = d2;
      to[(write + 3) | 0] = d3;
      to[(write + 4) | 0] = d4;
      to[(write + 5) | 0] = d5;
      to[(write + 6) | 0] = d6;
      to[(write + 7) | 0] = d7;
      read = (read + 8) | 0;
      write = (write + 8) | 0;
    }
    for (; write < end; ) {
      to[write] = to[write]! - from[read]!;
      read = (read + 1) | 0;
      write = (write + 1) | 0;
    }
  }
}
