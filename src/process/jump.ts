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
  /** Whether the map reads `context.cloud`. Default false: then schemes needn't keep a copy of the cloud for it. */
  readonly partners?: boolean;
  /** `false` if the map never reads s: then a scheme that moves one particle at a time needn't keep it up to date. Default true. */
  readonly statistic?: boolean;
}
