import type { Stream } from '../random/stream.ts';

/** What a jump map may use besides the particle: randomness for its marks, and the cloud for its partners. */
export interface JumpContext {
  /** Draw marks and partners from this stream only, and don't keep it: it changes between calls. */
  readonly rng: Stream;
  /** The particles partners are drawn from, `[count, p]` row-major; read only. Meaningful if the jump says `partners: true`. */
  readonly cloud: Float64Array;
  readonly count: number;
}

/** λ(x, s, t) ≥ 0, jumps per unit of mean-field time of one particle. Made by the factories in rates.ts. */
export type JumpRate = { readonly kind: 'constant'; readonly value: number } | StateRate | BoundedRate | IntegratedRate;

/** Writes the rates of the `count` rows of `cloud`. */
export type CloudRate = (cloud: Float64Array, count: number, s: Float64Array, t: number, out: Float64Array) => void;

interface VaryingRate {
  readonly particle: (x: Float64Array, s: Float64Array, t: number) => number;
  readonly cloud?: CloudRate;
  /** Whether λ reads s. Default: true when the process has a statistic. Say false to keep exact events cheap. */
  readonly readsStatistic?: boolean;
}

/** A rate that changes only when the state does: λ(x, s), no drift or diffusion in what it reads, no explicit time. */
export interface StateRate extends VaryingRate {
  readonly kind: 'state';
}

/** A rate with a bound, sampled by thinning. */
export interface BoundedRate extends VaryingRate {
  readonly kind: 'bounded';
  /**
   * A number that λ never exceeds, or a function that gives one for the particle at x now and for all times in
   * [t, t + window], whatever s does and along the drift, until the particle jumps.
   */
  readonly bound: number | ((x: Float64Array, s: Float64Array, t: number, window: number) => number);
  /** How long a bound from a function stays valid, mean-field time. Default Infinity. */
  readonly window?: number;
}

/** A rate whose integral along the path is inverted: the next jump is when ∫λ dt reaches an exponential variable. */
export interface IntegratedRate extends VaryingRate {
  readonly kind: 'integrated';
}

/** One kind of jump of a particle: when, and where to. */
export interface Jump {
  /** For messages and statistics, e.g. 'decay'. Default: its index. */
  readonly name?: string;
  readonly rate: JumpRate;
  readonly change: JumpChange;
  /**
   * Indices of the jumps whose rate can change when this one fires (its own included). Default: all. For large reaction
   * networks: the dependency graph.
   */
  readonly affects?: readonly number[];
}

export type JumpChange = Displacement | JumpMap;

/** x⁺ = x + by, the same vector for every state: a reaction's stoichiometry. */
export interface Displacement {
  readonly kind: 'displacement';
  readonly by: Float64Array;
}

/** x⁺ = any function of (x, s, t), random marks and partners. */
export interface JumpMap {
  readonly kind: 'map';
  /** Overwrites x by x⁺. */
  readonly particle?: (x: Float64Array, s: Float64Array, t: number, context: JumpContext) => void;
  /**
   * The fast path: overwrites the rows `indices[0 … count-1]` of `cloud` (no index twice). Rows that are not listed must be
   * left alone. `context.cloud` is a different array from `cloud` only when `partners` is true.
   */
  readonly many?: (
    cloud: Float64Array,
    indices: Int32Array,
    count: number,
    s: Float64Array,
    t: number,
    context: JumpContext,
  ) => void;
  /**
   * Optional, of a process with a statistic: as `many`, to the same bits, and adds Σ (φ(x⁺) − φ(x)) over those rows to `sums`, m numbers.
   * For maps that know φ anyway.
   */
  readonly manyFollowed?: (
    cloud: Float64Array,
    indices: Int32Array,
    count: number,
    s: Float64Array,
    t: number,
    context: JumpContext,
    sums: Float64Array,
  ) => void;
  /** Optional, of a map that reads neither s nor t: how jumps that come one by one are made several at a time. */
  readonly deferred?: DeferredJumps;
  /** Whether the map reads `context.cloud`. Default false: then schemes needn't keep a copy of the cloud for it. */
  readonly partners?: boolean;
  /** `false` if the map never reads s: then a scheme that moves one particle at a time needn't keep it up to date. Default true. */
  readonly statistic?: boolean;
}

/**
 * Jumps that are drawn one by one and made later, to the same bits as if each had been made at once. Only the run that it was last cleared
 * for may use it; nobody else may look at the cloud, or change it, between `add` and `flush`.
 */
export interface DeferredJumps {
  /** Forgets jumps that were not made: a run begins. */
  clear(): void;
  /** Draws what the jump of particle i needs, as the map itself would. Makes those that came before if this one depends on them. */
  add(cloud: Float64Array, i: number, context: JumpContext): void;
  /** Makes all jumps that were added. */
  flush(cloud: Float64Array): void;
}
