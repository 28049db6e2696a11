import { ArgumentError } from '../base/errors.ts';
import { type Digest, murmur3x86x128 } from './murmur3.ts';

/** One step of a stream's key path. */
export type Key = string | number;

const encoder = new TextEncoder();

/**
 * 128 bits from a seed and a key path: MurmurHash3 over an injective byte string (each part carries a type tag, strings
 * their length), and then once more over the digest. A string shorter than a block leaves three of the four words of the
 * first digest equal; the second pass, a bijection of 128 bits, tells them apart.
 */
export function hashKeyPath(seed: number, path: readonly Key[]): Digest {
  const bytes = encodePath(seed, path);
  const digest = new Uint8Array(16);
  writeWords(murmur3x86x128(bytes), digest);
  const state = murmur3x86x128(digest);
  // The all-zero state is a fixed point of the generator: its probability is 2⁻¹²⁸, and it must not happen.
  return (state[0] | state[1] | state[2] | state[3]) === 0 ? [1, 0, 0, 0] : state;
}

/** Numbers as tag 2 and their 8 bytes, strings as tag 1, their length and their UTF-8 bytes; big-endian. */
function encodePath(seed: number, path: readonly Key[]): Uint8Array {
  const texts = path.map((key) => (typeof key === 'string' ? utf8(key) : undefined));
  const length = texts.reduce((sum, text) => sum + (text === undefined ? 9 : 5 + text.length), 9);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  writeNumber(view, 0, seed);
  let offset = 9;
  for (let i = 0; i < path.length; i++) {
    const text = texts[i];
    if (text === undefined) {
      writeNumber(view, offset, path[i]);
      offset += 9;
      continue;
    }
    view.setUint8(offset, 1);
    view.setUint32(offset + 1, text.length);
    bytes.set(text, offset + 5);
    offset += 5 + text.length;
  }
  return bytes;
}

/** Keys are short and mostly ASCII, for which a call of the encoder costs more than the hash. */
function utf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return encoder.encode(text);
    bytes[i] = code;
  }
  return bytes;
}

function writeNumber(view: DataView, offset: number, key: unknown): void {
  if (!Number.isSafeInteger(key)) throw new ArgumentError('key', key, 'a string or an integer within ±(2⁵³ - 1)');
  view.setUint8(offset, 2);
  view.setFloat64(offset + 1, (key as number) + 0); // -0 becomes 0
}

function writeWords(words: Digest, out: Uint8Array): void {
  const view = new DataView(out.buffer);
  for (let i = 0; i < 4; i++) view.setInt32(4 * i, words[i]!, true);
}
