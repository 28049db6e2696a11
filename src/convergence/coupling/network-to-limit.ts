import { checkInteger, checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { checkPhase, type Phase, stepsWithin, type Variant } from '../../dropout/index.ts';
import { bernoulliClock } from '../../random/index.ts';
import type { Coupling } from './coupling.ts';
import { limitNeurons } from './limit-neurons.ts';
import { checkedRates, clockMasks, type NetworkRates, networkSide } from './network-side.ts';
import type { ReferencePath } from './reference-path.ts';
import { coupledStart } from './start.ts';

/** Options of `networkToLimit`. */
export interface NetworkToLimitOptions {
  readonly phase: Phase;
  /** n ≥ 1. */
  readonly width: number;
  /** τ. Required, except in the Bernoulli phase, which has its own. */
  readonly learningRate?: number;
  /**
   * q. Default where the phase has a Poisson clock: 1 - e^(-τ/α), a neuron being updated exactly when its clock rings; a smaller
   * q thins the rings, a larger one adds to them. In the Bernoulli phase: the phase's own.
   */
  readonly keepRate?: number;
  /** Default `dropout`. */
  readonly variant?: Variant;
  /** F(μ_t) of the limit, from `limitReference` for example. Penalized jumps can do without. */
  readonly reference?: ReferencePath;
  /** Step of a flow's limit neurons, mean-field time. Default: adaptive, root mean square error about 1e-5. */
  readonly flowStep?: number;
}

/**
 * A finite network (first) and limit neurons (second) on the same start and clocks (docs/theory.md sections 4.3 and 6.2). Poisson
 * jumps: the masks follow the limit's clocks. Bernoulli jumps: the same masks. Flows: the start alone. There the limit neurons
 * are independent copies of the limit, driven by F(μ_t). Penalized jumps: clocks and partners, see `partneredNeurons`.
 *
 * The sides are compared at the network's steps: within one a limit neuron has jumped where the network's has yet to.
 */
export function networkToLimit(options: NetworkToLimitOptions): Coupling {
  const phase = checkPhase('phase', options.phase);
  const width = checkInteger('width', options.width, { min: 1, max: 2 ** 31 - 1 });
  const rates = checkedRates('', ratesOf(phase, options));
  const { learningRate } = rates;
  const { reference } = options;
  if (reference === undefined && phase.id !== 'penalized-jump')
    throw new ArgumentError('reference', reference, `given for ${phase.id}: F(μ_t), from limitReference for example`);
  if (options.flowStep !== undefined) checkNumber('flowStep', options.flowStep, { above: 0 });
  return {
    name: `network-to-${phase.id}`,
    shared: SHARED[phase.id],
    start(task, { horizon, rng }) {
      const neurons = coupledStart(task, width, rng);
      const limits = limitNeurons(task, neurons, {
        phase,
        ...rates,
        horizon,
        reference,
        flowStep: options.flowStep,
        rng,
      });
      const backward = bernoulliClock({
        count: width,
        keepRate: rates.keepRate,
        rng: rng.split('backward mask'),
      });
      const network = networkSide(task, neurons.slice(), rates, clockMasks(limits.masks, backward));
      return {
        first: network,
        second: { particles: neurons, count: width },
        pairs: width,
        tick: learningRate,
        ticks: stepsWithin(horizon, learningRate),
        reference,
        advanceTo(index) {
          network.advanceTo(index);
          limits.advanceTo(index * learningRate);
        },
      };
    },
  };
}

const SHARED: Readonly<Record<Phase['id'], string>> = {
  'gradient-flow': 'start',
  'penalized-flow': 'start',
  'bernoulli-jump': 'start and masks',
  'poisson-jump': 'start and clocks',
  'penalized-jump': 'start, clocks and partners',
};

function ratesOf(phase: Phase, { learningRate, keepRate, variant }: NetworkToLimitOptions): NetworkRates {
  const own = phase.id === 'bernoulli-jump' ? phase : undefined;
  const tau = checkNumber('learningRate', learningRate ?? own?.learningRate, { above: 0 });
  const natural = 'jumpSize' in phase ? -Math.expm1(-tau / phase.jumpSize) : own?.keepRate;
  const q = keepRate ?? natural;
  if (q === undefined) throw new ArgumentError('keepRate', keepRate, `given for ${phase.id}`);
  return { learningRate: tau, keepRate: q, ...(variant && { variant }) };
}
