import { stream } from '../../src/random/index.ts';
import type { Scheme } from '../../src/scheme/index.ts';
import { solve } from '../../src/solve/index.ts';
import type { SdeProblem } from '../problems/sde-problem.ts';
import { enumeratedBrownian, outcomeCount } from './enumerated-brownian.ts';

const MOST_PARTICLES = 50_000;

/** What a scheme's paths consist of, for a problem: how many noises whose areas matter. */
function enumeration(scheme: Scheme, { process }: SdeProblem) {
  const { noise, additive, noises = process.dimension } = process.diffusion!;
  const k = noise === 'scalar' ? 1 : noises;
  const { name } = scheme.info;
  const general = noise === 'general' && !additive;
  const areas = name.startsWith('sr') || name === 'adaptive-sriw1' ? k : name === 'dri1' && general ? k - 1 : 0;
  return { k, options: { areas, repeats: process.statistic !== undefined, starts: process.statistic?.size ?? 1 } };
}

/** The error of each expectation at until/n for several n, without Monte Carlo error. */
export function weakErrors(make: (step: number) => Scheme, problem: SdeProblem) {
  const { process, until } = problem;
  const { k, options } = enumeration(make(until), problem);
  const most = Math.min(8, Math.floor(Math.log(MOST_PARTICLES / options.starts) / Math.log(outcomeCount(k, options))));
  const counts = Array.from({ length: most }, (_, n) => n + 1).slice(-5);
  const runs = counts.map((steps) => {
    const { source, weights } = enumeratedBrownian(steps, until, k, options);
    const { outcome, final } = solve(process, {
      initial: problem.initial(weights.length),
      until,
      scheme: make(until / steps),
      rng: stream(1),
      noise: { brownian: source },
    });
    if (outcome.code !== 'completed') throw new Error(outcome.message);
    return { step: until / steps, weights, cloud: final.data as Float64Array };
  });
  const p = process.dimension;
  return problem.expectations.map(({ name, of, exact }) => ({
    name,
    data: runs.map(({ step, weights, cloud }) => {
      const sum = weights.reduce((total, w, i) => total + w * of(cloud.subarray(i * p, (i + 1) * p)), 0);
      return { step, error: sum - exact };
    }),
  }));
}
