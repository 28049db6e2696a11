import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { hashKeyPath } from '../../src/random/hash.ts';
import { restoreStream, type Stream, stream } from '../../src/random/index.ts';

const words = (rng: Stream, count: number) => Array.from({ length: count }, () => rng.nextInt32());

describe('stream', () => {
  it("gives the words of pure-rand's generator from the hashed state", () => {
    const generator = xoroshiro128plusFromState(hashKeyPath(42, ['a', 1]));
    expect(words(stream(42).split('a', 1), 100)).toEqual(Array.from({ length: 100 }, () => generator.next()));
  });

  it('splits by name, whatever was drawn and in whatever pieces', () => {
    const used = stream(9);
    words(used, 1000);
    const expected = words(stream(9).split('a', 2, 'b'), 10);
    expect(words(used.split('a', 2, 'b'), 10)).toEqual(expected);
    expect(words(used.split('a').split(2).split('b'), 10)).toEqual(expected);
  });

  it('leaves the parent alone when it splits', () => {
    const rng = stream(9);
    rng.split('a');
    expect(words(rng, 10)).toEqual(words(stream(9), 10));
  });

  it('makes uniforms of 53 bits from the high bits of two words', () => {
    const rng = stream(3);
    const copy = rng.clone();
    for (let i = 0; i < 1000; i++) {
      const high = copy.nextInt32() >>> 5;
      const low = copy.nextInt32() >>> 6;
      const before = rng.clone();
      expect(rng.uniform()).toBe((high * 2 ** 26 + low) / 2 ** 53);
      expect(before.uniformOpen()).toBe(((high >>> 1) * 2 ** 26 + low + 0.5) / 2 ** 52);
    }
  });

  it('rejects seeds and keys that are no safe integers', () => {
    for (const seed of [0.5, Number.NaN, 2 ** 53]) expect(() => stream(seed)).toThrow(/^seed must be an integer/);
    expect(() => stream(1).split()).toThrow(/^keys must be at least one/);
    expect(() => stream(1).split(0.5)).toThrow(/^key must be a string or an integer/);
  });
});

describe('save and restore', () => {
  it('brings back name and state', () => {
    const rng = stream(-7).split('replicate', 3, 'Ωé');
    words(rng, 123);
    const back = restoreStream(rng.save());
    expect(back.seed).toBe(-7);
    expect(back.path).toEqual(['replicate', 3, 'Ωé']);
    expect(words(back, 50)).toEqual(words(rng, 50));
    expect(words(back.split('x'), 5)).toEqual(words(rng.split('x'), 5));
  });

  it('reads a view at any offset', () => {
    const bytes = stream(1).save();
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    expect(words(restoreStream(shifted), 5)).toEqual(words(stream(1), 5));
  });

  it('rejects what is no saved stream', () => {
    const good = stream(5).split('name').save();
    const changed = (at: number, value: number) => {
      const copy = good.slice();
      copy[at] = value;
      return copy;
    };
    expect(() => restoreStream(new Uint8Array(0))).toThrow(/saved stream/);
    expect(() => restoreStream(changed(0, 0))).toThrow(/saved stream/);
    expect(() => restoreStream(changed(7, 99))).toThrow(/saved stream of version 1/);
    expect(() => restoreStream(good.slice(0, 23))).toThrow(/saved stream/);
    expect(() => restoreStream(good.slice(0, 28))).toThrow(/cut or changed/);
    expect(() => restoreStream(good.slice().fill(0, 8, 24))).toThrow(/cut or changed/);
    expect(() => restoreStream(changed(24, 0))).toThrow(/cut or changed/);
  });

  it('does not share state with a clone', () => {
    const rng = stream(5);
    const copy = rng.clone();
    words(copy, 10);
    expect(words(rng, 5)).toEqual(words(stream(5), 5));
  });
});
