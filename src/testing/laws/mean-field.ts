import * as fc from 'fast-check';
import { type CloudProcess, type MeanFieldProcess, meanFieldProcess, overCloud } from '../../process/index.ts';
import type { Stream } from '../../random/index.ts';
import { reals } from '../arbitraries/numbers.ts';
import { permutations } from '../arbitraries/permutations.ts';
import { points } from '../arbitraries/points.ts';
import { streams } from '../arbitraries/streams.ts';
import { expectClose, LawViolation, type Tolerance } from '../violation.ts';
import { expectDuplicationInvariance, expectPermutationInvariance, type Rows } from './invariance.ts';

/** Where a process is looked at. */
export interface MeanFieldCase {
  /** `[N][p]`, at least 2 particles to see anything. */
  readonly cloud: Rows;
  /** A permutation of the particles: entry i is the old place of what comes to place i. */
  readonly order: readonly number[];
  readonly time: number;
  /** For the marks of jumps. */
  readonly rng: Stream;
}

const LAW = 'mean-field process';

/**
 * A process sees the others only through its statistic: the statistic is a mean (invariant under permutation and duplication), and with
 * s given, drift, diffusion, rates and jumps of a particle are the same alone and in any cloud. Jump maps may write to the listed
 * particles only; those with partners are checked for that alone. Schemes rest on all of this.
 */
export function expectMeanField(process: MeanFieldProcess, at: MeanFieldCase, tolerance: Tolerance = {}): void {
  meanFieldProcess(process);
  const { cloud, order, time, rng } = at;
  const statistic = (rows: Rows): Float64Array => {
    const whole = overCloud(process, rows.length);
    const s = new Float64Array(whole.statisticSize);
    whole.statisticInto(Float64Array.from(rows.flat()), s);
    return s;
  };
  expectPermutationInvariance(statistic, cloud, order, tolerance);
  expectDuplicationInvariance(statistic, cloud, 2, tolerance);
  const s = statistic(cloud);
  const all = overCloud(process, cloud.length);
  const alone = overCloud(process, 1);
  const X = Float64Array.from(cloud.flat());
  const expectLocal = (
    what: string,
    width: number,
    into: (of: CloudProcess, x: Float64Array, out: Float64Array) => void,
  ) => {
    const rows = new Float64Array(cloud.length * width);
    into(all, X.slice(), rows);
    cloud.forEach((x, i) => {
      const row = new Float64Array(width);
      into(alone, Float64Array.from(x), row);
      const text = `${what} of particle ${i} in the cloud, against the same particle alone with the same statistic,`;
      expectClose(LAW, text, rows.subarray(i * width, (i + 1) * width), row, tolerance);
    });
  };
  const p = process.dimension;
  expectLocal('the drift', p, (of, x, out) => of.driftInto(x, s, time, out));
  const [seen, slope, drift] = [new Float64Array(s.length), new Float64Array(X.length), new Float64Array(X.length)];
  all.slopeInto(X, seen, time, slope);
  all.driftInto(X, s, time, drift);
  expectClose(LAW, 'the statistic taken with the drift, against the statistic alone,', seen, s, tolerance);
  expectClose(LAW, 'the drift right after the statistic, against the drift alone,', slope, drift, tolerance);
  const noises = process.diffusion?.noise === 'general' ? all.noises : 1;
  expectLocal('the diffusion', p * noises, (of, x, out) => of.diffusionInto(x, s, time, out));
  all.jumps.forEach(({ label }, k) => {
    expectLocal(`the rate of ${label}`, 1, (of, x, out) => of.jumps[k]!.ratesInto(x, s, time, out));
    cloud.forEach((_, i) => {
      expectLocalJump(all, alone, k, cloud, i, s, time, rng.split('jump', k, i), tolerance);
    });
  });
}

/** Particle i jumps in the cloud as it does alone, with the same marks, and no other particle moves. */
function expectLocalJump(
  all: CloudProcess,
  alone: CloudProcess,
  k: number,
  cloud: Rows,
  i: number,
  s: Float64Array,
  time: number,
  rng: Stream,
  tolerance: Tolerance,
): void {
  const p = all.dimension;
  const { label, partners } = all.jumps[k]!;
  const before = Float64Array.from(cloud.flat());
  const X = before.slice();
  all.jumps[k]!.applyMany(X, Int32Array.of(i), 1, s, time, { rng: rng.clone(), cloud: before, count: cloud.length });
  const moved = X.findIndex((value, at) => Math.floor(at / p) !== i && value !== before[at]);
  if (moved >= 0)
    throw new LawViolation(
      LAW,
      `${label} of particle ${i} moved particle ${Math.floor(moved / p)}, which was not listed`,
    );
  if (partners) return;
  const x = Float64Array.from(cloud[i]!);
  alone.jumps[k]!.applyMany(x, Int32Array.of(0), 1, s, time, { rng: rng.clone(), cloud: x.slice(), count: 1 });
  const text = `${label} of particle ${i} in the cloud, against the same particle alone with the same statistic,`;
  expectClose(LAW, text, X.subarray(i * p, (i + 1) * p), x, tolerance);
}

/** `expectMeanField` on drawn clouds of 2 … 6 particles and times in [0, 1]. */
export function meanFieldProperty(
  process: MeanFieldProcess,
  options: Tolerance & { readonly clouds?: fc.Arbitrary<Rows>; readonly times?: fc.Arbitrary<number> } = {},
) {
  const { clouds = points({ dimension: process.dimension, minCount: 2 }), times = reals({ min: 0, max: 1 }) } = options;
  return fc.property(clouds, permutations(6), times, streams(), (cloud, permutation, time, rng) => {
    expectMeanField(process, { cloud, order: permutation(cloud.length), time, rng }, options);
  });
}
