import { checkInteger, checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { activeSetSampler } from '../active-set-sampler.ts';
import { expm1 } from '../elementary.ts';
import type { Stream } from '../stream.ts';
import { indexSet } from './index-set.ts';
import type { PoissonClock, RingWalk } from './poisson-clock.ts';
import type { StepClock } from './step-clock.ts';

export interface CoupledClockOptions {
  /** τ, the length of a step in the clock's time, above 0. Step k covers (kτ, (k+1)τ]. */
  readonly step: number;
  /** q in (0, 1]; by default 1 - e^(-τ·rate), the probability that a neuron's clock rings in a step. */
  readonly keepRate?: number;
  /** n, the number of neurons: the first n particles of the clock. Default: all. */
  readonly count?: number;
  /** Names what the clock does not decide (thinning, additions); nothing is drawn from it. Not the clock's own stream. */
  readonly rng: Stream;
}

/** A step clock made from a Poisson clock. */
export interface CoupledClock extends StepClock {
  readonly step: number;
  /** 1 - e^(-τ·rate). */
  readonly ringProbability: number;
}

/**
 * Bernoulli(q) masks that follow a Poisson clock: neuron i is updated at step k when its clock rings in (kτ, (k+1)τ].
 *
 * That event has probability p = 1 - e^(-τ·rate), independently over neurons and steps. For q < p, a neuron that rings is
 * kept with probability q/p; for q > p, one that does not ring is added with probability (q - p)/(1 - p). Both give
 * exactly independent Bernoulli(q) masks, and both are maximal couplings: no other agrees with "rings" more often. The
 * usual τ/q = α has q = τ/α > p. There, and over a time T, a neuron is added T/(2α)·τ/α times to leading order, and rings
 * twice in a step just as often.
 *
 * A step costs 30 ns a ring, one stream (1.5 µs) unless q = p, and n/32 words to scan: O(n/32 + qn). Steps in order
 * go on from one another; any other step starts a new walk.
 */
export function coupledClock(clock: PoissonClock, options: CoupledClockOptions): CoupledClock {
  const step = checkNumber('step', options.step, { above: 0 });
  const ringProbability = -expm1(-Math.min(step * clock.rate, 700));
  const keepRate = checkNumber('keepRate', options.keepRate ?? ringProbability, { above: 0, max: 1 });
  const count = checkInteger('count', options.count ?? clock.count, { min: 1, max: clock.count });
  const { rng } = options;
  const active = indexSet(count);
  const surplus = keepRate - ringProbability;
  const exact = Math.abs(surplus) <= 1e-15 * ringProbability;
  const added = !exact && surplus > 0 ? activeSetSampler(Math.min(1, surplus / (1 - ringProbability))) : undefined;
  const keptOfRinging = !exact && surplus < 0 ? keepRate / ringProbability : 1;
  let walk: RingWalk | undefined;
  let following = -1;

  function ringing(index: number): void {
    if (walk === undefined || index !== following) walk = clock.walk(index * step);
    const end = (index + 1) * step;
    for (; walk.time <= end; walk.next()) if (walk.particle < count) active.add(walk.particle);
    following = index + 1;
  }

  return {
    count,
    step,
    keepRate,
    ringProbability,
    activeInto(index, out) {
      checkInteger('step', index, { min: 0 });
      if (out.length < count) throw new ArgumentError('out.length', out.length, `at least ${count}, the neurons`);
      ringing(index);
      if (added !== undefined) {
        const extra = added.into(rng.split(index), count, out);
        for (let j = 0; j < extra; j++) active.add(out[j]!);
      }
      const size = active.drainInto(out);
      return keptOfRinging === 1 ? size : thin(rng.split(index), keptOfRinging, out, size);
    },
  };
}

/** Keeps each entry with probability `kept`, in place. The uniforms do not depend on `kept`: sets for growing q grow. */
function thin(rng: Stream, kept: number, out: Int32Array, size: number): number {
  let written = 0;
  for (let j = 0; j < size; j++) if (rng.uniform() < kept) out[written++] = out[j]!;
  return written;
}
