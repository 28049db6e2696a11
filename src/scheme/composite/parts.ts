import type { Jump } from '../../process/jump.ts';
import type { MeanFieldProcess } from '../../process/process.ts';
import { constantRate } from '../../process/rates.ts';
import type { Order, Stepper } from '../scheme.ts';

/** The continuous part of a process: its drift and diffusion. A process without either stands still: its drift is 0. */
export function withoutJumps(process: MeanFieldProcess): MeanFieldProcess {
  const { jumps: _, ...rest } = process;
  return rest.drift || rest.diffusion ? rest : { ...rest, drift: still };
}

const still = {
  cloud: (_cloud: Float64Array, _count: number, _s: Float64Array, _t: number, out: Float64Array) => {
    out.fill(0);
  },
};

/** The jump part of a process. `keep` says which jumps fire; the others stay in the list, at rate 0, so that indices hold. */
export function onlyJumps(process: MeanFieldProcess, keep: (jump: Jump) => boolean = () => true): MeanFieldProcess {
  const { drift: _drift, diffusion: _diffusion, jumps = [], ...rest } = process;
  return { ...rest, jumps: jumps.map((jump) => (keep(jump) ? jump : { ...jump, rate: constantRate(0) })) };
}

/** Steps until `time` is reached. */
export function runTo(stepper: Stepper, time: number): void {
  while (stepper.time < time) stepper.step(time);
}

/** The lowest of some orders; `exact` counts as infinite, null as not known. */
export function lowestOrder(...orders: readonly Order[]): Order {
  if (orders.includes(null)) return null;
  const numbers = orders.filter((order): order is number => order !== 'exact');
  return numbers.length === 0 ? 'exact' : Math.min(...numbers);
}
