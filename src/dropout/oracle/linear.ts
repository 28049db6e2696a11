import { checkInteger, checkNumber, checkOneOf } from '../../base/check.ts';
import { VARIANTS, type Variant } from '../variant.ts';
import { maskMoments } from './mask-moments.ts';
import { checkFiniteMoments, checkMoments, type LinearMoments, momentsDiverged } from './moments.ts';

// Symbols of docs/theory.md section 5: M mean, S secondMoment, P squaredMean, y target, τ learningRate, q keepRate, n width;
// b = 1 + w one mask entry, f = x̄ + g the masked prediction with g = (1/n)Σ w_j x_j, e = x̄ − y; v, κ₃ the mask's moments,
// λ = v/n the penalty, G = E e² = P − 2yM + y².

/** One linear network φ(x) = x with the squared loss, trained at finite width. */
export interface LinearNetwork {
  /** Number of neurons n ≥ 1. */
  readonly width: number;
  /** Step τ ≥ 0 in mean-field time. */
  readonly learningRate: number;
  /** q in (0, 1]. */
  readonly keepRate: number;
  /** The one target y. */
  readonly target: number;
  /** Default `dropout`. */
  readonly variant?: Variant | undefined;
}

export interface LinearOracleOptions extends LinearNetwork {
  /** Moments at time 0: `momentsOfIndependentStart` or `momentsOfPoints`, or any others that a law has. */
  readonly start: LinearMoments;
  /** Number of steps, each τ long. */
  readonly steps: number;
}

/**
 * Exact moments of a linear network after `steps` steps, at finite width: no sampling, no asymptotics. O(steps), independent of the width.
 * Throws a RunError (`diverged`) when an unstable step makes them overflow.
 */
export function linearOracle(options: LinearOracleOptions): LinearMoments {
  const network = checkNetwork(options);
  const steps = checkInteger('steps', options.steps, { min: 0 });
  let moments = checkMoments('start', options.start);
  for (let k = 0; k < steps; k++) {
    moments = STEPS[network.variant](moments, network);
    // S bounds the other two; it is NaN once infinities have met.
    if (!Number.isFinite(moments.secondMoment)) throw momentsDiverged((k + 1) * network.learningRate, k + 1);
  }
  return moments;
}

/** The moments after one more step: the recursion behind `linearOracle`, for those who want every step. */
export function linearOracleStep(network: LinearNetwork, moments: LinearMoments): LinearMoments {
  const checked = checkNetwork(network);
  return STEPS[checked.variant](checkFiniteMoments('moments', moments), checked);
}

type Checked = Required<LinearNetwork> & { readonly variant: Variant };
type Step = (moments: LinearMoments, network: Checked) => LinearMoments;

const STEPS: Readonly<Record<Variant, Step>> = {
  dropout,
  'random-geometry': (moments, network) => independentSides(moments, network, 1, network.keepRate),
  'propagation-noise': (moments, network) => independentSides(moments, network, network.keepRate, 1),
  'independent-masks': (moments, network) => independentSides(moments, network, network.keepRate, network.keepRate),
  none: (moments, network) => independentSides(moments, network, 1, 1),
};

/** x_i ← x_i − τ b_i (f − y): the same mask in the update as in f (section 5.3). */
function dropout({ mean: M, secondMoment: S, squaredMean: P }: LinearMoments, network: Checked): LinearMoments {
  const { width: n, learningRate: tau, keepRate: q, target: y } = network;
  const { variance: v, third, fourthCumulant } = maskMoments(q);
  const lambda = v / n;
  const skew = third / (n * n);
  const G = P - 2 * y * M + y * y;
  const noise = lambda * S;
  // E β(f − y)² and E β²(f − y)², β = (1/n)Σ b_i.
  const once = P * (1 + 2 * lambda) + noise + skew * S - 2 * y * (1 + lambda) * M + y * y;
  const twice =
    G * (1 + lambda) +
    noise +
    (4 * lambda + 2 * skew) * (P - y * M) +
    2 * skew * S +
    (S * fourthCumulant) / n ** 3 +
    lambda * lambda * (S + 2 * P);
  return {
    mean: M - tau * ((1 + lambda) * M - y),
    secondMoment: S - 2 * tau * (P + noise - y * M) + ((tau * tau) / q) * once,
    squaredMean: P - 2 * tau * ((1 + lambda) * P - y * M) + tau * tau * twice,
  };
}

/** x_i ← x_i − τ b′_i (f − y) with b′ independent of the mask in f; a keep rate of 1 is no mask on that side (sections 5.4 to 5.6). */
function independentSides(
  { mean: M, secondMoment: S, squaredMean: P }: LinearMoments,
  { width: n, learningRate: tau, target: y }: Checked,
  forward: number,
  backward: number,
): LinearMoments {
  const residual = P - 2 * y * M + y * y + (maskMoments(forward).variance / n) * S;
  const along = 2 * tau * (P - y * M);
  return {
    mean: M - tau * (M - y),
    secondMoment: S - along + ((tau * tau) / backward) * residual,
    squaredMean: P - along + tau * tau * (1 + maskMoments(backward).variance / n) * residual,
  };
}

function checkNetwork(network: LinearNetwork): Checked {
  return {
    width: checkInteger('width', network.width, { min: 1 }),
    learningRate: checkNumber('learningRate', network.learningRate, { min: 0 }),
    keepRate: checkNumber('keepRate', network.keepRate, { above: 0, max: 1 }),
    target: checkNumber('target', network.target),
    variant: checkOneOf('variant', network.variant ?? 'dropout', VARIANTS),
  };
}
