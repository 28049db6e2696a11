import { asMatrix, type Matrix } from '../../src/base/arrays.ts';
import {
  biases,
  type ErrorEstimates,
  errorEstimates,
  fluctuations,
  meanErrors,
  predictedRates,
  type RateTerm,
} from '../../src/convergence/index.ts';
import { judge } from './judge.ts';
import type { NetworksPart, Part, PathsPart, ReferencePart } from './parts.ts';
import { type Plan, ratesAt, type Sizes } from './plans.ts';
import type { Pool } from './pool.ts';
import type { ExperimentResult } from './results.ts';
import { ROWS, timeUnit } from './tasks.ts';

/** Neuron updates of a part: about a second. */
const UPDATES_PER_PART = 1_500_000;

/** The root mean square path error of penalized jumps: errors of order one that have probability O(1/n) (docs/theory.md section 4.3). */
const PARTNERED_SQUARE: readonly RateTerm[] = [{ name: 'n^(−1/2)', exponent: -0.5 }];

/** Runs a plan: the limit first, then the networks and the coupled paths along it. */
export async function runExperiment(plan: Plan, seed: number, pool: Pool): Promise<ExperimentResult> {
  const { phase, task, horizon, reference } = plan;
  const common = { task, seed, plan: phase.id, horizon };
  const clouds = Array.from(
    { length: reference.clouds },
    (_, first): ReferencePart => ({ ...common, kind: 'reference', phase, first, count: 1, ...rest(reference) }),
  );
  const limits = await pool.run(clouds);
  const path = meanOf(limits);
  const networks = partsOf(plan, plan.networks, (part): NetworksPart => {
    return { ...common, kind: 'networks', variants: ['dropout'], ...part };
  });
  const coupled = partsOf(plan, plan.paths, (part): PathsPart => {
    return { ...common, kind: 'paths', phase, comparisons: plan.comparisons, reference: path, ...part };
  });
  const numbers = await pool.run([...networks, ...coupled]);
  const samples = byWidth(networks, numbers.slice(0, networks.length)).map((all) =>
    asMatrix(all, all.length / ROWS, ROWS),
  );
  const paths = byWidth(coupled, numbers.slice(networks.length));
  return resultOf(plan, samples, endsOf(limits), paths);
}

function rest({ particles, step, times }: Plan['reference']) {
  return { particles, step, times };
}

type NetworkSizes = Pick<NetworksPart, 'width' | 'learningRate' | 'keepRate' | 'first' | 'count'>;

function partsOf<P extends Part>(plan: Plan, sizes: Sizes, make: (part: NetworkSizes) => P): P[] {
  return sizes.flatMap(([width, replicates]) => {
    const rates = ratesAt(plan, width);
    const updates = width + (plan.horizon * width * rates.keepRate) / rates.learningRate + 50;
    const count = Math.max(1, Math.min(replicates, Math.floor(UPDATES_PER_PART / updates)));
    const out: P[] = [];
    for (let first = 0; first < replicates; first += count)
      out.push(make({ width, ...rates, first, count: Math.min(count, replicates - first) }));
    return out;
  });
}

function resultOf(plan: Plan, samples: Matrix[], limits: Matrix, paths: Float64Array[]): ExperimentResult {
  const { phase, task, law, horizon, reference, next } = plan;
  const rates = predictedRates(phase.id, law);
  const [widths, replicates] = columns(plan.networks);
  const [pathWidths, pathReplicates] = columns(plan.paths);
  const ofPath = {
    error: 'path',
    widths: pathWidths,
    replicates: pathReplicates,
    terms: rates.path,
    next: next.path,
  } as const;
  const squares = meanErrors(paths.map((both) => both.filter((_, i) => i % 2 === 1)));
  return {
    phase,
    task,
    timeUnit: timeUnit(task),
    horizon,
    scaling: textOf(law),
    reference: { clouds: reference.clouds, particles: reference.particles },
    errors: [
      judge({ ...ofPath, estimates: meanErrors(paths.map((both) => both.filter((_, i) => i % 2 === 0))) }),
      judge({
        error: 'fluctuation',
        widths,
        replicates,
        estimates: fluctuations(samples),
        terms: rates.fluctuation,
        next: next.fluctuation,
      }),
      judge({
        error: 'bias',
        widths,
        replicates,
        estimates: biases(samples, limits),
        terms: rates.bias,
        next: next.bias,
      }),
    ],
    meanSquarePath: judge({
      ...ofPath,
      ...(phase.id === 'penalized-jump' && { terms: PARTNERED_SQUARE, next: -1 }),
      estimates: asSquares(squares),
    }),
  };
}

/** Means of squares as estimates of squared errors. */
function asSquares({ values, covariance, degrees }: ErrorEstimates): ErrorEstimates {
  return errorEstimates({ values, covariance, degrees, power: 2, noise: 'multiplicative' });
}

function columns(sizes: Sizes): [widths: number[], replicates: number[]] {
  return [sizes.map(([width]) => width), sizes.map(([, replicates]) => replicates)];
}

function byWidth(parts: readonly (NetworksPart | PathsPart)[], numbers: readonly Float64Array[]): Float64Array[] {
  const widths = [...new Set(parts.map(({ width }) => width))];
  return widths.map((width) => {
    const mine = numbers.filter((_, i) => parts[i]!.width === width);
    const out = new Float64Array(mine.reduce((sum, each) => sum + each.length, 0));
    let at = 0;
    for (const each of mine) {
      out.set(each, at);
      at += each.length;
    }
    return out;
  });
}

/** F along time, the mean over clouds. */
function meanOf(clouds: readonly Float64Array[]): Float64Array {
  return clouds[0]!.map((_, k) => clouds.reduce((sum, cloud) => sum + cloud[k]!, 0) / clouds.length);
}

/** F at the end, `[clouds, m]`. */
function endsOf(clouds: readonly Float64Array[]): Matrix {
  const out = new Float64Array(clouds.length * ROWS);
  clouds.forEach((cloud, c) => {
    out.set(cloud.subarray(cloud.length - ROWS), c * ROWS);
  });
  return asMatrix(out, clouds.length, ROWS);
}

function textOf({ learningRate, learningRateExponent, keepRate, keepRateExponent }: Plan['law']): string {
  const power = (factor: number, exponent: number) =>
    exponent === 0 ? String(factor) : `${factor === 1 ? '' : `${factor} `}n^(−${fraction(exponent)})`;
  return `τ = ${power(learningRate, learningRateExponent)}, q = ${power(keepRate, keepRateExponent)}`;
}

function fraction(x: number): string {
  return Number.isInteger(2 * x) && !Number.isInteger(x) ? `${2 * x}/2` : String(x);
}
