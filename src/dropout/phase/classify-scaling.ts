import { checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { type ClassifiedPowerLaw, fromLimits } from './classify.ts';
import { DEGENERATE_IDS, type DegenerateId, type Phase, type PhaseId } from './phase.ts';
import type { Scaling } from './scaling.ts';
import { type Trend, trendOf } from './trend.ts';

/** The four numbers whose limits decide the phase. */
export type ScalingQuantity = 'jumpSize' | 'activeCount' | 'learningRate' | 'keepRate';

export interface ClassifyScalingOptions {
  /** The largest width to evaluate. Default 2^40: far enough to tell powers apart, before formulas such as 1 − e^(−1/n) lose their digits. */
  readonly maxWidth?: number | undefined;
}

export interface ClassifiedScaling {
  /** Null where degenerate or undetermined. */
  readonly phase: PhaseId | null;
  /** Every degenerate regime that was recognized. */
  readonly degenerate: readonly DegenerateId[];
  /** The quantities whose limits the values did not decide, where the phase depends on them. */
  readonly undetermined: readonly ScalingQuantity[];
  /** The phase with its parameters, as the largest widths give them. */
  readonly value: Phase | null;
  /** The limits; null where infinite or undetermined: `evidence` says which. */
  readonly jumpSize: number | null;
  readonly activeCount: number | null;
  readonly learningRate: number | null;
  readonly keepRate: number | null;
  readonly evidence: ScalingEvidence;
}

/** What a classification of values rests on. */
export interface ScalingEvidence {
  /** The widths that were used, ascending, `[k]`. */
  readonly widths: Float64Array;
  readonly learningRates: Float64Array;
  readonly keepRates: Float64Array;
  readonly trends: Readonly<Record<ScalingQuantity, Trend>>;
}

const SMALLEST_WIDTH = 64;
const OCTAVES_NEEDED = 12;
const PER_OCTAVE = 2;
// Below this a rate is about to underflow, and τ/q may overflow.
const SMALLEST_RATE = 1e-150;

/**
 * The phase of any scaling n ↦ (τ, q), from its values at two integer widths per octave from 64 to
 * 2^40 or until a rate underflows (docs/theory.md section 2.8). The answer comes with its evidence; slow (logarithmic) or
 * oscillating laws are reported as undetermined, not guessed. Throws an ArgumentError where the function returns no valid rates.
 */
export function classifyScaling(scaling: Scaling, options: ClassifyScalingOptions = {}): ClassifiedScaling {
  if (typeof scaling !== 'function')
    throw new ArgumentError('scaling', scaling, 'a function of the width that returns { learningRate, keepRate }');
  const maxWidth = checkNumber('maxWidth', options.maxWidth ?? 2 ** 40, {
    min: SMALLEST_WIDTH * 2 ** OCTAVES_NEEDED,
    max: 2 ** 52,
  });
  const { widths, learningRates, keepRates } = sample(scaling, maxWidth);
  const enough = widths.length >= PER_OCTAVE * OCTAVES_NEEDED;
  const logWidths = widths.map(Math.log);
  const trend = (values: Float64Array) => (enough ? trendOf(logWidths, values) : tooShort(widths));
  const trends: Record<ScalingQuantity, Trend> = {
    jumpSize: trend(learningRates.map((tau, i) => tau / keepRates[i]!)),
    activeCount: trend(keepRates.map((q, i) => q * widths[i]!)),
    learningRate: trend(learningRates),
    keepRate: trend(keepRates),
  };
  return conclude({ widths, learningRates, keepRates, trends });
}

function conclude(evidence: ScalingEvidence): ClassifiedScaling {
  const { trends } = evidence;
  const limits = {
    jumpSize: trends.jumpSize.value,
    activeCount: trends.activeCount.value,
    learningRate: trends.learningRate.value,
    // A keep rate that tends to a constant just below 1 may be extrapolated past it.
    keepRate: trends.keepRate.value === null ? null : Math.min(1, trends.keepRate.value),
  };
  // Only the Bernoulli phase has the keep rate itself as a parameter.
  const decisive: ScalingQuantity[] = ['jumpSize', 'activeCount', 'learningRate'];
  if (trends.learningRate.limit === 'finite') decisive.push('keepRate');
  const undetermined = decisive.filter((quantity) => trends[quantity].limit === 'undetermined');
  if (undetermined.length === 0) {
    const { phase, degenerate, value }: ClassifiedPowerLaw = fromLimits({ ...limits, keepRate: limits.keepRate ?? 0 });
    return { phase, degenerate, undetermined, value, ...limits, evidence };
  }
  const met: Record<DegenerateId, boolean> = {
    'exploding-jumps': trends.jumpSize.limit === 'infinite',
    starved: trends.activeCount.limit === 'zero',
    'diverging-step': trends.learningRate.limit === 'infinite',
  };
  return {
    phase: null,
    degenerate: DEGENERATE_IDS.filter((id) => met[id]),
    undetermined,
    value: null,
    ...limits,
    evidence,
  };
}

/** The values at widths near 64·2^(k/2), up to the first that underflows. */
function sample(scaling: Scaling, maxWidth: number) {
  const widths: number[] = [];
  const learningRates: number[] = [];
  const keepRates: number[] = [];
  for (let k = 0; ; k++) {
    // Every other width is a rounded irrational: a law that depends on parity or another remainder shows.
    const width = Math.round(SMALLEST_WIDTH * 2 ** (k / PER_OCTAVE));
    if (width > maxWidth) break;
    const rates = scaling(width);
    if (typeof rates !== 'object' || rates === null)
      throw new ArgumentError(`scaling(${width})`, rates, '{ learningRate, keepRate }');
    const learningRate = checkNumber(`scaling(${width}).learningRate`, rates.learningRate, { min: 0 });
    const keepRate = checkNumber(`scaling(${width}).keepRate`, rates.keepRate, { min: 0, max: 1 });
    if (learningRate < SMALLEST_RATE || keepRate < SMALLEST_RATE) {
      // An exact 0 at small widths is not underflow but a rate that is not allowed.
      if (k === 0) throw new ArgumentError(`scaling(${width})`, rates, `rates above ${SMALLEST_RATE}`);
      break;
    }
    widths.push(width);
    learningRates.push(learningRate);
    keepRates.push(keepRate);
  }
  return {
    widths: Float64Array.from(widths),
    learningRates: Float64Array.from(learningRates),
    keepRates: Float64Array.from(keepRates),
  };
}

function tooShort(widths: Float64Array): Trend {
  const reason = `a rate underflows above width ${widths[widths.length - 1]}: too short a range to judge`;
  const unknown = Number.NaN;
  return { limit: 'undetermined', value: null, exponent: unknown, logExponent: unknown, residual: unknown, reason };
}
