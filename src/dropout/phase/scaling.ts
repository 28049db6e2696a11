import { checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { classify, type ScalingLaw } from './classify.ts';
import { checkPhase, type Phase } from './phase.ts';

/** The step size τ > 0 (mean-field time) and the keep rate q in (0, 1] at one width. */
export interface Rates {
  readonly learningRate: number;
  readonly keepRate: number;
}

/** How both rates go with the width n. */
export type Scaling = (width: number) => Rates;

/** Exponents to use along a phase in place of the defaults of `phasePowerLaw`; in the jump phases either stands for both. */
export interface PhaseScalingOptions {
  readonly learningRateExponent?: number | undefined;
  readonly keepRateExponent?: number | undefined;
}

/** The scaling of a power law: n ↦ (τ₀ n^(−a), min(1, q₀ n^(−b))). */
export function powerLawScaling(law: ScalingLaw): Scaling {
  const a = checkNumber('learningRateExponent', law.learningRateExponent);
  const b = checkNumber('keepRateExponent', law.keepRateExponent);
  const tau = checkNumber('learningRate', law.learningRate ?? 1, { above: 0 });
  const q = checkNumber('keepRate', law.keepRate ?? 1, { above: 0 });
  return (width) => ({ learningRate: tau * width ** -a, keepRate: Math.min(1, q * width ** -b) });
}

/**
 * A power law that has the given phase as its limit, with the phase's parameters exactly (docs/theory.md section 2.7). Exponents (a, b):
 *
 * - `gradient-flow`: (3/4, 1/4), so the bias τ/q + λ_n is about n^(−1/2); both prefactors 1
 * - `poisson-jump`: (1/2, 1/2), q₀ = min(1, 1/α), so that neither rate passes 1
 * - `bernoulli-jump`: (0, 0)
 * - `penalized-flow`: (3/2, 1), q₀ = c and τ₀ = min(1, c), so that τ/q ≤ n^(−1/2)
 * - `penalized-jump`: (1, 1), q₀ = c, τ₀ = αc; for widths below c the keep rate is 1
 *
 * Throws an ArgumentError when exponents given in `options` belong to another phase.
 */
export function phasePowerLaw(phase: Phase, options: PhaseScalingOptions = {}): ScalingLaw {
  const checked = checkPhase('phase', phase);
  const defaults = defaultLaw(checked);
  // In the jump phases one exponent decides the other.
  const tied = checked.id.endsWith('-jump');
  const { learningRateExponent: a, keepRateExponent: b } = options;
  const law = {
    ...defaults,
    learningRateExponent: a ?? (tied ? b : undefined) ?? defaults.learningRateExponent,
    keepRateExponent: b ?? (tied ? a : undefined) ?? defaults.keepRateExponent,
  };
  const found = classify(law);
  if (found.phase !== checked.id) {
    const pair = [law.learningRateExponent, law.keepRateExponent];
    const place = found.phase ?? found.degenerate.join(' and ');
    throw new ArgumentError('exponents', pair.join(', '), `a pair (a, b) of ${checked.id}, not of ${place}`);
  }
  return law;
}

/** The scaling of `phasePowerLaw`: widths to rates along a phase. */
export function phaseScaling(phase: Phase, options: PhaseScalingOptions = {}): Scaling {
  return powerLawScaling(phasePowerLaw(phase, options));
}

function defaultLaw(phase: Phase) {
  switch (phase.id) {
    case 'gradient-flow':
      return { learningRateExponent: 3 / 4, keepRateExponent: 1 / 4, learningRate: 1, keepRate: 1 };
    case 'poisson-jump': {
      const keepRate = Math.min(1, 1 / phase.jumpSize);
      return {
        learningRateExponent: 1 / 2,
        keepRateExponent: 1 / 2,
        learningRate: phase.jumpSize * keepRate,
        keepRate,
      };
    }
    case 'bernoulli-jump':
      return {
        learningRateExponent: 0,
        keepRateExponent: 0,
        learningRate: phase.learningRate,
        keepRate: phase.keepRate,
      };
    case 'penalized-flow': {
      const learningRate = Math.min(1, phase.activeCount);
      return { learningRateExponent: 3 / 2, keepRateExponent: 1, learningRate, keepRate: phase.activeCount };
    }
    case 'penalized-jump': {
      const learningRate = phase.jumpSize * phase.activeCount;
      return { learningRateExponent: 1, keepRateExponent: 1, learningRate, keepRate: phase.activeCount };
    }
  }
}
