import { checkInteger, checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { stepsWithin } from '../../dropout/index.ts';
import type { Pilot } from './constants.ts';

/** Which pilots are run for a network, and at which parameters the limits are solved. */
export interface PilotDesign {
  /** The time at which the network's run ends. */
  readonly horizon: number;
  /** α of the limits. */
  readonly jumpSize: number;
  /** λ of the penalized limits: c = 1/λ. */
  readonly penalty: number;
  /** Rates of the Bernoulli limit, with τ/q = α. */
  readonly bernoulli: { readonly learningRate: number; readonly keepRate: number };
  /**
   * Along `keepRate` pilots have the τ and q of the Bernoulli limit, and λ_n falls with their width as it does for the network. Along `penalty`
   * they have its λ_n instead.
   */
  readonly line: 'keepRate' | 'penalty';
  /** For bias and fluctuation, by increasing width. */
  readonly networks: readonly Pilot[];
  /** For path errors. */
  readonly paths: readonly Pilot[];
}

/** Above this the penalty is part of the dynamics, and pilots must have it in full. */
const STRONG_PENALTY = 0.05;
/** Smaller penalties are measured at this one, where their effect stands out of the noise: it is linear below. */
const MEASURED_PENALTY = 0.1;
/** Smaller keep rates are not needed in narrow pilots: the penalty would be strong in them. */
const PILOT_KEEP_RATE = 1 / 4;
/** Smaller jumps are measured at this fraction of the horizon, for the same reasons, and as they are cheaper. */
const SMALLEST_JUMP = 1 / 20;

/** The pilots for the network (n, τ, q). */
export function pilotDesign(network: Pilot, until: number): PilotDesign {
  const n = checkInteger('width', network.width, { min: 1 });
  const tau = checkNumber('learningRate', network.learningRate, { above: 0 });
  const q = checkNumber('keepRate', network.keepRate, { above: 0, max: 1 });
  const wanted = checkNumber('horizon', until, { above: 0 });
  const horizon = stepsWithin(wanted, tau) * tau;
  if (horizon === 0) throw new ArgumentError('horizon', until, `at least half a learning rate of ${tau}`);
  const lambda = (1 - q) / (q * n);
  const alpha = Math.max(tau / q, SMALLEST_JUMP * horizon);
  if (!Number.isFinite(alpha + lambda))
    throw new ArgumentError('keepRate', q, 'large enough that learningRate / keepRate is a finite number');
  const step = (wish: number) => horizon / Math.max(1, Math.round(horizon / wish));
  const keepRate = Math.max(q, Math.min(PILOT_KEEP_RATE, horizon / (4 * alpha)));
  const learningRate = step(alpha * keepRate);
  const jumpSize = learningRate / keepRate;
  const along = { horizon, jumpSize, bernoulli: { learningRate, keepRate } };
  if (lambda < STRONG_PENALTY) {
    const pilot = (width: number, divisor = 1) => ({
      width,
      learningRate: learningRate / divisor,
      keepRate: keepRate / divisor,
    });
    return {
      ...along,
      penalty: MEASURED_PENALTY,
      line: 'keepRate',
      networks: [pilot(32), pilot(64)],
      paths: [pilot(32), pilot(128), pilot(128, 2), pilot(128, 4)],
    };
  }
  const pilot = (width: number) => {
    const own = 1 / (1 + lambda * width);
    return { width, learningRate: step(jumpSize * own), keepRate: own };
  };
  return {
    ...along,
    penalty: lambda,
    line: 'penalty',
    networks: [pilot(16), pilot(32)],
    paths: [pilot(16), pilot(32), pilot(64)],
  };
}
