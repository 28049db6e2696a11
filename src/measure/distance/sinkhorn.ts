import { checkInteger, checkNumber } from '../../base/check.ts';
import type { EmpiricalMeasure } from '../empirical.ts';
import { atomsOfBoth, type MeasureLike } from '../measure.ts';
import { type CostMatrix, pointCosts } from './point-costs.ts';
import { marginalError, type SinkhornSettings, softMinInto, updateInto } from './soft-min.ts';
import { checkOrder } from './wasserstein-1d.ts';

/** Options of `sinkhornDivergence`. */
export interface SinkhornOptions {
  /** The cost is |x − y|^order. Default 2. */
  readonly order?: number;
  /** ε, in units of the cost, > 0. Default: a thousandth of the largest cost. */
  readonly regularization?: number;
  /** ε starts at the largest cost and falls by this factor an iteration down to `regularization`. In (0, 1), default 0.5. */
  readonly scaling?: number;
  /** Stop when the plan's marginals err by less than this in total variation. Default 1e-6. */
  readonly tolerance?: number;
  /** Iterations at the final ε at most. Default 1000. */
  readonly maxIterations?: number;
}

/** A divergence, and how well its three problems were solved. */
export interface SinkhornResult {
  /** S_ε(μ, ν) = OT_ε(μ, ν) − OT_ε(μ, μ)/2 − OT_ε(ν, ν)/2. */
  readonly divergence: number;
  /** The regularized cost OT_ε(μ, ν) alone: min over plans of ∫c dπ + ε KL(π | μ ⊗ ν). */
  readonly cost: number;
  readonly regularization: number;
  /** Whether every marginal error fell below the tolerance. If not, raise `maxIterations` or `regularization`. */
  readonly converged: boolean;
  /** The largest of the three marginal errors; the divergence errs by about ε times its square. */
  readonly marginalError: number;
  /** Iterations of the problem between μ and ν, scaling included. */
  readonly iterations: number;
}

/**
 * Debiased Sinkhorn divergence, computed with logarithms of the scalings, so that no ε underflows. It is nonnegative, 0 for
 * equal measures, tends to W_p^p as ε → 0 and to half a squared energy distance (order 1) as ε → ∞.
 * O(NM) an iteration; memory O(NM) up to 2²³ pairs, O(N + M) beyond.
 *
 * J. Feydy et al., Interpolating between optimal transport and MMD using Sinkhorn divergences (2019); ε-scaling after
 * B. Schmitzer, Stabilized sparse scaling algorithms for entropy regularized transport problems (2019).
 */
export function sinkhornDivergence(
  first: MeasureLike,
  second: MeasureLike,
  options: SinkhornOptions = {},
): SinkhornResult {
  const [a, b] = atomsOfBoth(first, second);
  const order = checkOrder(options.order ?? 2, Number.MAX_VALUE);
  const largest = boundOfCosts(a, b) ** order;
  const settings: SinkhornSettings = {
    regularization: checkNumber('regularization', options.regularization ?? (1e-3 * largest || 1), { above: 0 }),
    scaling: checkNumber('scaling', options.scaling ?? 0.5, { above: 0, below: 1 }),
    tolerance: checkNumber('tolerance', options.tolerance ?? 1e-6, { above: 0 }),
    maxIterations: checkInteger('maxIterations', options.maxIterations ?? 1000, { min: 1 }),
    start: largest,
  };
  const cross = betweenTwo(pointCosts(a, b, order), pointCosts(b, a, order), a.weights, b.weights, settings);
  const selfA = withItself(pointCosts(a, a, order), a.weights, settings);
  const selfB = withItself(pointCosts(b, b, order), b.weights, settings);
  const error = Math.max(cross.error, selfA.error, selfB.error);
  return {
    divergence: cross.cost - selfA.cost / 2 - selfB.cost / 2,
    cost: cross.cost,
    regularization: settings.regularization,
    converged: error <= settings.tolerance,
    marginalError: error,
    iterations: cross.iterations,
  };
}

/** Iterations at the final ε between two looks at how fast the error falls. */
const BLOCK = 4;
/** ω at most: nearer to 2 an estimate that is wrong by a little costs more than the best one gains. */
const LARGEST = 1.95;

interface Solved {
  readonly cost: number;
  readonly error: number;
  readonly iterations: number;
}

/**
 * Alternating updates of the two potentials, overrelaxed at the final ε (A. Thibault et al., Overrelaxed Sinkhorn–Knopp algorithm for
 * regularized optimal transport, Algorithms 14, 2021): there the error of plain updates falls by a factor η an iteration, and steps
 * ω = 2/(1 + √(1 − η)) times as long take the square root of the iterations. Only plain ones are judged.
 */
function betweenTwo(
  rows: CostMatrix,
  columns: CostMatrix,
  a: Float64Array,
  b: Float64Array,
  settings: SinkhornSettings,
): Solved {
  const [logA, logB] = [a.map(Math.log), b.map(Math.log)];
  const f = new Float64Array(a.length);
  const g = new Float64Array(b.length);
  const nextF = new Float64Array(a.length);
  const nextG = new Float64Array(b.length);
  let epsilon = Math.max(settings.start, settings.regularization);
  let error = Number.POSITIVE_INFINITY;
  let [plain, omega, earlier] = [true, 1, error];
  let iterations = 0;
  let atEnd = 0;
  for (;;) {
    softMinInto(columns, f, logA, epsilon, nextG);
    relaxInto(g, nextG, plain ? 1 : omega);
    softMinInto(rows, g, logB, epsilon, nextF);
    iterations++;
    if (epsilon > settings.regularization) {
      f.set(nextF);
      epsilon = Math.max(settings.regularization, epsilon * settings.scaling);
      continue;
    }
    error = marginalError(f, nextF, a, epsilon);
    const last = ++atEnd >= settings.maxIterations;
    if (plain && (error <= settings.tolerance || last)) break;
    if (atEnd % BLOCK === 0) {
      omega = relaxation(omega, (error / earlier) ** (1 / BLOCK));
      earlier = error;
    }
    relaxInto(f, nextF, plain ? 1 : omega);
    plain = omega === 1 || error <= settings.tolerance || atEnd + 1 >= settings.maxIterations;
  }
  f.set(nextF);
  // After the last update the rows' marginals are exact, so the plan has mass 1 and the dual value is this sum.
  return { cost: integral(a, f) + integral(b, g), error, iterations };
}

/**
 * The next ω, from the factor λ by which the error fell an iteration at this one: (λ + ω − 1)² = λω²η gives η (D. M. Young 1954, as
 * for any overrelaxation). Beyond the best ω errors oscillate and λ tells nothing but that: then it falls back.
 */
function relaxation(omega: number, factor: number): number {
  if (!(factor > omega - 1)) return omega;
  if (factor >= 1) return 1 + (omega - 1) / 2;
  const eta = Math.min((factor + omega - 1) ** 2 / (factor * omega * omega), 1);
  return Math.min(2 / (1 + Math.sqrt(1 - eta)), LARGEST);
}

/** f += ω (next − f). */
function relaxInto(f: Float64Array, next: Float64Array, omega: number): void {
  for (let i = 0; i < f.length; i++) f[i] = omega === 1 ? next[i]! : f[i]! + omega * (next[i]! - f[i]!);
}

/** The symmetric problem has one potential; averaging it with its update converges in a few steps. */
function withItself(costs: CostMatrix, a: Float64Array, settings: SinkhornSettings): Solved {
  const logA = a.map(Math.log);
  const f = new Float64Array(a.length);
  const next = new Float64Array(a.length);
  let epsilon = Math.max(settings.start, settings.regularization);
  let error = Number.POSITIVE_INFINITY;
  let iterations = 0;
  for (let atEnd = 0; error > settings.tolerance && atEnd < settings.maxIterations; iterations++) {
    softMinInto(costs, f, logA, epsilon, next);
    if (epsilon === settings.regularization) {
      error = marginalError(f, next, a, epsilon);
      atEnd++;
    }
    updateInto(f, next);
    epsilon = Math.max(settings.regularization, epsilon * settings.scaling);
  }
  softMinInto(costs, f, logA, settings.regularization, next);
  // The pair (f, its update) has exact marginals on one side: its dual value has an error of second order.
  return { cost: integral(a, f) + integral(a, next), error, iterations };
}

function integral(weights: Float64Array, f: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < f.length; i++) if (weights[i]! > 0) sum += weights[i]! * f[i]!;
  return sum;
}

/** The diameter of the box around both clouds. */
function boundOfCosts(a: EmpiricalMeasure, b: EmpiricalMeasure): number {
  const p = a.dimension;
  let squared = 0;
  for (let k = 0; k < p; k++) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const { particles } of [a, b])
      for (let i = k; i < particles.length; i += p) {
        low = Math.min(low, particles[i]!);
        high = Math.max(high, particles[i]!);
      }
    squared += (high - low) ** 2;
  }
  return Math.sqrt(squared);
}
