import { activeSetSampler, type Stream } from '../../random/index.ts';
import type { ActiveSet } from './step.ts';

/** Where a run's masks come from; draws the mask of step `step` (0, 1, …) into `set`. Called once a step, in order. */
export interface MaskSource {
  forwardInto(step: number, set: ActiveSet): void;
  backwardInto(step: number, set: ActiveSet): void;
}

/** Independent Bernoulli(q) masks: those of a run of dropout. */
export function bernoulliMasks(rng: Stream, width: number, keepRate: number): MaskSource {
  const forward = rng.split('mask');
  let backward: Stream | undefined;
  const sampler = activeSetSampler(keepRate);
  return {
    forwardInto(_step, set) {
      set.count = sampler.into(forward, width, set.indices);
    },
    backwardInto(_step, set) {
      // Few variants have a second mask, and a stream costs as much as some steps of a few neurons.
      backward ??= rng.split('backward mask');
      set.count = sampler.into(backward, width, set.indices);
    },
  };
}
