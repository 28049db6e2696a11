import { type PredictedRates, predictedRates } from '../../convergence/predicted-rates.ts';
import {
  classify,
  type Phase,
  type PhaseId,
  phaseBernoulliJump,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
  powerLawScaling,
  type Scaling,
  type ScalingLaw,
} from '../../dropout/phase/index.ts';

/** What verify runs for one phase: a scaling, widths along it, and how many replicates. */
export interface Scenario {
  readonly phase: Phase;
  readonly law: ScalingLaw;
  /** The law, with τ moved to the nearest whole number of steps over the horizon. */
  readonly scaling: Scaling;
  /** The law in a line. */
  readonly text: string;
  readonly rates: PredictedRates;
  readonly widths: readonly number[];
  /** Networks of each width, for predictions: fewer where they cost more. */
  readonly replicates: readonly number[];
  /** Those of them, for each width, with which random geometry runs on the same starts and masks. */
  readonly pairs: readonly number[];
  /** Coupled pairs a width, at the smallest width; in inverse proportion to the width beyond it, at least 12. */
  readonly pathReplicates: number;
  /** The limit of random geometry where that differs from dropout's: the phase without its penalty. */
  readonly unpenalized?: Phase;
}

/** α and c of the phases that have them, and τ = q of Bernoulli jumps. */
const JUMP_SIZE = 1;
const ACTIVE_COUNT = 2;
const BERNOULLI_RATE = 0.5;

/**
 * The scenario of a phase. Exponents and prefactors are chosen so that at affordable widths the term that rules in theory is also
 * the largest one. Gradient flow and penalized flow start with large jumps (α = 6 n^(-1/2) and 4 n^(-1/2)): their jump noise,
 * which falls like n^(-1/4), then stands out from what falls like n^(-1/2).
 *
 * @param widths - instead of the scenario's own
 */
export function scenarioOf(id: PhaseId, horizon: number, widths?: readonly number[]): Scenario {
  const { phase, law, text, ...rest } = choiceOf(id, horizon);
  const found = classify(law).phase;
  if (found !== id) throw new Error(`the scaling of ${id} is in ${found}`);
  return {
    phase,
    law,
    text,
    scaling: wholeSteps(powerLawScaling(law), horizon, id.endsWith('-jump')),
    rates: predictedRates(id, law),
    ...rest,
    widths: widths ?? rest.widths,
    replicates: widths?.map((width) => countFor(width, rest.widths, rest.replicates)) ?? rest.replicates,
    pairs: widths?.map((width, i) => pairsFor(width, i === widths.length - 1, rest)) ?? rest.pairs,
  };
}

/**
 * A scaling whose learning rates divide the horizon into whole numbers of steps, so that networks of all widths end where the limit
 * does. In the jump phases the keep rate follows, so that τ/q stays.
 */
function wholeSteps(scaling: Scaling, horizon: number, tied: boolean): Scaling {
  return (width) => {
    const { learningRate, keepRate } = scaling(width);
    const whole = horizon / Math.max(1, Math.round(horizon / learningRate));
    return { learningRate: whole, keepRate: tied ? Math.min(1, (keepRate * whole) / learningRate) : keepRate };
  };
}

/** The count of the scenario's own width nearest to another one. */
function countFor(width: number, widths: readonly number[], counts: readonly number[]): number {
  const distance = (other: number) => Math.abs(Math.log(other / width));
  const nearest = widths.reduce((best, other, i) => (distance(other) < distance(widths[best]!) ? i : best), 0);
  return counts[nearest]!;
}

/** Where random geometry has a limit of its own, it is compared at the largest width alone. */
function pairsFor(
  width: number,
  largest: boolean,
  { widths, pairs, unpenalized }: Pick<Choice, 'widths' | 'pairs' | 'unpenalized'>,
): number {
  if (unpenalized === undefined) return countFor(width, widths, pairs);
  return largest ? pairs[pairs.length - 1]! : 0;
}

type Choice = Omit<Scenario, 'scaling' | 'rates'>;

function choiceOf(id: PhaseId, horizon: number): Choice {
  switch (id) {
    case 'gradient-flow':
      return {
        phase: phaseGradientFlow(),
        law: { learningRateExponent: 1, keepRateExponent: 0.5, learningRate: 6, keepRate: 1 },
        text: 'τ = 6 n^(−1), q = n^(−1/2)',
        widths: [64, 128, 256, 512, 1024],
        replicates: [430, 250, 160, 122, 122],
        pairs: [430, 250, 160, 122, 122],
        pathReplicates: 56,
      };
    case 'poisson-jump':
      return {
        phase: phasePoissonJump({ jumpSize: JUMP_SIZE }),
        law: { learningRateExponent: 0.5, keepRateExponent: 0.5, learningRate: JUMP_SIZE, keepRate: 1 },
        text: 'τ = n^(−1/2), q = n^(−1/2)',
        widths: [64, 128, 256, 512, 1024],
        replicates: [760, 450, 250, 210, 300],
        pairs: [560, 345, 207, 175, 175],
        pathReplicates: 160,
      };
    case 'bernoulli-jump': {
      const learningRate = horizon / Math.max(2, Math.round(horizon / BERNOULLI_RATE));
      const keepRate = BERNOULLI_RATE;
      return {
        phase: phaseBernoulliJump({ learningRate, keepRate }),
        law: { learningRateExponent: 0, keepRateExponent: 0, learningRate, keepRate },
        text: `τ = ${learningRate}, q = ${keepRate}`,
        widths: [16, 32, 64, 128],
        replicates: [3100, 1600, 1080, 2000],
        pairs: [2190, 1550, 850, 670],
        pathReplicates: 2480,
      };
    }
    case 'penalized-flow':
      return {
        phase: phasePenalizedFlow({ activeCount: ACTIVE_COUNT }),
        law: { learningRateExponent: 1.5, keepRateExponent: 1, learningRate: 8, keepRate: ACTIVE_COUNT },
        text: `τ = 8 n^(−3/2), q = ${ACTIVE_COUNT} n^(−1)`,
        widths: [32, 64, 128, 256],
        replicates: [10_500, 3250, 1930, 1600],
        pairs: [0, 0, 0, 480],
        pathReplicates: 72,
        unpenalized: phaseGradientFlow(),
      };
    case 'penalized-jump':
      return {
        phase: phasePenalizedJump({ jumpSize: JUMP_SIZE, activeCount: ACTIVE_COUNT }),
        law: {
          learningRateExponent: 1,
          keepRateExponent: 1,
          learningRate: JUMP_SIZE * ACTIVE_COUNT,
          keepRate: ACTIVE_COUNT,
        },
        text: `τ = ${JUMP_SIZE * ACTIVE_COUNT} n^(−1), q = ${ACTIVE_COUNT} n^(−1)`,
        widths: [8, 16, 32, 64],
        replicates: [17_500, 8200, 5400, 8700],
        pairs: [0, 0, 0, 8700],
        pathReplicates: 0,
        unpenalized: phasePoissonJump({ jumpSize: JUMP_SIZE }),
      };
  }
}
