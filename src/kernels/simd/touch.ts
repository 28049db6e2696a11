/** Numbers that stay in the caches near the processor: beyond this many, rows are fetched ahead. */
const CACHED = 2 ** 16;

/** What is read for nothing goes here. */
const SINK = new Float64Array(1);

/**
 * Reads one number of every cache line of the rows and nothing else, so that the memory works on many lines at once; the
 * copy itself has too many instructions a row for that. Keeping the sum keeps the loads from being dropped.
 */
export function touchRows(from: Float64Array, set: Int32Array, first: number, last: number, dimension: number): void {
  if (from.length <= CACHED) return;
  let sum = 0;
  for (let a = first; a < last; a++) {
    let read = Math.imul(set[a]!, dimension);
    const end = (read + dimension) | 0;
    for (; ((read + 24) | 0) < end; read = (read + 32) | 0)
      sum += from[read]! + from[(read + 8) | 0]! + from[(read + 16) | 0]! + from[(read + 24) | 0]!;
    for (; read < end; read = (read + 8) | 0) sum += from[read]!;
  }
  SINK[0] = sum;
}
