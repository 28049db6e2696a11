import {
  type Phase,
  type PhaseId,
  phaseBernoulliJump,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
} from '../../src/dropout/index.ts';
import { type TaskName, timeUnit } from './tasks.ts';

/** Widths, and how many independent replicates of each. */
export type Sizes = readonly (readonly [width: number, replicates: number])[];

/** How the limit is solved. */
export interface ReferencePlan {
  readonly clouds: number;
  readonly particles: number;
  /** Of a flow, mean-field time. */
  readonly step: number;
  /** Equally spaced times at which F is kept. */
  readonly times: number;
}

/** What is run for one phase and one task. */
export interface Plan {
  readonly phase: Phase;
  readonly task: TaskName;
  readonly horizon: number;
  /** τ_n = learningRate n^(-a), q_n = keepRate n^(-b). */
  readonly law: {
    readonly learningRateExponent: number;
    readonly keepRateExponent: number;
    readonly learningRate: number;
    readonly keepRate: number;
  };
  readonly networks: Sizes;
  readonly paths: Sizes;
  /** Times at which coupled paths are compared. */
  readonly comparisons: number;
  readonly reference: ReferencePlan;
  /** The exponent of the next term of each error: of the path error, the squared fluctuation and the bias. */
  readonly next: { readonly path: number; readonly fluctuation: number; readonly bias: number };
}

/** A run of everything; one with a fifth of the replicates, to choose plans on; one that takes seconds. */
export type Budget = 'full' | 'pilot' | 'quick';

/**
 * The plan of a phase for a task. Prefactors are such that the term that rules in theory rules at affordable widths; the pilot runs
 * behind them had seeds of their own. All times are in units u of the task, so α and τ are as large, next to its speed, in all four.
 */
export function planOf(id: PhaseId, task: TaskName, budget: Budget): Plan {
  const u = timeUnit(task);
  const plan = { task, horizon: 2 * u, ...choiceOf(id, task, u) };
  return budget === 'full' ? plan : budget === 'pilot' ? pilot(plan) : quick(plan);
}

type Choice = Omit<Plan, 'task' | 'horizon'>;

function choiceOf(id: PhaseId, task: TaskName, u: number): Choice {
  switch (id) {
    case 'gradient-flow':
      // α = 6u n^(-1/2): large jumps, whose noise n^(-1/4) stands out from the n^(-1/2) of the rest.
      return {
        phase: phaseGradientFlow(),
        law: { learningRateExponent: 1, keepRateExponent: 0.5, learningRate: 6 * u, keepRate: 1 },
        networks: sizes([64, 128, 256, 512, 1024, 2048], [1800, 1400, 1200, 720, 440, 210]),
        paths: sizes([64, 128, 256, 512, 1024, 2048, 4096], [28, 19, 14, 9, 7, 6, 6]),
        comparisons: 50,
        reference: { clouds: 16, particles: 4096, step: u / 10, times: 41 },
        next: { path: -0.5, fluctuation: -0.75, bias: -1 },
      };
    case 'poisson-jump':
      return {
        phase: phasePoissonJump({ jumpSize: u }),
        law: { learningRateExponent: 0.5, keepRateExponent: 0.5, learningRate: u, keepRate: 1 },
        networks: sizes([256, 512, 1024, 2048, 4096, 8192], [900, 900, 900, 580, 350, 230]),
        paths: sizes([256, 1024, 4096, 16_384, 65_536], [58, 29, 14, 7, 6]),
        comparisons: 50,
        reference: { clouds: 32, particles: 32_768, step: u / 10, times: 41 },
        next: { path: -0.5, fluctuation: -0.75, bias: -1 },
      };
    case 'bernoulli-jump':
      return {
        phase: phaseBernoulliJump({ learningRate: u / 2, keepRate: 0.5 }),
        law: { learningRateExponent: 0, keepRateExponent: 0, learningRate: u / 2, keepRate: 0.5 },
        networks: sizes([32, 64, 128, 256, 512], [14_000, 18_000, 18_000, 14_000, 9000]),
        paths: sizes([32, 128, 512, 2048, 8192, 32_768], [900, 350, 120, 45, 18, 7]),
        comparisons: 4,
        reference: { clouds: 64, particles: 32_768, step: u / 10, times: 5 },
        next: { path: -1, fluctuation: -1, bias: -2 },
      };
    case 'penalized-flow': {
      // α = 4u n^(-1/2), in between: the larger it is, the clearer the bias, and the more the fluctuation bends. The bias of a ReLU network
      // is small, and needs longer jumps and more replicates.
      const relu = task.activation === 'relu';
      const jumps = (relu ? 10 : 4) * u;
      return {
        phase: phasePenalizedFlow({ activeCount: 4 }),
        law: { learningRateExponent: 1.5, keepRateExponent: 1, learningRate: 4 * jumps, keepRate: 4 },
        networks: sizes(
          [64, 128, 256, 512, 1024],
          relu ? [16_000, 12_000, 8000, 3500, 1000] : [4000, 3000, 2000, 1200, 600],
        ),
        paths: sizes([64, 128, 256, 512, 1024, 2048], [9, 6, 6, 6, 6, 6]),
        // Each step of its neurons takes thousands of Fourier transforms where the loss is not squared.
        comparisons: 16,
        reference: { clouds: 12, particles: 4096, step: u / 5, times: 41 },
        next: { path: -0.5, fluctuation: -0.75, bias: -1 },
      };
    }
    case 'penalized-jump':
      // The bias of 1/n is above the noise of affordable networks where τ = αc/n is large.
      return {
        phase: phasePenalizedJump({ jumpSize: 2 * u, activeCount: 8 }),
        law: {
          learningRateExponent: 1,
          keepRateExponent: 1,
          learningRate: 16 * u,
          keepRate: 8,
        },
        networks: sizes([32, 64, 128, 256], [18_000, 18_000, 14_000, 9000]),
        paths: sizes([256, 1024, 4096, 16_384, 32_768], [120, 72, 44, 23, 12]),
        comparisons: 50,
        reference: { clouds: 32, particles: 32_768, step: u / 10, times: 41 },
        next: { path: -2, fluctuation: -1, bias: -2 },
      };
  }
}

/** τ and q at a width, with τ moved to the nearest whole number of steps over the horizon; where α is fixed, q follows. */
export function ratesAt({ law, horizon, phase }: Plan, width: number): { learningRate: number; keepRate: number } {
  const exact = law.learningRate * width ** -law.learningRateExponent;
  const learningRate = horizon / Math.max(1, Math.round(horizon / exact));
  const keepRate = Math.min(1, law.keepRate * width ** -law.keepRateExponent);
  return { learningRate, keepRate: 'jumpSize' in phase ? learningRate / phase.jumpSize : keepRate };
}

function sizes(widths: readonly number[], replicates: readonly number[]): Sizes {
  return widths.map((width, i) => [width, replicates[i]!]);
}

/** The same with a fifth of the replicates. */
export function fewer(of: Sizes): Sizes {
  return of.map(([width, replicates]) => [width, Math.max(4, Math.round(replicates / 5))]);
}

function pilot(plan: Plan): Plan {
  const { networks, paths, reference } = plan;
  return {
    ...plan,
    networks: fewer(networks),
    paths: fewer(paths),
    reference: { ...reference, clouds: Math.max(4, reference.clouds / 4) },
  };
}

/** The same with small networks and few of them. */
function quick(plan: Plan): Plan {
  const smaller = (of: Sizes): Sizes => of.slice(0, 3).map((_, i) => [16 * 2 ** i, 6]);
  const { reference } = plan;
  return {
    ...plan,
    networks: smaller(plan.networks),
    paths: smaller(plan.paths),
    comparisons: Math.min(4, plan.comparisons),
    reference: { clouds: 4, particles: 128, step: plan.horizon / 4, times: Math.min(9, reference.times) },
  };
}
