import type { CloudJump } from '../../process/evaluate-jump.ts';
import type { PoissonClocks } from '../../process/noise/poisson.ts';
import type { CloudProcess } from '../../process/over-cloud.ts';
import { poisson } from '../../random/poisson.ts';
import type { Stream } from '../../random/stream.ts';
import { uniformInt } from '../../random/uniform-int.ts';
import type { RingList } from './ring-list.ts';

/** Σλ over the constant-rate jumps: the rate at which one particle rings. */
export function totalConstantRate(jumps: readonly CloudJump[]): number {
  let total = 0;
  for (const { rate } of jumps) if (rate.kind === 'constant') total += rate.value;
  return total;
}

/** The constant-rate jump at `target` in [0, total): each with probability proportional to its rate, none of rate 0. */
export function chooseConstant(jumps: readonly CloudJump[], target: number): number {
  let chosen = -1;
  let rest = target;
  for (let k = 0; k < jumps.length; k++) {
    const { rate } = jumps[k]!;
    if (rate.kind !== 'constant' || rate.value === 0) continue;
    chosen = k;
    rest -= rate.value;
    if (rest < 0) break;
  }
  return chosen;
}

/**
 * Adds the rings of all constant-rate jumps over a time h: Poisson(NΛh) many, each of a uniform particle and of a kind drawn by
 * rate, in random order, as in the superposed process. O(rings).
 */
export function addConstantRings(process: CloudProcess, h: number, rng: Stream, rings: RingList): void {
  const { jumps, count } = process;
  const total = totalConstantRate(jumps);
  const number = poisson(rng, count * total * h);
  for (let e = 0; e < number; e++) {
    const i = uniformInt(rng, count);
    rings.add(i, chooseConstant(jumps, rng.uniform() * total));
  }
}

/**
 * Adds the rings that given clocks have for constant rates between two times, counted from `origin`; in the order of time
 * within each particle. O(N) a jump.
 */
export function addClockRings(
  process: CloudProcess,
  clocks: PoissonClocks,
  from: number,
  to: number,
  rings: RingList,
): void {
  const { jumps, count } = process;
  for (let i = 0; i < count; i++) {
    const due: { time: number; jump: number }[] = [];
    for (const { index, rate } of jumps) {
      if (rate.kind !== 'constant' || rate.value === 0) continue;
      for (
        let u = clocks.nextAfter(i, index, from * rate.value);
        u <= to * rate.value;
        u = clocks.nextAfter(i, index, u)
      )
        due.push({ time: u / rate.value, jump: index });
    }
    if (due.length > 1) due.sort((a, b) => a.time - b.time);
    for (const { jump } of due) rings.add(i, jump);
  }
}
