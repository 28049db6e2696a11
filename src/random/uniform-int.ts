import { ArgumentError } from '../base/errors.ts';
import type { Stream } from './stream.ts';

/**
 * Uniform on 0, 1, …, n - 1, without bias (by rejection), from the high bits of the words.
 *
 * Up to n = 2²¹ by one multiplication (D. Lemire, ACM TOMACS 29(1), 2019): 2⁵³ holds the product. Expected draws < 2.
 *
 * @param n - an integer in [1, 2⁵³]
 */
export function uniformInt(rng: Stream, n: number): number {
  if (!(n >= 1 && n <= 9007199254740992) || Math.floor(n) !== n)
    throw new ArgumentError('n', n, 'an integer in [1, 2^53]');
  if (n <= 2097152) return byMultiplication(rng, n);
  if (n <= 4294967296) {
    const shift = Math.clz32(n - 1);
    for (;;) {
      const value = rng.nextInt32() >>> shift;
      if (value < n) return value;
    }
  }
  const highBits = 32 - Math.clz32(Math.floor((n - 1) / 4294967296));
  for (;;) {
    const value = (rng.nextInt32() >>> (32 - highBits)) * 4294967296 + (rng.nextInt32() >>> 0);
    if (value < n) return value;
  }
}

function byMultiplication(rng: Stream, n: number): number {
  let word = rng.nextInt32() >>> 0;
  if (Math.imul(word, n) >>> 0 < n) {
    const unfair = 4294967296 % n;
    while (Math.imul(word, n) >>> 0 < unfair) word = rng.nextInt32() >>> 0;
  }
  return Math.floor((word * n) / 4294967296);
}
