/**
 * Replaces the sorted set of `count` members of 0, …, n - 1 at the head of `out` by its complement, sorted; returns the
 * size n - count. `out` has capacity at least n, and needs no more: the set waits in out[n - count … n - 1], and the
 * complement, which ends before n - count, never reaches an entry that is still to be read. O(n).
 */
export function complementInPlace(out: Int32Array, count: number, n: number): number {
  const size = n - count;
  out.copyWithin(size, 0, count);
  let written = 0;
  let value = 0;
  for (let read = size; read < n; read++) {
    const member = out[read]!;
    while (value < member) out[written++] = value++;
    value++;
  }
  while (value < n) out[written++] = value++;
  return size;
}
