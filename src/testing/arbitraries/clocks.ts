import * as fc from 'fast-check';
import { bernoulliClock, coupledClock, poissonClock, type StepClock, stream } from '../../random/index.ts';
import { described } from '../described.ts';
import { positives } from './numbers.ts';
import { seeds } from './streams.ts';

/** Options of `clocks`. */
export interface ClockConstraints {
  /** Neurons. Default at most 8. */
  readonly maxCount?: number;
}

/** Clocks of masks: independent ones, and ones that follow Poisson clocks. They shrink to one neuron that is always kept. */
export function clocks({ maxCount = 8 }: ClockConstraints = {}): fc.Arbitrary<StepClock> {
  return fc
    .record({
      kind: fc.constantFrom('bernoulli' as const, 'coupled' as const),
      count: fc.integer({ min: 1, max: maxCount }),
      keepRate: positives({ min: 1 / 16, max: 1 }),
      rate: positives({ min: 1 / 4, max: 4 }),
      step: positives({ min: 1 / 16, max: 1 }),
      seed: seeds(),
    })
    .map(({ kind, count, keepRate, rate, step, seed }) => {
      const rng = stream(seed);
      if (kind === 'bernoulli')
        return described(
          bernoulliClock({ count, keepRate, rng }),
          `bernoulliMaskClock({ count: ${count}, keepRate: ${keepRate}, rng: stream(${seed}) })`,
        );
      const clock = poissonClock({ count, rate, rng: rng.split('clock') });
      return described(
        coupledClock(clock, { step, keepRate, rng: rng.split('mask') }),
        `coupledClock(poissonClock({ count: ${count}, rate: ${rate}, rng: stream(${seed}).split('clock') }), { step: ${step}, keepRate: ${keepRate}, rng: stream(${seed}).split('mask') })`,
      );
    });
}

/** The neurons that a clock keeps at its first steps, `[steps][active]`. */
export function masksOf(clock: StepClock, steps: number): number[][] {
  const active = new Int32Array(clock.count);
  return Array.from({ length: steps }, (_, step) => [...active.subarray(0, clock.activeInto(step, active))]);
}
