import type { Matrix } from '../../base/arrays.ts';
import type { VerifyPathsOutput } from '../cells/verify-paths.ts';
import type { Scenario } from './scenario.ts';

/** What was measured at one width. */
export interface WidthSample {
  readonly width: number;
  /** Final predictions of dropout, `[replicates, m]`. */
  readonly dropout: Matrix;
  /** Combinations of the mean features of the neurons' twins. */
  readonly controls: ControlSample;
  /** Independent estimates of their covariance, `[k, k]` each. */
  readonly covariances: readonly Float64Array[];
  /** Others, whose mean is 0: `[replicates, k]`. */
  readonly centred: Matrix;
  /** Final predictions of random geometry for the first of the replicates, on the same starts and masks, `[pairs, m]`. */
  readonly randomGeometry: Matrix;
  /** ∫ (f_B − F) dt along random geometry at some samples, and the same weighted by 2t/T − 1, whose means are 0: `[pairs, 2S]`. */
  readonly forwardNoise: Matrix;
}

/** Control variates of replicates, less their mean as it is estimated. */
export interface ControlSample {
  /** `[replicates, k]`. */
  readonly rows: Matrix;
  /** What independent pieces of the estimate are off it, `[pieces, k]`. */
  readonly pieces: Matrix;
}

/** A reference: F(μ_t) of each cloud. */
export interface ReferenceSample {
  readonly times: Float64Array;
  /** One `[K, m]` for each cloud. */
  readonly clouds: readonly Float64Array[];
}

/** Moments of the linear network, or of its limit, at one size: `[replicates, 3]`. */
export interface OracleSample {
  readonly kind: 'network' | 'limit';
  readonly size: number;
  readonly moments: Float64Array;
}

/** All that was run for one phase. */
export interface Measurements {
  readonly scenario: Scenario;
  readonly samples: readonly WidthSample[];
  readonly reference: ReferenceSample;
  /** Of the limit without penalty, in the penalized phases. */
  readonly unpenalized: ReferenceSample | undefined;
  /** Mean path errors, one number a replicate, for each width; empty where there is no coupling. */
  readonly pathErrors: readonly Float64Array[];
  readonly paths: VerifyPathsOutput['paths'];
  readonly pathWidth: number;
  /** `[replicates, K]` at the largest width, at the times of the reference. */
  readonly risks: Float64Array;
  readonly oracle: readonly OracleSample[];
}

/** The mean over clouds. */
export function meanOf(clouds: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(clouds[0]!.length);
  for (const cloud of clouds) for (let k = 0; k < out.length; k++) out[k]! += cloud[k]! / clouds.length;
  return out;
}
