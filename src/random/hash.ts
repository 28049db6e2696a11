import { ArgumentError } from '../base/errors.ts';
import { type Digest, murmur3OfPadded } from './murmur3.ts';

/** One step of a stream's key path. */
export type Key = string | number;

const encoder = new TextEncoder();

/**
 * 128 bits from a seed and a key path: MurmurHash3 over an injective byte string (each part carries a type tag, strings
 * their length), and then once more over the digest. A string shorter than a block leaves three of the four words of the
 * first digest equal; the second pass, a bijection of 128 bits, tells them apart.
 */
export function hashKeyPath(seed: number, path: readonly Key[]): Digest {
  const length = encodePath(seed, path);
  const words = murmur3OfPadded(view, length);
  for (let i = 0; i < 4; i++) view.setInt32(4 * i, words[i]!, true);
  const state = murmur3OfPadded(view, 16);
  // The all-zero state is a fixed point of the generator: its probability is 2⁻¹²⁸, and it must not happen.
  return (state[0] | state[1] | state[2] | state[3]) === 0 ? [1, 0, 0, 0] : state;
}

/** Where paths are encoded: a stream is made for every start and every mask of short runs, and allocating would cost more than hashing. */
let bytes = new Uint8Array(256);
let view = new DataView(bytes.buffer);

/** Numbers as tag 2 and their 8 bytes, strings as tag 1, their length and their UTF-8 bytes; big-endian. Returns the length; zeros follow up to a multiple of 16. */
function encodePath(seed: number, path: readonly Key[]): number {
  let offset = writeNumber(0, seed);
  for (const key of path) offset = typeof key === 'string' ? writeText(offset, key) : writeNumber(offset, key);
  reach(offset + 16);
  bytes.fill(0, offset, 16 * Math.ceil(offset / 16));
  return offset;
}

function writeNumber(offset: number, key: number): number {
  if (!Number.isSafeInteger(key)) throw new ArgumentError('key', key, 'a string or an integer within ±(2⁵³ - 1)');
  reach(offset + 9);
  bytes[offset] = 2;
  view.setFloat64(offset + 1, key + 0); // -0 becomes 0
  return offset + 9;
}

/** Keys are short and mostly ASCII, for which a call of the encoder costs more than the hash. */
function writeText(offset: number, text: string): number {
  reach(offset + 5 + text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return writeEncoded(offset, encoder.encode(text));
    bytes[offset + 5 + i] = code;
  }
  return writeHeader(offset, text.length);
}

function writeEncoded(offset: number, text: Uint8Array): number {
  reach(offset + 5 + text.length);
  bytes.set(text, offset + 5);
  return writeHeader(offset, text.length);
}

function writeHeader(offset: number, length: number): number {
  bytes[offset] = 1;
  view.setUint32(offset + 1, length);
  return offset + 5 + length;
}

/** Makes room for `size` bytes. */
function reach(size: number): void {
  if (size <= bytes.length) return;
  const grown = new Uint8Array(2 * size);
  grown.set(bytes);
  bytes = grown;
  view = new DataView(bytes.buffer);
}
