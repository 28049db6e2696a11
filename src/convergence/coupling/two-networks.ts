import { checkInteger } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { stepsWithin, type Variant } from '../../dropout/index.ts';
import { coupledClock, poissonClock, type StepClock, type Stream } from '../../random/index.ts';
import type { Coupling } from './coupling.ts';
import { checkedRates, clockMasks, type NetworkRates, networkSide } from './network-side.ts';
import { coupledStart } from './start.ts';

/** A finite network of a coupling. */
export interface CoupledNetworkOptions extends NetworkRates {
  /** n ≥ 1. */
  readonly width: number;
}

/**
 * Two finite networks on the same randomness. With n the smaller width, neurons 0 … n - 1 of both have the same start and the
 * same Poisson clocks; the wider one has more. A neuron is updated at a step in which its clock rings, thinned or added to
 * where the keep rate asks for it (docs/theory.md section 6.2): with equal learning and keep rates both have the same masks,
 * with equal learning rates the masks of the smaller keep rate are part of the others'.
 *
 * One learning rate must be a whole multiple of the other: then a coarse step covers fine ones.
 */
export function twoNetworks(options: {
  readonly first: CoupledNetworkOptions;
  readonly second: CoupledNetworkOptions;
}): Coupling {
  const first = checkedNetwork('first.', options.first);
  const second = checkedNetwork('second.', options.second);
  const coarse = Math.max(first.learningRate, second.learningRate);
  const perTick = [first, second].map(({ learningRate }) => multiple(coarse, learningRate));
  return {
    name: 'two-networks',
    shared: `start and clocks of ${Math.min(first.width, second.width)} neurons`,
    start(task, { horizon, rng }) {
      const p = task.neuron.dimension;
      const width = Math.max(first.width, second.width);
      const start = coupledStart(task, width, rng);
      const forward = sharedClocks(first, second, rng, 'mask');
      const backward = sharedClocks(first, second, rng, 'backward mask');
      const [one, two] = [first, second].map((network, k) =>
        networkSide(task, start.slice(0, network.width * p), network, clockMasks(forward[k]!, backward[k]!)),
      );
      return {
        first: one!,
        second: two!,
        pairs: Math.min(first.width, second.width),
        tick: coarse,
        ticks: stepsWithin(horizon, coarse),
        advanceTo(index) {
          one!.advanceTo(index * perTick[0]!);
          two!.advanceTo(index * perTick[1]!);
        },
      };
    },
  };
}

/** Two variants of training (docs/theory.md section 9), such as dropout and random geometry, on the same start and masks. */
export function twoVariants(
  options: Omit<CoupledNetworkOptions, 'variant'> & { readonly variants: readonly [Variant, Variant] },
): Coupling {
  const { variants, ...network } = options;
  const [a, b] = variants;
  const pair = twoNetworks({ first: { ...network, variant: a }, second: { ...network, variant: b } });
  return { ...pair, name: `${a}-to-${b}`, shared: 'start and all masks' };
}

/** A network and a part of it: neurons 0 … n - 1 of both widths share start and masks; the wider one's others are its own. */
export function twoWidths(options: NetworkRates & { readonly widths: readonly [number, number] }): Coupling {
  const { widths, ...rates } = options;
  const pair = twoNetworks({ first: { ...rates, width: widths[0] }, second: { ...rates, width: widths[1] } });
  return { ...pair, name: 'two-widths' };
}

/**
 * A network with step τ, and one with step τ/r and keep rate q/r, so that both have jumps of the same size α = τ/q. The coarse
 * steps have the clock's own rings, the fine ones are thinned: a neuron that is updated at one of the r fine steps is updated at
 * the coarse one, which has probability q where the union of fine updates has 1 - (1 - q/r)^r.
 *
 * @param options.refinement - r ≥ 2, a whole number
 */
export function twoSteps(options: CoupledNetworkOptions & { readonly refinement: number }): Coupling {
  const { refinement, ...coarse } = options;
  const r = checkInteger('refinement', refinement, { min: 2 });
  const fine = { ...coarse, learningRate: coarse.learningRate / r, keepRate: coarse.keepRate / r };
  return { ...twoNetworks({ first: coarse, second: fine }), name: 'two-steps' };
}

function checkedNetwork(name: string, options: CoupledNetworkOptions): Required<CoupledNetworkOptions> {
  return {
    width: checkInteger(`${name}width`, options.width, { min: 1, max: 2 ** 31 - 1 }),
    ...checkedRates(name, options),
  };
}

function multiple(coarse: number, fine: number): number {
  const ratio = Math.round(coarse / fine);
  if (Math.abs(coarse / fine - ratio) > 1e-9 * ratio)
    throw new ArgumentError('learningRate', fine, `a whole fraction of the other network's, ${coarse}`);
  return ratio;
}

/** The masks of both networks, from one set of Poisson clocks that are those of the busier one. */
function sharedClocks(
  first: Required<CoupledNetworkOptions>,
  second: Required<CoupledNetworkOptions>,
  rng: Stream,
  name: string,
): [StepClock, StepClock] {
  const clock = poissonClock({
    count: Math.max(first.width, second.width),
    rate: Math.max(ringRate(first), ringRate(second)),
    rng: rng.split(name),
  });
  const masks = ({ learningRate, keepRate, width }: CoupledNetworkOptions, side: number) =>
    coupledClock(clock, { step: learningRate, keepRate, count: width, rng: rng.split(name, 'own', side) });
  return [masks(first, 0), masks(second, 1)];
}

/** The rate at which "rings in a step" has probability q; q = 1 needs no ring, as all neurons are added. */
function ringRate({ learningRate, keepRate }: CoupledNetworkOptions): number {
  return keepRate === 1 ? 1 / learningRate : -Math.log1p(-keepRate) / learningRate;
}
