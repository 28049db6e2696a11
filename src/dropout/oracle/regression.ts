import { type MatrixLike, toRowMajor, toVector, type VectorLike } from '../../base/arrays.ts';
import { checkInteger, checkNumber, checkOneOf } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { VARIANTS, type Variant } from '../variant.ts';
import { maskMoments } from './mask-moments.ts';
import { momentsDiverged } from './moments.ts';
import { fromState, type RegressionMoments, type RegressionState, toState } from './regression-moments.ts';
import { applied, combination, outer, product, symmetrized } from './square.ts';

// Symbols of docs/theory.md section 5.9: H = Zᵀ diag(ν) Z, h = Zᵀ diag(ν) y, so a neuron's gradient is Hx̂ − h with x̂ = (1/n)Σ b_j x_j
// the masked mean; the rest as in section 5.3, with M a vector and S, P matrices.

export interface RegressionOracleOptions {
  /** Number of neurons n ≥ 1. */
  readonly width: number;
  /** Step τ ≥ 0 in mean-field time. */
  readonly learningRate: number;
  /** q in (0, 1]. */
  readonly keepRate: number;
  /** Default `dropout`. */
  readonly variant?: Variant | undefined;
  /** Z, `[m, p]`. */
  readonly inputs: MatrixLike;
  /** y, `[m]`. */
  readonly targets: VectorLike;
  /** ν, `[m]`, none negative. Default 1/m each. */
  readonly weights?: VectorLike | undefined;
  readonly start: RegressionMoments;
  /** Number of steps, each τ long. */
  readonly steps: number;
}

/**
 * Exact moments of linear regression φ(x) = Zx, squared loss, after `steps` steps at finite width, in every variant.
 * The predictions Zx̄ have mean ZM and covariance Z(P − MMᵀ)Zᵀ. O(steps·p³ + mp²). Throws a RunError (`diverged`) on overflow.
 */
export function regressionOracle(options: RegressionOracleOptions): RegressionMoments {
  const width = checkInteger('width', options.width, { min: 1 });
  const learningRate = checkNumber('learningRate', options.learningRate, { min: 0 });
  const keepRate = checkNumber('keepRate', options.keepRate, { above: 0, max: 1 });
  const variant = checkOneOf('variant', options.variant ?? 'dropout', VARIANTS);
  const steps = checkInteger('steps', options.steps, { min: 0 });
  const problem = normalEquations(options);
  let state = toState('start', options.start, problem.h.length);
  const step = stepOf(variant, problem, width, learningRate, keepRate);
  for (let k = 0; k < steps; k++) {
    state = step(state);
    if (!state.S.every(Number.isFinite)) throw momentsDiverged((k + 1) * learningRate, k + 1);
  }
  return fromState(state);
}

interface NormalEquations {
  readonly H: Float64Array;
  readonly h: Float64Array;
}

type Step = (state: RegressionState) => RegressionState;

function stepOf(variant: Variant, problem: NormalEquations, n: number, tau: number, q: number): Step {
  switch (variant) {
    case 'dropout':
      return (state) => dropout(state, problem, n, tau, q);
    case 'random-geometry':
      return (state) => independentSides(state, problem, n, tau, 1, q);
    case 'propagation-noise':
      return (state) => independentSides(state, problem, n, tau, q, 1);
    case 'independent-masks':
      return (state) => independentSides(state, problem, n, tau, q, q);
    case 'none':
      return (state) => independentSides(state, problem, n, tau, 1, 1);
  }
}

function dropout({ M, S, P }: RegressionState, { H, h }: NormalEquations, n: number, tau: number, q: number) {
  const p = M.length;
  const { variance, third, fourthCumulant } = maskMoments(q);
  const lambda = variance / n;
  const skew = third / (n * n);
  const square = (C: Float64Array) => product(product(H, C, p), H, p);
  const toTarget = outer(M, h);
  // Cross terms E x̂(Hx̂ − h)ᵀ and E βx̄(Hx̂ − h)ᵀ, β = (1/n)Σ b_i.
  const ownCross = combination([1, product(combination([1, P], [lambda, S]), H, p)], [-1, toTarget]);
  const meanCross = combination([1 + lambda, product(P, H, p)], [-1, toTarget]);
  // E β(Hx̂ − h)(Hx̂ − h)ᵀ, and E β²(…)(…)ᵀ, where R = E u x̄ᵀH with u = Hx̄ − h is the residual against the prediction.
  const Hc = symmetrized(product(H, toTarget, p), p);
  const target = outer(h, h);
  const once = combination(
    [1, square(combination([1 + 2 * lambda, P], [lambda + skew, S]))],
    [-1 - lambda, Hc],
    [1, target],
  );
  const R = combination([1, square(P)], [-1, product(outer(h, M), H, p)]);
  const spread = lambda + 2 * skew + fourthCumulant / n ** 3 + lambda * lambda;
  const twice = combination(
    [1 + lambda, combination([1, square(P)], [-1, Hc], [1, target])],
    [2 * lambda + skew, symmetrized(R, p)],
    [1, square(combination([spread, S], [2 * lambda * lambda, P]))],
  );
  return {
    M: combination([1, M], [-tau * (1 + lambda), applied(H, M)], [tau, h]),
    S: combination([1, S], [-tau, symmetrized(ownCross, p)], [(tau * tau) / q, once]),
    P: combination([1, P], [-tau, symmetrized(meanCross, p)], [tau * tau, twice]),
  };
}

function independentSides(
  { M, S, P }: RegressionState,
  { H, h }: NormalEquations,
  n: number,
  tau: number,
  forward: number,
  backward: number,
) {
  const p = M.length;
  const seen = combination([1, P], [maskMoments(forward).variance / n, S]);
  const toTarget = outer(M, h);
  const residual = combination(
    [1, product(product(H, seen, p), H, p)],
    [-1, symmetrized(product(H, toTarget, p), p)],
    [1, outer(h, h)],
  );
  const along = symmetrized(combination([1, product(P, H, p)], [-1, toTarget]), p);
  return {
    M: combination([1, M], [-tau, applied(H, M)], [tau, h]),
    S: combination([1, S], [-tau, along], [(tau * tau) / backward, residual]),
    P: combination([1, P], [-tau, along], [tau * tau * (1 + maskMoments(backward).variance / n), residual]),
  };
}

function normalEquations(options: RegressionOracleOptions): NormalEquations {
  const { data: Z, rows: m, columns: p } = toRowMajor('inputs', options.inputs);
  if (m === 0 || p === 0) throw new ArgumentError('inputs', options.inputs, 'at least one row of one number');
  const y = toVector('targets', options.targets, m);
  const weights =
    options.weights === undefined ? new Float64Array(m).fill(1 / m) : toVector('weights', options.weights, m);
  const H = new Float64Array(p * p);
  const h = new Float64Array(p);
  for (let j = 0; j < m; j++) {
    const weight = checkNumber(`weights[${j}]`, weights[j], { min: 0 });
    const z = Z.subarray(j * p, (j + 1) * p);
    for (let k = 0; k < p * p; k++) H[k]! += weight * z[Math.floor(k / p)]! * z[k % p]!;
    for (let k = 0; k < p; k++) h[k]! += weight * z[k]! * y[j]!;
  }
  return { H, h };
}
