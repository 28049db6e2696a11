import type { Statistic } from './coefficients.ts';
import { type CoefficientInto, coefficientOver, type StatisticInto, statisticOver } from './evaluate.ts';
import { type CloudJump, cloudJump } from './evaluate-jump.ts';
import type { MeanFieldProcess } from './process.ts';

/**
 * A process over a cloud of `count` particles: what schemes work with. Whichever form (particle or cloud) the user gave, these
 * work on the whole cloud; none of them allocates; what they return has been checked to be finite.
 */
export interface CloudProcess {
  readonly process: MeanFieldProcess;
  /** N */
  readonly count: number;
  /** p */
  readonly dimension: number;
  /** m, 0 without a statistic */
  readonly statisticSize: number;
  /** k: Brownian motions per particle, 0 without diffusion */
  readonly noises: number;
  /** s(μ) of the cloud, into m numbers; nothing to do without a statistic. */
  readonly statisticInto: StatisticInto;
  /** Σ φ over some particles, into m numbers, where the process gives it. */
  readonly sumInto: NonNullable<Statistic['sum']> | undefined;
  /** b, `[N, p]`; zeros if the process has no drift. */
  readonly driftInto: CoefficientInto;
  /** Both: s(μ) into `s`, and b at it, `[N, p]`; for flows of networks a third less work than one after the other. */
  readonly slopeInto: CoefficientInto;
  /** σ, `[N, p]` or `[N, p, k]`; zeros if the process has no diffusion. */
  readonly diffusionInto: CoefficientInto;
  /** The derivative terms of `Diffusion.derivative`, if the user gave them: `[N, p]`, or `[N, p, k, k]` for general noise. */
  readonly diffusionDerivativeInto: CoefficientInto | undefined;
  readonly jumps: readonly CloudJump[];
}

const zero: CoefficientInto = (_cloud, _s, _t, out) => {
  out.fill(0);
};

/** Binds a checked process to a cloud size; makes the scratch memory that evaluations need. */
export function overCloud(process: MeanFieldProcess, count: number): CloudProcess {
  const { dimension, statistic, drift, diffusion, jumps = [] } = process;
  const noises = !diffusion ? 0 : diffusion.noise === 'scalar' ? 1 : (diffusion.noises ?? dimension);
  const width = diffusion?.noise === 'general' ? dimension * noises : dimension;
  const derivative = diffusion?.derivative;
  const statisticInto = statisticOver(statistic, dimension, count);
  const driftInto = drift ? coefficientOver('drift', drift, dimension, count, dimension) : zero;
  const fast = statistic?.cloud && drift?.afterStatistic;
  const thenDriftInto = fast ? coefficientOver('drift', { cloud: fast }, dimension, count, dimension) : driftInto;
  return {
    process,
    count,
    dimension,
    statisticSize: statistic?.size ?? 0,
    noises,
    statisticInto,
    sumInto: statistic?.sum,
    driftInto,
    slopeInto(cloud, s, t, out) {
      statisticInto(cloud, s);
      thenDriftInto(cloud, s, t, out);
    },
    diffusionInto: diffusion ? coefficientOver('diffusion', diffusion, dimension, count, width) : zero,
    diffusionDerivativeInto: derivative
      ? coefficientOver(
          'diffusion.derivative',
          { particle: derivative },
          dimension,
          count,
          diffusion.noise === 'general' ? width * noises : dimension,
        )
      : undefined,
    jumps: jumps.map((jump, k) => cloudJump(jump, k, jumps.length, dimension, count, statistic !== undefined)),
  };
}
