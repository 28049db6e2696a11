import { checkNumber } from '../../base/check.ts';
import { type BernoulliJumpPhase, checkPhase, type Phase } from '../phase/phase.ts';
import { checkSecondMoment, type LinearMoments, momentsDiverged } from './moments.ts';

/** The limit's initial law, as far as two moments need it. */
export interface LinearLimitStart {
  readonly mean: number;
  readonly secondMoment: number;
}

export interface LinearLimitOptions {
  /** The one target y. */
  readonly target: number;
  readonly start: LinearLimitStart;
  /** Mean-field time t ≥ 0. The Bernoulli phase makes round(t/learningRate) steps. */
  readonly time: number;
}

/**
 * Exact moments at `time` of the limit of a linear network φ(x) = x with the squared loss, in any phase (docs/theory.md section 5.7).
 * Closed form, O(1). Predictions are deterministic in a limit, so `squaredMean` is `mean`².
 * Throws a RunError (`diverged`) where jumps too large to be stable make the moments overflow.
 */
export function linearLimitMoments(phase: Phase, options: LinearLimitOptions): LinearMoments {
  const checked = checkPhase('phase', phase);
  const target = checkNumber('target', options.target);
  const mean = checkNumber('start.mean', options.start.mean);
  const secondMoment = checkSecondMoment('start.secondMoment', options.start.secondMoment, mean);
  const time = checkNumber('time', options.time, { min: 0 });
  const problem = { target, start: { mean, secondMoment }, time };
  const moments = checked.id === 'bernoulli-jump' ? bernoulli(checked, problem) : continuous(checked, problem);
  if (!Number.isFinite(moments.secondMoment)) throw momentsDiverged(time, 0);
  return moments;
}

/** m_k = y + (1−τ)^k (m₀ − y); the variance grows by τ²(1−q)/q (m_k − y)² at each step. */
function bernoulli({ learningRate: tau, keepRate: q }: BernoulliJumpPhase, options: LinearLimitOptions): LinearMoments {
  const { target: y, start, time } = options;
  const steps = Math.round(time / tau);
  const distance = start.mean - y;
  const mean = steps === 0 ? start.mean : y + distance * (1 - tau) ** steps;
  const variance =
    start.secondMoment -
    start.mean * start.mean +
    ((tau * tau * (1 - q)) / q) * distance * distance * geometricSum(tau * (2 - tau), steps);
  return { mean, secondMoment: mean * mean + variance, squaredMean: mean * mean };
}

/** Σ_{j<k} (1 − gap)^j, exact at gap = 0 and close to it. */
export function geometricSum(gap: number, count: number): number {
  if (gap === 0 || count === 0) return count;
  return gap < 1 ? -Math.expm1(count * Math.log1p(-gap)) / gap : (1 - (1 - gap) ** count) / gap;
}

/**
 * The other four are one linear system with γ = 1/c and α, zero where the phase has none: m' = y − κm, κ = 1 + γ, and
 * s' = −gs + Am² + Bm + αy², with g = γ(2 − ακ), A = α(1 + 2γ) − 2, B = 2y(1 − ακ).
 */
function continuous(phase: Exclude<Phase, BernoulliJumpPhase>, options: LinearLimitOptions): LinearMoments {
  const { target: y, start, time } = options;
  const alpha = 'jumpSize' in phase ? phase.jumpSize : 0;
  const gamma = 'activeCount' in phase ? 1 / phase.activeCount : 0;
  const kappa = 1 + gamma;
  const g = gamma * (2 - alpha * kappa);
  const A = alpha * (1 + 2 * gamma) - 2;
  const B = 2 * y * (1 - alpha * kappa);
  // m = rest + offset e^(−κt), so the forcing of s is a constant plus two exponentials.
  const rest = y / kappa;
  const offset = start.mean - rest;
  const mean = rest + offset * Math.exp(-kappa * time);
  const secondMoment =
    start.secondMoment * Math.exp(-g * time) +
    (A * rest * rest + B * rest + alpha * y * y) * response(g, 0, time) +
    offset * (2 * A * rest + B) * response(g, kappa, time) +
    A * offset * offset * response(g, 2 * kappa, time);
  return { mean, secondMoment, squaredMean: mean * mean };
}

/** ∫₀ᵗ e^(−g(t−s)) e^(−hs) ds: no cancellation where g and h meet (the penalized flow with c = 1). */
function response(g: number, h: number, t: number): number {
  const gap = Math.abs(g - h) * t;
  return Math.exp(-Math.min(g, h) * t) * t * (gap === 0 ? 1 : -Math.expm1(-gap) / gap);
}
