import { checkNumber } from '../../base/check.ts';
import {
  type DegenerateId,
  type Phase,
  type PhaseId,
  phaseBernoulliJump,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
} from './phase.ts';

/** The power laws τ_n = `learningRate`·n^(−`learningRateExponent`), q_n = min(1, `keepRate`·n^(−`keepRateExponent`)). */
export interface ScalingLaw {
  readonly learningRateExponent: number;
  readonly keepRateExponent: number;
  /** The prefactor τ₀ > 0, mean-field time. Default 1. */
  readonly learningRate?: number | undefined;
  /** The prefactor q₀ > 0; above 1 is allowed, as the keep rate is capped at 1. Default 1. */
  readonly keepRate?: number | undefined;
}

/**
 * The limits, as n → ∞, of the four numbers that decide the phase; `null` where a limit is infinite.
 * They are given in degenerate regimes too, where they say what went wrong.
 */
export interface ScalingLimits {
  /** lim τ/q: α in the jump phases, 0 in the flows, null with exploding jumps. */
  readonly jumpSize: number | null;
  /** lim qn: c in the penalized phases, null (infinitely many) in the other three, 0 where starved. */
  readonly activeCount: number | null;
  /** lim τ: τ in the Bernoulli phase, 0 in the others, null with a diverging step. */
  readonly learningRate: number | null;
  /** lim q: 0 unless the keep rate stays away from 0. */
  readonly keepRate: number;
}

/** What `classify` finds. Either `phase` is null, or `degenerate` is empty. */
export interface ClassifiedPowerLaw extends ScalingLimits {
  readonly phase: PhaseId | null;
  /** Every degenerate regime that the scaling meets, in the order of DEGENERATE_IDS. */
  readonly degenerate: readonly DegenerateId[];
  /** The phase with its parameters: what `limit` takes. Null where degenerate. */
  readonly value: Phase | null;
}

/**
 * The phase of a power law, with its boundaries exactly (docs/theory.md section 2.7): exponents are compared with `===`,
 * so write 1/3 the same way in both.
 *
 * The cap of the keep rate counts: with `keepRateExponent` < 0, or 0 and `keepRate` ≥ 1, the keep rate is 1 in the limit.
 */
export function classify(scaling: ScalingLaw): ClassifiedPowerLaw {
  const a = checkNumber('learningRateExponent', scaling.learningRateExponent);
  const tau = checkNumber('learningRate', scaling.learningRate ?? 1, { above: 0 });
  const exponent = checkNumber('keepRateExponent', scaling.keepRateExponent);
  const prefactor = checkNumber('keepRate', scaling.keepRate ?? 1, { above: 0 });
  // From some n on, q_n = q·n^(−b): where the cap acts for ever, b = 0 and q = 1.
  const b = Math.max(exponent, 0);
  const q = exponent > 0 ? prefactor : exponent < 0 ? 1 : Math.min(1, prefactor);
  return fromLimits({
    jumpSize: a > b ? 0 : a === b ? checkNumber('learningRate / keepRate', tau / q, { above: 0 }) : null,
    activeCount: b < 1 ? null : b === 1 ? q : 0,
    learningRate: a > 0 ? 0 : a === 0 ? tau : null,
    keepRate: b > 0 ? 0 : q,
  });
}

/** The phase that the four limits decide. */
export function fromLimits(limits: ScalingLimits): ClassifiedPowerLaw {
  const degenerate: DegenerateId[] = [];
  if (limits.jumpSize === null) degenerate.push('exploding-jumps');
  if (limits.activeCount === 0) degenerate.push('starved');
  if (limits.learningRate === null) degenerate.push('diverging-step');
  const value = degenerate.length > 0 ? null : phaseWith(limits);
  return { phase: value?.id ?? null, degenerate, ...limits, value };
}

function phaseWith({ jumpSize, activeCount, learningRate, keepRate }: ScalingLimits): Phase {
  if (learningRate !== null && learningRate > 0) return phaseBernoulliJump({ learningRate, keepRate });
  const jumps = jumpSize !== null && jumpSize > 0;
  if (activeCount === null) return jumps ? phasePoissonJump({ jumpSize }) : phaseGradientFlow();
  return jumps ? phasePenalizedJump({ jumpSize, activeCount }) : phasePenalizedFlow({ activeCount });
}
