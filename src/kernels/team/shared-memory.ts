import type { SharedArrays, SharedName } from './share.ts';

type Integers = 'set' | 'rows';
type Floats = Exclude<SharedName, Integers>;

/** The shared arrays of one kernel, which grow to the largest call and are then used again. */
export class SharedMemory {
  private readonly arrays = new Map<SharedName, Float64Array | Int32Array>();

  /** @param place - makes an array known to all threads */
  constructor(private readonly place: <N extends SharedName>(name: N, array: SharedArrays[N]) => void) {}

  /** At least `length` numbers, which keep their values until the array grows. */
  floats(name: Floats, length: number): Float64Array {
    const known = this.arrays.get(name) as Float64Array | undefined;
    if (known !== undefined && known.length >= length) return known;
    return this.use(name, new Float64Array(new SharedArrayBuffer(8 * roomFor(length, known))));
  }

  integers(name: Integers, length: number): Int32Array {
    const known = this.arrays.get(name) as Int32Array | undefined;
    if (known !== undefined && known.length >= length) return known;
    return this.use(name, new Int32Array(new SharedArrayBuffer(4 * roomFor(length, known))));
  }

  /** Makes an array the one in use, and returns it. */
  use<N extends SharedName>(name: N, array: SharedArrays[N]): SharedArrays[N] {
    if (this.arrays.get(name) === array) return array;
    this.arrays.set(name, array);
    this.place(name, array);
    return array;
  }
}

/** Active counts vary from step to step: a little more than is needed now spares growing later. */
function roomFor(length: number, known: { readonly length: number } | undefined): number {
  return known === undefined ? length : length + Math.ceil(length / 8);
}
