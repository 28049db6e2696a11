/**
 * Strong and weak errors of every SDE scheme, with more paths than the tests can pay for, and the time they take: what accuracy costs.
 * Run by `npx tsx bench/orders.ts [paths, default 5000]`.
 */
import { refusal, schemeTable } from '../src/scheme/index.ts';
import { fitCoupledOrder } from '../test/laws/fit-coupled-order.ts';
import { fitExactOrder } from '../test/laws/fit-exact-order.ts';
import { strongErrors } from '../test/laws/strong-errors.ts';
import { weakErrors } from '../test/laws/weak-errors.ts';
import { boundedDiffusion } from '../test/problems/bounded-diffusion.ts';
import { diagonalPair } from '../test/problems/diagonal-pair.ts';
import { fadingNoise } from '../test/problems/fading-noise.ts';
import { geometricBrownianMotion } from '../test/problems/geometric-brownian-motion.ts';
import { hyperbolicDiffusion } from '../test/problems/hyperbolic-diffusion.ts';
import { kuramoto } from '../test/problems/kuramoto.ts';
import { noncommutingNoises, stretchAndTurn } from '../test/problems/linear-system.ts';
import { noiseFedBySpread } from '../test/problems/noise-fed-by-spread.ts';

const paths = Number(process.argv[2] ?? 5000);
const exponents = [3, 4, 5, 6, 7, 8];
const mean = (v: Float64Array) => v.reduce((sum, x) => sum + x, 0) / v.length;
const short = (x: number) => x.toExponential(1);

for (const { factory, make } of schemeTable) {
  const scheme = make(1);
  const { info } = scheme;
  if (!info.problems.includes('sde')) continue;
  const calculus = info.calculus === 'stratonovich' ? 'stratonovich' : 'ito';
  const able = [
    geometricBrownianMotion({ calculus }),
    boundedDiffusion({ calculus }),
    fadingNoise({ calculus }),
    diagonalPair({ calculus }),
    stretchAndTurn({ calculus }),
    noncommutingNoises({ calculus }),
    kuramoto({ calculus, sigma: 2 }),
    noiseFedBySpread({ calculus }),
  ].filter(({ process }) => refusal(scheme, process) === undefined);
  console.log(`\n${factory}: strong order ${info.strongOrder}, weak order ${info.weakOrder}`);
  for (const problem of able) {
    if (info.strongOrder === null) break;
    const start = performance.now();
    const data = strongErrors(make, problem, { paths, exponents });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const fit = fitCoupledOrder(data, info.strongOrder as number);
    const errors = data.map(({ errors }) => short(mean(errors))).join(' ');
    console.log(
      `  strong ${fit.slope.toFixed(2)} ± ${fit.within.toFixed(2)}  ${problem.name}: ${errors}  (${seconds} s)`,
    );
  }
  const short1 = [hyperbolicDiffusion({ calculus, until: 0.1 }), noncommutingNoises({ calculus, until: 0.2 })];
  for (const problem of [...short1, noiseFedBySpread({ calculus, until: 0.2 })]) {
    if (refusal(scheme, problem.process) !== undefined) continue;
    for (const { name, data } of weakErrors(make, problem)) {
      const { order, within } = fitExactOrder(data);
      const errors = data.map(({ error }) => short(error)).join(' ');
      console.log(`  weak   ${order.toFixed(2)} ± ${within.toFixed(2)}  ${problem.name}, ${name}: ${errors}`);
    }
  }
}
