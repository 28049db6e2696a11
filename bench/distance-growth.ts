/**
 * What do the distances cost? Seconds of CPU and peak memory for N = 10², 10³, 10⁴ (assignment, transport, Sinkhorn) and up to
 * 10⁶ (sorted and sliced), and the exponent of growth between neighbouring sizes.
 *
 *     npx tsx bench/distances.ts [largest N of the quadratic ones, default 10000]
 *
 * Each case runs in a process of its own, after a warm-up at a small size, so that memory is its own too.
 */
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import {
  assignmentPlan,
  type EmpiricalMeasure,
  empiricalView,
  energyDistance,
  sinkhornDivergence,
  slicedWasserstein,
  transportPlan,
  wasserstein1D,
} from '../src/measure/index.ts';
import { equalWeights, toProbabilities } from '../src/measure/weights.ts';
import { normal } from '../src/random/normal.ts';
import { stream } from '../src/random/stream.ts';

/** N Gaussian points in R^p; the second cloud of a pair is shifted and has other weights. */
function cloud(n: number, p: number, side: number, weighted: boolean): EmpiricalMeasure {
  const rng = stream(1).split(n, p, side);
  const points = Float64Array.from({ length: n * p }, () => normal(rng) + 0.5 * side);
  const raw = Float64Array.from({ length: n }, () => rng.uniformOpen());
  return empiricalView(points, p, weighted ? toProbabilities('weights', raw, n) : equalWeights(n));
}

interface Case {
  readonly name: string;
  readonly dimension: number;
  readonly weighted: boolean;
  readonly sizes: readonly number[];
  readonly run: (a: EmpiricalMeasure, b: EmpiricalMeasure) => string;
}

const quadratic = [100, 1000, 10_000];
const linear = [1000, 10_000, 100_000, 1_000_000];
const CASES: readonly Case[] = [
  {
    name: 'assignment, p = 2',
    dimension: 2,
    weighted: false,
    sizes: quadratic,
    run: (a, b) => `W2² ${(assignmentPlan(a, b).cost / a.count).toFixed(6)}`,
  },
  {
    name: 'transport, equal weights, p = 2',
    dimension: 2,
    weighted: false,
    sizes: quadratic,
    run: (a, b) => describePlan(transportPlan(a, b)),
  },
  {
    name: 'transport, weights, p = 2',
    dimension: 2,
    weighted: true,
    sizes: quadratic,
    run: (a, b) => describePlan(transportPlan(a, b)),
  },
  {
    name: 'Sinkhorn, ε = 0.1, marginals to 1e-3, p = 2',
    dimension: 2,
    weighted: true,
    sizes: quadratic,
    run: (a, b) => {
      const { divergence, iterations, marginalError } = sinkhornDivergence(a, b, {
        regularization: 0.1,
        tolerance: 1e-3,
      });
      return `S ${divergence.toFixed(6)}, ${iterations} iterations, marginals ${marginalError.toExponential(1)}`;
    },
  },
  {
    name: 'energy distance, p = 2',
    dimension: 2,
    weighted: true,
    sizes: quadratic,
    run: (a, b) => energyDistance(a, b).toFixed(6),
  },
  {
    name: 'wasserstein1D, weights',
    dimension: 1,
    weighted: true,
    sizes: linear,
    run: (a, b) => wasserstein1D(a, b).toFixed(6),
  },
  {
    name: 'wasserstein1D, equal weights',
    dimension: 1,
    weighted: false,
    sizes: linear,
    run: (a, b) => wasserstein1D(a, b).toFixed(6),
  },
  {
    name: 'sliced, 32 directions, p = 3',
    dimension: 3,
    weighted: false,
    sizes: linear,
    run: (a, b) => {
      const { distance, standardError } = slicedWasserstein(a, b, { rng: stream(2), directions: 32 });
      return `${distance.toFixed(5)} ± ${standardError.toFixed(5)}`;
    },
  },
];

function describePlan({ cost, gap, masses }: { cost: number; gap: number; masses: Float64Array }): string {
  return `W2² ${cost.toFixed(6)}, gap ${gap.toExponential(1)}, ${masses.length} arcs`;
}

interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
  readonly answer: string;
}

function measure(which: Case, n: number): Measured {
  which.run(cloud(200, which.dimension, 0, which.weighted), cloud(200, which.dimension, 1, which.weighted));
  const [a, b] = [cloud(n, which.dimension, 0, which.weighted), cloud(n, which.dimension, 1, which.weighted)];
  const start = process.cpuUsage();
  const answer = which.run(a, b);
  const { user, system } = process.cpuUsage(start);
  return { seconds: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024, answer };
}

function main([index, size]: readonly string[]): void {
  if (size !== undefined) {
    process.stdout.write(JSON.stringify(measure(CASES[Number(index)]!, Number(size))));
    return;
  }
  const largest = Number(index ?? 10_000);
  console.log(
    '| distance | N | CPU seconds | growth N^ | peak MB of the process | answer |\n| --- | --- | --- | --- | --- | --- |',
  );
  CASES.forEach((which, k) => {
    let before: { n: number; seconds: number } | undefined;
    for (const n of which.sizes) {
      if (which.sizes === quadratic && n > largest) continue;
      const output = execFileSync(process.execPath, [...process.execArgv, import.meta.filename, String(k), String(n)]);
      const { seconds, megabytes, answer } = JSON.parse(String(output)) as Measured;
      const growth = before ? (Math.log(seconds / before.seconds) / Math.log(n / before.n)).toFixed(2) : '';
      console.log(`| ${which.name} | ${n} | ${seconds.toFixed(4)} | ${growth} | ${megabytes.toFixed(0)} | ${answer} |`);
      before = { n, seconds };
    }
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) main(process.argv.slice(2));
