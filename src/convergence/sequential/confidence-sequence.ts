import { checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import type { Interval } from '../estimate.ts';
import { RunningMoments } from '../running-moments.ts';
import type { Assumption } from './assumption.ts';

/** Intervals that hold the mean at all times together, with probability at least 1 − errorProbability. */
export interface ConfidenceSequence {
  /** Takes in one number. */
  add(x: number): void;
  /** The intersection of all intervals so far. */
  interval(): Interval;
}

/**
 * A confidence sequence for a mean in O(1) per number.
 *
 * bounded: the predictable plug-in empirical Bernstein sequence (Waudby-Smith and Ramdas, JRSS B 86, 2024, theorem 2).
 * sub-Gaussian: Robbins' normal mixture, √((σ² n + ρ)/n² · log((σ² n + ρ)/(ρ δ²))), ρ tuned for `aimedAt` numbers.
 * asymptotic: the same with the estimated variance (I. Waudby-Smith et al., Annals of Statistics 2024), from burnIn on.
 * For a finite variance use testMean: its intervals have no closed form.
 *
 * @param errorProbability - in (0, 1)
 * @param options.aimedAt - the number of samples at which the normal mixture is tightest, default 1000
 */
export function confidenceSequence(
  assume: Assumption,
  errorProbability: number,
  options: { readonly aimedAt?: number } = {},
): ConfidenceSequence {
  const delta = checkNumber('errorProbability', errorProbability, { above: 0, below: 1 });
  const aimedAt = checkNumber('aimedAt', options.aimedAt ?? 1000, { above: 0 });
  if (assume.kind === 'bounded') return empiricalBernstein(assume.low, assume.high, delta);
  if (assume.kind === 'finite-variance')
    throw new ArgumentError('assume', assume.kind, 'bounded, sub-gaussian or asymptotic');
  const moments = new RunningMoments();
  const burnIn = assume.kind === 'asymptotic' ? assume.burnIn : 1;
  let low = Number.NEGATIVE_INFINITY;
  let high = Infinity;
  return {
    add(x) {
      moments.add(x);
      if (moments.count < burnIn) return;
      const variance = assume.kind === 'asymptotic' ? moments.variance : assume.scale ** 2;
      const half = normalMixture(moments.count, variance, aimedAt, delta);
      low = Math.max(low, moments.mean - half);
      high = Math.min(high, moments.mean + half);
    },
    interval: () => [low, high],
  };
}

function normalMixture(n: number, variance: number, aimedAt: number, delta: number): number {
  const best = -2 * Math.log(delta) + Math.log(1 - 2 * Math.log(delta));
  const rho = (variance * aimedAt) / best;
  const v = variance * n;
  return v > 0 ? Math.sqrt((v + rho) * (Math.log((v + rho) / rho) - 2 * Math.log(delta))) / n : 0;
}

function empiricalBernstein(low: number, high: number, delta: number): ConfidenceSequence {
  const range = high - low;
  const budget = Math.log(2 / delta);
  let ends: Interval = [low, high];
  let n = 0;
  let stakes = 0;
  let weighted = 0;
  let cost = 0;
  // Regularized running mean and variance of the numbers scaled to [0, 1]; both predictable.
  let mean = 0.5;
  let variance = 0.25;
  let sum = 0.5;
  let squares = 0.25;
  return {
    add(value) {
      const x = (checkNumber('x', value, { min: low, max: high }) - low) / range;
      n++;
      const stake = Math.min(0.5, Math.sqrt((2 * budget) / (variance * n * Math.log1p(n))));
      stakes += stake;
      weighted += stake * x;
      cost += (x - mean) ** 2 * (-Math.log1p(-stake) - stake);
      sum += x;
      mean = sum / (n + 1);
      squares += (x - mean) ** 2;
      variance = squares / (n + 1);
      const center = low + (range * weighted) / stakes;
      const half = (range * (budget + cost)) / stakes;
      ends = [Math.max(ends[0], center - half), Math.min(ends[1], center + half)];
    },
    interval: () => ends,
  };
}
