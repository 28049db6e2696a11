import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { ArgumentError } from '../base/errors.ts';
import { hashKeyPath, type Key } from './hash.ts';

const MAGIC = 0x6d66_7273; // "mfrs"
const VERSION = 1;

/**
 * A seeded, splittable, saveable source of random bits.
 *
 * A stream is named by its seed and its key path: `stream(42).split('replicate', 3)`. Splitting is pure (it reads the
 * name, never the state), so results depend neither on the order of work nor on the number of workers. The base
 * generator is pure-rand's xoroshiro128+; seed and keys are hashed into its 128 bits of state, because consecutive raw
 * seeds give strongly correlated sequences.
 */
export class Stream {
  private constructor(
    readonly seed: number,
    readonly path: readonly Key[],
    private readonly generator: RandomGenerator,
  ) {}

  /** @internal use `stream(seed)` */
  static create(seed: number, path: readonly Key[]): Stream {
    return new Stream(seed, path, xoroshiro128plusFromState(hashKeyPath(seed, path)));
  }

  /** The stream whose name is this one's followed by `keys`; independent of how much was drawn here. */
  split(...keys: readonly Key[]): Stream {
    if (keys.length === 0) throw new ArgumentError('keys', keys, 'at least one string or integer');
    return Stream.create(this.seed, [...this.path, ...keys]);
  }

  /** Uniform on the 32-bit integers -2³¹ … 2³¹ - 1. */
  nextInt32(): number {
    return this.generator.next();
  }

  /** Uniform on the multiples of 2⁻⁵³ in [0, 1). */
  uniform(): number {
    const high = this.generator.next() >>> 5;
    const low = this.generator.next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** Uniform on the odd multiples of 2⁻⁵³ in (0, 1): never 0 or 1, and symmetric about ½. */
  uniformOpen(): number {
    const high = this.generator.next() >>> 6;
    const low = this.generator.next() >>> 6;
    return (high * 67108864 + low + 0.5) / 4503599627370496;
  }

  /** A stream with the same name and the same state. */
  clone(): Stream {
    return new Stream(this.seed, this.path, this.generator.clone());
  }

  /** Name and state as bytes; `restoreStream` is the inverse. */
  save(): Uint8Array {
    const name = new TextEncoder().encode(JSON.stringify([this.seed, this.path]));
    const bytes = new Uint8Array(24 + name.length);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, MAGIC);
    view.setUint32(4, VERSION);
    const state = this.generator.getState();
    for (let i = 0; i < 4; i++) view.setInt32(8 + 4 * i, state[i]!);
    bytes.set(name, 24);
    return bytes;
  }

  /** @internal use `restoreStream(bytes)` */
  static restore(bytes: Uint8Array): Stream {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < 24 || view.getUint32(0) !== MAGIC)
      throw new ArgumentError('bytes', bytes, 'a saved stream (its first four bytes are "mfrs")');
    if (view.getUint32(4) !== VERSION)
      throw new ArgumentError('bytes', view.getUint32(4), `a saved stream of version ${VERSION}`);
    const state = [0, 1, 2, 3].map((i) => view.getInt32(8 + 4 * i));
    const name = parseName(new TextDecoder().decode(bytes.subarray(24)));
    if (name === undefined || state.every((word) => word === 0))
      throw new ArgumentError('bytes', bytes, 'a whole saved stream (this one was cut or changed)');
    return new Stream(name.seed, name.path, xoroshiro128plusFromState(state));
  }
}

function parseName(text: string): { seed: number; path: Key[] } | undefined {
  try {
    const [seed, path] = JSON.parse(text) as [number, Key[]];
    const whole =
      Number.isSafeInteger(seed) && path.every((key) => typeof key === 'string' || Number.isSafeInteger(key));
    return whole ? { seed, path } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The root stream of a seed.
 *
 * @param seed - any safe integer, e.g. 42
 */
export function stream(seed: number): Stream {
  if (!Number.isSafeInteger(seed)) throw new ArgumentError('seed', seed, 'an integer within ±(2⁵³ - 1)');
  return Stream.create(seed, []);
}

/** The stream that `Stream.save` wrote: same name, same state, same continuation. */
export function restoreStream(bytes: Uint8Array): Stream {
  return Stream.restore(bytes);
}
