/**
 * What do the distances cost, against SciPy and NumPy? Milliseconds; a ratio above 1 says that the other takes longer. The answers
 * of both sides are compared first.
 *
 *     npm run bench -- distances      (or: npx tsx bench/distances.ts [--quick])
 */
import {
  assignmentPlan,
  type EmpiricalMeasure,
  empiricalView,
  energyDistance,
  sinkhornDivergence,
  slicedWasserstein,
  wasserstein1D,
} from '../src/measure/index.ts';
import { equalWeights } from '../src/measure/weights.ts';
import { stream } from '../src/random/stream.ts';
import { type Contestant, compare, head, ours, pythonPeer, quick, ratios, row, short } from './compare.ts';
import { mix } from './problem.ts';

/** N points of the cube in R^p, the second cloud of a pair shifted: hashes, so that Python has the same. */
function cloud(n: number, p: number, side: number): EmpiricalMeasure {
  const points = Float64Array.from(
    { length: n * p },
    (_, i) => mix((Math.imul(i, 0x9e3779b1) + side) >>> 0) / 2 ** 32 + 0.25 * side,
  );
  return empiricalView(points, p, equalWeights(n));
}

interface Case {
  readonly name: string;
  /** In peers/distances.py. */
  readonly theirs: string;
  readonly program: string;
  readonly dimension: number;
  readonly sizes: readonly number[];
  /** Largest relative difference of the two answers. */
  readonly tolerance: number;
  readonly run: (a: EmpiricalMeasure, b: EmpiricalMeasure) => number;
}

const CASES: readonly Case[] = [
  {
    name: 'wasserstein1D, order 1',
    theirs: 'wasserstein1D',
    program: 'scipy.stats.wasserstein_distance',
    dimension: 1,
    sizes: [1000, 100_000, 1_000_000],
    tolerance: 1e-10,
    run: (a, b) => wasserstein1D(a, b),
  },
  {
    name: 'energy distance on the line',
    theirs: 'energy1D',
    program: 'scipy.stats.energy_distance',
    dimension: 1,
    sizes: [1000, 100_000],
    tolerance: 1e-8,
    run: (a, b) => energyDistance(a, b),
  },
  {
    name: 'energy distance, p = 2',
    theirs: 'energy',
    program: 'NumPy on scipy.spatial cdist',
    dimension: 2,
    sizes: [1000, 3000],
    tolerance: 1e-8,
    run: (a, b) => energyDistance(a, b),
  },
  {
    name: 'exact assignment, p = 2',
    theirs: 'assignment',
    program: 'scipy.optimize.linear_sum_assignment',
    dimension: 2,
    sizes: [300, 1000, 3000],
    tolerance: 1e-9,
    run: (a, b) => assignmentPlan(a, b).cost / a.count,
  },
  {
    name: 'Sinkhorn divergence, ε = 0.05, marginals to 1e-3, p = 2',
    theirs: 'sinkhorn',
    program: 'NumPy with scipy.special logsumexp',
    dimension: 2,
    sizes: [300, 1000],
    tolerance: 1e-3,
    run: (a, b) => sinkhornDivergence(a, b, { regularization: 0.05, tolerance: 1e-3 }).divergence,
  },
  {
    name: 'sliced, 32 directions, p = 3',
    theirs: 'sliced',
    program: 'NumPy',
    dimension: 3,
    sizes: [1000, 100_000],
    tolerance: 0.2,
    run: (a, b) => slicedWasserstein(a, b, { rng: stream(2), directions: 32 }).distance,
  },
];

const python = pythonPeer('distances.py', ['numpy', 'scipy']);
head('distance', 'N', 'program', 'ms', 'time / meanfield', 'quartiles', 'fastest');
for (const { name, theirs, program, dimension, sizes, tolerance, run } of CASES)
  for (const n of quick ? sizes.slice(0, -1) : sizes) {
    const [a, b] = [cloud(n, dimension, 0), cloud(n, dimension, 1)];
    const contestants: Contestant[] = [];
    let repetitions = 1;
    const once = await ours('', () => run(a, b)).time();
    if (once < 0.02) repetitions = Math.ceil(0.02 / Math.max(once, 1e-5));
    contestants.push({
      name: 'meanfield',
      time: async () => (await ours('', () => run(a, b), repetitions).time()) / repetitions,
    });
    if (python !== null) {
      const [, answer] = await python.ask(`${theirs} ${n}`);
      const difference = Math.abs(run(a, b) / answer! - 1);
      if (!(difference < tolerance)) throw new Error(`${name}, N = ${n}: ${run(a, b)} here, ${answer} there`);
      contestants.push({ name: program, time: async () => (await python.ask(`${theirs} ${n}`))[0]! });
    }
    for (const standing of await compare(contestants, once > 1 ? 3 : quick ? 3 : 9))
      row(name, n, standing.name, short(1000 * standing.seconds), ...ratios(standing));
  }
python?.close();
