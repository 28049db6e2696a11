import { checkInteger } from '../base/check.ts';
import type { Stream } from './stream.ts';
import { uniformInt } from './uniform-int.ts';

/**
 * A uniformly random subset of 0, …, n - 1 of the size of `out`, sorted, written to `out`.
 *
 * Small subsets (at most n/16) are drawn member by member, O(k log k) for k members (R. W. Floyd, in J. Bentley, Comm.
 * ACM 30, 1987); larger ones by going through all n in turn, O(n) (D. Knuth, TAOCP 3.4.2, algorithm S).
 *
 * @param n - an integer in [out.length, 2³¹ - 1]
 */
export function sampleWithoutReplacementInto(rng: Stream, n: number, out: Int32Array): void {
  checkInteger('n', n, { min: out.length, max: 2147483647 });
  if (out.length <= n / 16) drawMembers(rng, n, out);
  else goThrough(rng, n, out);
}

function drawMembers(rng: Stream, n: number, out: Int32Array): void {
  const members = new Set<number>();
  for (let top = n - out.length; top < n; top++) {
    const member = uniformInt(rng, top + 1);
    members.add(members.has(member) ? top : member);
  }
  let i = 0;
  for (const member of members) out[i++] = member;
  out.sort();
}

function goThrough(rng: Stream, n: number, out: Int32Array): void {
  let chosen = 0;
  for (let i = 0; chosen < out.length; i++) {
    if (uniformInt(rng, n - i) < out.length - chosen) out[chosen++] = i;
  }
}
