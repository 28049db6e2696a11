import { checkNumber, checkOneOf } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';

/** The five limits of dropout training (docs/theory.md section 2), from the simplest to the most general. */
export const PHASE_IDS = [
  'gradient-flow',
  'poisson-jump',
  'bernoulli-jump',
  'penalized-flow',
  'penalized-jump',
] as const;

export type PhaseId = (typeof PHASE_IDS)[number];

/**
 * The regimes without a limit (docs/theory.md section 2.6). `exploding-jumps`: learningRate/keepRate → ∞.
 * `starved`: keepRate·width → 0. `diverging-step`: learningRate → ∞.
 */
export const DEGENERATE_IDS = ['exploding-jumps', 'starved', 'diverging-step'] as const;

export type DegenerateId = (typeof DEGENERATE_IDS)[number];

/** A neuron follows an ordinary differential equation; the masks average out. */
export interface GradientFlowPhase {
  readonly id: 'gradient-flow';
}

/** A neuron jumps by −α∇V at the rings of a Poisson clock of rate 1/α per unit of mean-field time. */
export interface PoissonJumpPhase {
  readonly id: 'poisson-jump';
  /** α = lim learningRate/keepRate > 0. */
  readonly jumpSize: number;
}

/** A neuron jumps by −(τ/q)∇V with probability q at each step of length τ. */
export interface BernoulliJumpPhase {
  readonly id: 'bernoulli-jump';
  /** τ > 0, mean-field time per step. */
  readonly learningRate: number;
  /** q in (0, 1]. */
  readonly keepRate: number;
}

/** A flow whose forward passes keep the noise of finitely many active neurons: a penalty, for the squared loss. */
export interface PenalizedFlowPhase {
  readonly id: 'penalized-flow';
  /** c = lim keepRate·width > 0. */
  readonly activeCount: number;
}

/** Poisson jumps, each with the prediction of Poisson(c) random partners and the neuron itself. */
export interface PenalizedJumpPhase {
  readonly id: 'penalized-jump';
  /** α = lim learningRate/keepRate > 0. */
  readonly jumpSize: number;
  /** c = lim keepRate·width > 0. */
  readonly activeCount: number;
}

export type Phase = GradientFlowPhase | PoissonJumpPhase | BernoulliJumpPhase | PenalizedFlowPhase | PenalizedJumpPhase;

/** The phase of the gradient flow: τ/q → 0, qn → ∞. */
export function phaseGradientFlow(): GradientFlowPhase {
  return { id: 'gradient-flow' };
}

/** The phase of Poisson jumps: τ → 0, τ/q → `jumpSize` > 0, qn → ∞. */
export function phasePoissonJump(options: { jumpSize: number }): PoissonJumpPhase {
  return { id: 'poisson-jump', jumpSize: positive('jumpSize', options.jumpSize) };
}

/** The phase of Bernoulli jumps: τ = `learningRate` > 0 and q = `keepRate` in (0, 1] stay fixed. */
export function phaseBernoulliJump(options: { learningRate: number; keepRate: number }): BernoulliJumpPhase {
  return {
    id: 'bernoulli-jump',
    learningRate: positive('learningRate', options.learningRate),
    keepRate: checkNumber('keepRate', options.keepRate, { above: 0, max: 1 }),
  };
}

/** The phase of the penalized flow: τ/q → 0, qn → `activeCount` > 0. */
export function phasePenalizedFlow(options: { activeCount: number }): PenalizedFlowPhase {
  return { id: 'penalized-flow', activeCount: positive('activeCount', options.activeCount) };
}

/** The phase of penalized jumps: τ/q → `jumpSize` > 0, qn → `activeCount` > 0. */
export function phasePenalizedJump(options: { jumpSize: number; activeCount: number }): PenalizedJumpPhase {
  return {
    id: 'penalized-jump',
    jumpSize: positive('jumpSize', options.jumpSize),
    activeCount: positive('activeCount', options.activeCount),
  };
}

/** The parameters that some phase has; `checkPhase` says which each needs. */
export interface PhaseParameters {
  readonly jumpSize?: number | undefined;
  readonly activeCount?: number | undefined;
  readonly learningRate?: number | undefined;
  readonly keepRate?: number | undefined;
}

/** The names of the parameters of each phase. */
export const PHASE_PARAMETERS: Readonly<Record<PhaseId, readonly (keyof PhaseParameters)[]>> = {
  'gradient-flow': [],
  'poisson-jump': ['jumpSize'],
  'bernoulli-jump': ['learningRate', 'keepRate'],
  'penalized-flow': ['activeCount'],
  'penalized-jump': ['jumpSize', 'activeCount'],
};

/**
 * Makes a phase from its id and parameters, as a command line or a file gives them.
 * Throws an ArgumentError for an unknown id, a missing or invalid parameter, and one that the phase does not have.
 */
export function phaseFrom(id: string, parameters: PhaseParameters = {}): Phase {
  const known = checkOneOf('phase', id, PHASE_IDS);
  const needed = PHASE_PARAMETERS[known];
  for (const name of ['jumpSize', 'activeCount', 'learningRate', 'keepRate'] as const) {
    const value = parameters[name];
    if (value !== undefined && !needed.includes(name))
      throw new ArgumentError(name, value, `left out: ${known} takes ${needed.join(' and ') || 'no parameter'}`);
    if (value === undefined && needed.includes(name)) throw new ArgumentError(name, value, `given for ${known}`);
  }
  const given = parameters as { jumpSize: number; activeCount: number; learningRate: number; keepRate: number };
  switch (known) {
    case 'gradient-flow':
      return phaseGradientFlow();
    case 'poisson-jump':
      return phasePoissonJump(given);
    case 'bernoulli-jump':
      return phaseBernoulliJump(given);
    case 'penalized-flow':
      return phasePenalizedFlow(given);
    case 'penalized-jump':
      return phasePenalizedJump(given);
  }
}

/** Returns a checked copy of a phase value that came from outside. */
export function checkPhase(name: string, phase: unknown): Phase {
  if (typeof phase !== 'object' || phase === null || !('id' in phase))
    throw new ArgumentError(name, phase, 'a phase, such as phaseGradientFlow()');
  const { id, ...parameters } = phase as Phase;
  return phaseFrom(id, parameters);
}

function positive(name: string, value: number): number {
  return checkNumber(name, value, { above: 0 });
}
