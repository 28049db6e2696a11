import { describe, expect, it } from 'vitest';
import { murmur3x86x128 } from '../../src/random/murmur3.ts';

/**
 * Digests of the bytes (7i + 3) mod 256, i = 0 … length - 1, by an implementation written independently in Python from
 * the reference algorithm; that one gives SMHasher's verification value 0xB3ECE62A for MurmurHash3_x86_128.
 */
const digests: [number, string][] = [
  [0, '00000000000000000000000000000000'],
  [1, '70d159b27643466f7643466f7643466f'],
  [3, 'aeaf995a3c1e0d173c1e0d173c1e0d17'],
  [4, '96730a642b5a744a2b5a744a2b5a744a'],
  [5, 'bfa641bc477db7364533345145333451'],
  [8, '802555159fc1af51e60b81fbe60b81fb'],
  [9, '83f87d3ff463af4e041325dc59a5a42e'],
  [12, '7505922ef7e2241ac634d647401901a8'],
  [13, '36d8233e618d9b6723276d2c76bcc80d'],
  [15, 'b186314cd83994c979989e614026183a'],
  [16, '66a18bf3ee8386c01f821fdc0a6dd533'],
  [17, '28f01ec4307455b24686acf03523143a'],
  [24, 'd8334e8d96a4e580ff33be5fd93ace98'],
  [31, '8cfefa9bd715c49d67786e43a51ec26a'],
  [32, 'cceea8aca66462996efde9c9a7a95a72'],
  [33, '6be88ebdb03a41991d747b376c64d50e'],
  [47, 'd5861d01d25a0839cdb51f91081ec7a0'],
  [48, '87c64f97ac0531db8441793140ba7eac'],
  [100, '9b151d6fda1ec4aac06cc2e36eb91a6d'],
];

const hex = (words: readonly number[]) => words.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');

describe('murmur3x86x128', () => {
  it.each(digests)('%d bytes', (length, digest) => {
    const bytes = Uint8Array.from({ length }, (_, i) => 7 * i + 3);
    expect(hex(murmur3x86x128(bytes))).toBe(digest);
  });

  it('reads a view at any offset', () => {
    const bytes = Uint8Array.from({ length: 31 }, (_, i) => 7 * i + 3);
    const shifted = new Uint8Array(40).subarray(5, 36);
    shifted.set(bytes);
    expect(murmur3x86x128(shifted)).toEqual(murmur3x86x128(bytes));
  });
});
