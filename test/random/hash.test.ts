import { describe, expect, it } from 'vitest';
import { hashKeyPath, type Key } from '../../src/random/hash.ts';

const hex = (words: readonly number[]) => words.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');

describe('hashKeyPath', () => {
  // The encoding and both passes, written independently in Python (see murmur3.test.ts).
  it.each([
    [42, [], 'bb4561098a79114e897d9b1dbbcac406'],
    [42, ['replicate', 3], '76fa59fcf2b963f94f090af2b5a2f017'],
    [0, [], 'adf8216c0a8258ad377f98d1b99cff2a'],
    [-1, ['a'], '491980e7bd12eb04d9d55ad9fcf37220'],
    [2 ** 53 - 1, ['', 0, 'é'], 'dfded1d87f5d77017ab599e5051f1520'],
  ] as [number, Key[], string][])('%d %j', (seed, path, digest) => expect(hex(hashKeyPath(seed, path))).toBe(digest));

  it('tells apart paths that could be confused', () => {
    const paths: Key[][] = [
      [],
      [''],
      [0],
      ['0'],
      ['', ''],
      ['a', 'b'],
      ['ab'],
      ['a', '', 'b'],
      [1, 2],
      [12],
      ['1', 2],
      ['a\u0000'],
      ['a'],
      [-1],
      [1],
      [2 ** 53 - 1],
      [2 ** 32],
    ];
    const digests = paths.flatMap((path) => [0, 1, -1].map((seed) => hex(hashKeyPath(seed, path))));
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('treats -0 as 0', () => expect(hashKeyPath(-0, [-0])).toEqual(hashKeyPath(0, [0])));

  // 10,000 digests of 128 bits: four words all different in each (P of an equal pair is 6·2⁻³²·10⁴ = 1.4e-5; seeds fixed).
  it('fills the four words independently, for short paths too', () => {
    let equal = 0;
    for (let seed = 0; seed < 10_000; seed++) if (new Set(hashKeyPath(seed, [])).size < 4) equal++;
    expect(equal).toBe(0);
  });

  it.each([0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY])('rejects the key %d', (key) =>
    expect(() => hashKeyPath(1, ['a', key])).toThrow(/^key must be a string or an integer/),
  );
});
