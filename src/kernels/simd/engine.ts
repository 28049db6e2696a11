import { Arena } from './arena.ts';
import { applyDifference } from './difference.ts';
import { KERNELS } from './module.generated.ts';
import { FUSED_KERNELS } from './module-fma.generated.ts';

/** What the WebAssembly module exports; the arguments are described in assembly/. Pointers are byte offsets. */
export interface Calls {
  readonly memory: WebAssembly.Memory;
  activate(kind: number, plane: number, bytes: number, scratch: number): void;
  forward(
    kind: number,
    rows: number,
    p: number,
    count: number,
    d: number,
    samples: number,
    inputs: number,
    records: number,
    weights: number,
    partial: number,
    sums: number,
    fresh: number,
  ): void;
  features(kind: number, count: number, samples: number, records: number, out: number): void;
  squaredResidual(sums: number, samples: number, scale: number, fit: number, out: number): number;
  hold(sums: number, samples: number, out: number): void;
  subtractHeld(sums: number, samples: number, held: number): void;
  readonly pull: Pull;
  readonly pullEach: Pull;
  readonly pullPenalized: Pull;
  /** 1 if products and sums of the hot loops are rounded once. */
  fuses(): number;
  heapBase(): number;
  tanhTable(): number;
  erfTable(): number;
  millsTable(): number;
  expTable(): number;
  logTable(): number;
}

/** Dφ(x)ᵀ r for one chunk, in its three forms. */
export type Pull = (
  kind: number,
  records: number,
  p: number,
  count: number,
  d: number,
  samples: number,
  columns: number,
  residual: number,
  scale: number,
  scratch: number,
  out: number,
) => void;

/** Bytes of kernels' working state that are kept side by side; a single larger state is kept too, alone. */
const RING = 2 ** 26;

/**
 * A module with its one memory, shared by all its kernels of the thread: WebAssembly memories reserve much address space each
 * and are never given back, so thousands of kernels cannot have one each.
 */
export class Engine {
  readonly calls: Calls;
  readonly arena: Arena;
  /** The memory as doubles; replaced when the memory grows. */
  heap: Float64Array;

  constructor(module: WebAssembly.Module) {
    this.calls = new WebAssembly.Instance(module, { env: { abort: fail } }).exports as unknown as Calls;
    this.heap = new Float64Array(this.calls.memory.buffer);
    this.arena = new Arena(this.calls.heapBase(), RING, (end) => this.reach(end));
  }

  /** Grows the memory to at least `end` bytes. */
  private reach(end: number): boolean {
    const { memory } = this.calls;
    const missing = end - memory.buffer.byteLength;
    if (missing <= 0) return true;
    try {
      memory.grow(Math.ceil(missing / 65536));
    } catch {
      return false;
    }
    this.heap = new Float64Array(memory.buffer);
    return true;
  }
}

/** The two builds of the kernels: without and with fused multiply-adds. */
export type SimdImplementation = 'simd' | 'simd-fma';

const engines = new Map<SimdImplementation, Engine | null>();

/** This thread's engine of a build, or null where the WebAssembly that it takes is not available. */
export function simdEngine(name: SimdImplementation = 'simd'): Engine | null {
  let engine = engines.get(name);
  if (engine === undefined) {
    engine = start(name === 'simd' ? decode(KERNELS) : applyDifference(decode(KERNELS), decode(FUSED_KERNELS)));
    engines.set(name, engine);
  }
  return engine;
}

function start(kernels: Uint8Array<ArrayBuffer>): Engine | null {
  try {
    return new Engine(new WebAssembly.Module(kernels));
  } catch {
    return null;
  }
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function fail(): never {
  throw new Error('the WebAssembly kernel stopped');
}
