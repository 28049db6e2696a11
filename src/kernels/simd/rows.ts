/**
 * Copies of particles between the caller's array and the module's memory. 32-bit indices (so particles may have up to 2^31
 * numbers) and four numbers a round, all read before any is written, is what the engine compiles best: a third faster.
 */

import { gatherLongRows, LONG, subtractLongRows } from './long-rows.ts';
import { touchRows } from './touch.ts';

/** Rows of `dimension` numbers: set[first + a] of `from`, a < lanes, to consecutive rows of `to` at index `write`. */
export function gatherRows(
  from: Float64Array,
  set: Int32Array,
  first: number,
  lanes: number,
  dimension: number,
  to: Float64Array,
  write: number,
): void {
  const last = (first + lanes) | 0;
  touchRows(from, set, first, last, dimension);
  if (dimension >= LONG) {
    gatherLongRows(from, set, first, last, dimension, to, write);
    return;
  }
  for (let a = first; a < last; a++) {
    let read = Math.imul(set[a]!, dimension);
    const end = (read + dimension) | 0;
    for (; ((read + 3) | 0) < end; ) {
      const x0 = from[read]!;
      const x1 = from[read + 1]!;
      const x2 = from[read + 2]!;
      const x3 = from[read + 3]!;
      to[write] = x0;
      to[write + 1] = x1;
      to[write + 2] = x2;
      to[write + 3] = x3;
      read = (read + 4) | 0;
      write = (write + 4) | 0;
    }
    for (; read < end; ) {
      to[write] = from[read]!;
      read = (read + 1) | 0;
      write = (write + 1) | 0;
    }
  }
}

/** Subtracts consecutive rows of `from` at index `read` from rows set[first + a] of `to`. */
export function subtractRows(
  from: Float64Array,
  read: number,
  set: Int32Array,
  first: number,
  lanes: number,
  dimension: number,
  to: Float64Array,
): void {
  const last = (first + lanes) | 0;
  if (dimension >= LONG) {
    subtractLongRows(from, read, set, first, last, dimension, to);
    return;
  }
  for (let a = first; a < last; a++) {
    subtract(from, read, dimension, to, Math.imul(set[a]!, dimension));
    read = (read + dimension) | 0;
  }
}

/** to[write + i] -= from[read + i]. */
export function subtract(from: Float64Array, read: number, count: number, to: Float64Array, write: number): void {
  const end = (write + count) | 0;
  for (; ((write + 3) | 0) < end; ) {
    const d0 = to[write]! - from[read]!;
    const d1 = to[write + 1]! - from[read + 1]!;
    const d2 = to[write + 2]! - from[read + 2]!;
    const d3 = to[write + 3]! - from[read + 3]!;
    to[write] = d0;
    to[write + 1] = d1;
    to[write + 2] = d2;
    to[write + 3] = d3;
    read = (read + 4) | 0;
    write = (write + 4) | 0;
  }
  for (; write < end; ) {
    to[write] = to[write]! - from[read]!;
    read = (read + 1) | 0;
    write = (write + 1) | 0;
  }
}

/** to[write + i] = from[read + i]; not by `set`, which wants a view, and thus an allocation a step. */
export function copy(from: Float64Array, read: number, count: number, to: Float64Array, write: number): void {
  const end = (write + count) | 0;
  for (; ((write + 3) | 0) < end; ) {
    const x0 = from[read]!;
    const x1 = from[read + 1]!;
    const x2 = from[read + 2]!;
    const x3 = from[read + 3]!;
    to[write] = x0;
    to[write + 1] = x1;
    to[write + 2] = x2;
    to[write + 3] = x3;
    read = (read + 4) | 0;
    write = (write + 4) | 0;
  }
  for (; write < end; ) {
    to[write] = from[read]!;
    read = (read + 1) | 0;
    write = (write + 1) | 0;
  }
}
