import { ArgumentError } from '../base/errors.ts';

/** One step of a stream's key path. */
export type Key = string | number;

/**
 * 128 bits from a seed and a key path, by MurmurHash3 x86_128 over an injective byte string (each part carries a type
 * tag and its length). A. Appleby, MurmurHash3 (public domain).
 */
export function hashKeyPath(seed: number, path: readonly Key[]): [number, number, number, number] {
  const parts = [seed, ...path].map(encodeKey);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  const state = murmur3x86x128(bytes);
  // The all-zero state is a fixed point of the generator: its probability is 2⁻¹²⁸, and it must not happen.
  return (state[0] | state[1] | state[2] | state[3]) === 0 ? [1, 0, 0, 0] : state;
}

function encodeKey(key: Key): Uint8Array {
  if (typeof key === 'string') {
    const text = new TextEncoder().encode(key);
    const out = new Uint8Array(5 + text.length);
    out[0] = 1;
    new DataView(out.buffer).setUint32(1, text.length);
    out.set(text, 5);
    return out;
  }
  if (!Number.isSafeInteger(key)) throw new ArgumentError('key', key, 'a string or an integer within ±(2⁵³ - 1)');
  const out = new Uint8Array(9);
  out[0] = 2;
  new DataView(out.buffer).setFloat64(1, key === 0 ? 0 : key);
  return out;
}

function rotate(x: number, r: number): number {
  return (x << r) | (x >>> (32 - r));
}

function finalize(h: number): number {
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

const C = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93] as const;
const FIRST_ROTATION = [15, 16, 17, 18] as const;
const SECOND_ROTATION = [19, 17, 15, 13] as const;
const ADDEND = [0x561ccd1b, 0x0bcaa747, 0x96cd1c35, 0x32ac3b17] as const;

function murmur3x86x128(bytes: Uint8Array): [number, number, number, number] {
  const h: [number, number, number, number] = [0, 0, 0, 0];
  const blocks = Math.floor(bytes.length / 16);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const scramble = (k: number, lane: 0 | 1 | 2 | 3) =>
    Math.imul(rotate(Math.imul(k, C[lane]), FIRST_ROTATION[lane]), C[((lane + 1) % 4) as 0 | 1 | 2 | 3]);
  for (let b = 0; b < blocks; b++) {
    for (const lane of [0, 1, 2, 3] as const) {
      h[lane] ^= scramble(view.getUint32(16 * b + 4 * lane, true), lane);
      h[lane] = rotate(h[lane], SECOND_ROTATION[lane]);
      h[lane] = (h[lane] + h[((lane + 1) % 4) as 0 | 1 | 2 | 3]) | 0;
      h[lane] = (Math.imul(h[lane], 5) + ADDEND[lane]) | 0;
    }
  }
  for (const lane of [0, 1, 2, 3] as const) {
    let k = 0;
    for (let i = Math.min(bytes.length, 16 * blocks + 4 * lane + 4) - 1; i >= 16 * blocks + 4 * lane; i--)
      k = (k << 8) | bytes[i]!;
    if (k !== 0) h[lane] ^= scramble(k, lane);
  }
  for (const lane of [0, 1, 2, 3] as const) h[lane] ^= bytes.length;
  mixLanes(h);
  for (const lane of [0, 1, 2, 3] as const) h[lane] = finalize(h[lane]);
  mixLanes(h);
  return h;
}

function mixLanes(h: [number, number, number, number]): void {
  h[0] = (h[0] + h[1] + h[2] + h[3]) | 0;
  for (const lane of [1, 2, 3] as const) h[lane] = (h[lane] + h[0]) | 0;
}
