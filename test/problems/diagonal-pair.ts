import type { Calculus } from '../../src/process/index.ts';
import { boundedDiffusion } from './bounded-diffusion.ts';
import { geometricBrownianMotion } from './geometric-brownian-motion.ts';
import { everyoneAt } from './problem.ts';
import type { SdeProblem } from './sde-problem.ts';

/** Diagonal noise: a geometric Brownian motion and a bounded diffusion side by side, each with its own noise. */
export function diagonalPair({ calculus = 'ito' as Calculus } = {}): SdeProblem {
  const parts = [geometricBrownianMotion({ calculus }), boundedDiffusion({ calculus })];
  const eachInto = (of: 'drift' | 'diffusion') => (x: Float64Array, s: Float64Array, t: number, out: Float64Array) =>
    parts.forEach(({ process }, i) => {
      process[of]!.particle!(x.subarray(i, i + 1), s, t, out.subarray(i, i + 1));
    });
  return {
    name: 'diagonal pair',
    process: {
      dimension: 2,
      drift: { particle: eachInto('drift') },
      diffusion: { noise: 'diagonal', calculus, particle: eachInto('diffusion') },
    },
    initial: everyoneAt(0.5, 0.5),
    until: 1,
    pathwise: (w) => parts.flatMap(({ pathwise }, i) => pathwise!([w[i]!])),
    expectations: [],
  };
}
