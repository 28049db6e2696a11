/** How much verify runs besides the networks of a scenario. */
export interface Budget {
  /** Independent pieces of the laws of the control variates (more in the penalized phases, whose biases are small), their twins, and how many of these make the covariance. */
  readonly controlPieces: number;
  readonly penalizedControlPieces: number;
  readonly controlTwins: number;
  readonly covarianceTwins: number;
  /** Independent clouds of a limit: its reference, with an error of its own. */
  readonly referenceClouds: number;
  /** Particles of a cloud of a flow, which starts from quasi-random points and is deterministic from there. */
  readonly flowParticles: number;
  /** Particles of a cloud on Poisson clocks: as many for both, so that clouds of the same number start alike. */
  readonly jumpParticles: number;
  /** Particles of a cloud on the Bernoulli clock. */
  readonly bernoulliParticles: number;
  /** Step of a flow's reference, mean-field time. */
  readonly flowStep: number;
  /** Step of the leaps of a reference of Poisson jumps, mean-field time. */
  readonly leapStep: number;
  /** Times of a reference path. */
  readonly referenceTimes: number;
  /** Times at which coupled paths are compared. */
  readonly comparisons: number;
  /** Networks whose risk is followed in time. */
  readonly curveReplicates: number;
  /** Neurons whose motion is drawn. */
  readonly tracked: number;
  /** Linear networks of a width, for the oracle. */
  readonly oracleReplicates: number;
  /** Widths of the oracle: the scenario's smallest ones. */
  readonly oracleWidths: number;
  /** Clouds of the linear limit, and their particles. */
  readonly oracleClouds: number;
  readonly oracleParticles: number;
}

/** What `meanfield verify` spends: with the scenarios, three quarters of a core-minute on 64 samples with 4 inputs. */
export const FULL_BUDGET: Budget = {
  controlPieces: 8,
  penalizedControlPieces: 16,
  controlTwins: 8192,
  covarianceTwins: 4096,
  referenceClouds: 16,
  flowParticles: 4096,
  jumpParticles: 32_768,
  bernoulliParticles: 16_384,
  flowStep: 0.2,
  leapStep: 1 / 30,
  referenceTimes: 11,
  comparisons: 25,
  curveReplicates: 60,
  tracked: 5,
  oracleReplicates: 1500,
  oracleWidths: 3,
  oracleClouds: 48,
  oracleParticles: 2000,
};
