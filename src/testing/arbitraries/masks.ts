import { bernoulliClock, stream } from '../../random/index.ts';
import { masksOf } from './clocks.ts';

/** Independent masks from a seed: the active neurons of each step, `[steps][active]`. */
export function bernoulliMasks(seed: number, count: number, keepRate: number, steps: number): number[][] {
  return masksOf(bernoulliClock({ count, keepRate, rng: stream(seed) }), steps);
}
