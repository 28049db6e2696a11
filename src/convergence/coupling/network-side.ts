import { checkNumber, checkOneOf } from '../../base/check.ts';
import { FiniteNetwork, type MaskSource, VARIANTS, type Variant } from '../../dropout/index.ts';
import { VARIANT_STEPS } from '../../dropout/train/variants.ts';
import type { LearningTask } from '../../network/index.ts';
import { StepFailure } from '../../process/index.ts';
import type { StepClock } from '../../random/index.ts';
import type { CoupledSide } from './coupling.ts';

/** How a finite network of a coupling is trained. */
export interface NetworkRates {
  /** τ > 0, mean-field time a step. */
  readonly learningRate: number;
  /** q in (0, 1]. */
  readonly keepRate: number;
  /** Default `dropout`. */
  readonly variant?: Variant;
}

/** A finite network that is moved step by step. */
export interface NetworkSide extends CoupledSide {
  /** Makes steps until `step` of them are done. Throws a StepFailure if the network diverges. */
  advanceTo(step: number): void;
}

/** The rates, checked, with the default variant. */
export function checkedRates(name: string, rates: NetworkRates): Required<NetworkRates> {
  return {
    learningRate: checkNumber(`${name}learningRate`, rates.learningRate, { above: 0 }),
    keepRate: checkNumber(`${name}keepRate`, rates.keepRate, { above: 0, max: 1 }),
    variant: checkOneOf(`${name}variant`, rates.variant ?? 'dropout', VARIANTS),
  };
}

/** @param start - `[n, p]`; moved in place */
export function networkSide(
  task: LearningTask,
  start: Float64Array,
  { learningRate, keepRate, variant }: Required<NetworkRates>,
  masks: MaskSource,
): NetworkSide {
  const network = new FiniteNetwork(task, start, learningRate, keepRate);
  const { step, masks: perStep } = VARIANT_STEPS[variant];
  const advance = step(network);
  const active = { indices: new Int32Array(network.width), count: 0 };
  const backward = { indices: new Int32Array(network.width), count: 0 };
  let done = 0;
  return {
    particles: network.particles,
    count: network.width,
    advanceTo(target) {
      for (; done < target; done++) {
        if (perStep > 0) masks.forwardInto(done, active);
        if (perStep > 1) masks.backwardInto(done, backward);
        if (!advance(active, backward))
          throw new StepFailure(
            'diverged',
            done * learningRate,
            `predictions stopped being finite at step ${done}; take a smaller learningRate / keepRate`,
          );
      }
    },
  };
}

/** Masks from clocks. */
export function clockMasks(forward: StepClock, backward: StepClock): MaskSource {
  return {
    forwardInto(step, set) {
      set.count = forward.activeInto(step, set.indices);
    },
    backwardInto(step, set) {
      set.count = backward.activeInto(step, set.indices);
    },
  };
}
