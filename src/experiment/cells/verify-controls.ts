import { normalQuantile } from '../../base/special-functions.ts';
import type { InitialLaw } from '../../network/index.ts';
import { binomialQuantiles } from '../../random/binomial-quantiles.ts';
import { SOBOL_DIMENSIONS, type Stream, sobolInto, sobolSequence, stream } from '../../random/index.ts';
import { buildTask, type TaskDescription } from '../task.ts';
import { type TwinClock, type TwinPlan, Twins } from './twins.ts';

/** One piece of the cloud over which the law of a network's control variates is taken. */
export interface VerifyControlsInput {
  readonly task: TaskDescription;
  readonly plan: TwinPlan;
  readonly clock: TwinClock;
  /** Combinations of a twin's features, `[k, 6S]`. */
  readonly directions: Float64Array;
  readonly seed: number;
  /** Names the law: pieces of another label are independent of these. */
  readonly label: string;
  readonly piece: number;
  readonly twins: number;
}

/** Twins taken at a time. */
const BLOCK = 256;

/** The covariance of the combinations of one twin's features, `[k, k]`, over evenly spread starts and clocks. */
export function verifyControls(input: VerifyControlsInput): Float64Array {
  const { plan, clock, directions, seed, label, piece, twins: count } = input;
  const task = buildTask(input.task);
  const { dimension: p } = task.neuron;
  const twins = new Twins(task, plan, clock);
  const { size } = twins;
  const k = directions.length / size;
  const mean = new Float64Array(k);
  const covariance = new Float64Array(k * k);
  const values = new Float64Array(k);
  const features = new Float64Array(BLOCK * size);
  const { starts, early, late } = spread(task.initial, clock, count, stream(seed).split('controls', label, piece));
  for (let first = 0; first < count; first += BLOCK) {
    const end = Math.min(first + BLOCK, count);
    const start = starts.subarray(first * p, end * p);
    twins.featuresInto(start, early.subarray(first, end), late.subarray(first, end), features);
    for (let row = 0; row < (end - first) * size; row += size)
      for (let b = 0; b < k; b++) {
        const value = dot(directions, b * size, features, row, size);
        values[b] = value;
        mean[b]! += value / count;
        for (let c = 0; c <= b; c++) covariance[b * k + c]! += (value * values[c]!) / count;
      }
  }
  for (let b = 0; b < k; b++)
    for (let c = 0; c <= b; c++) {
      covariance[b * k + c]! -= mean[b]! * mean[c]!;
      covariance[c * k + b] = covariance[b * k + c]!;
    }
  return covariance;
}

/** Of 6S numbers each. Two sums at a time: one would wait for each addition. */
function dot(a: Float64Array, i: number, b: Float64Array, j: number, length: number): number {
  let [even, odd] = [0, 0];
  for (let k = 0; k < length; k += 2) {
    even += a[i + k]! * b[j + k]!;
    odd += a[i + k + 1]! * b[j + k + 1]!;
  }
  return even + odd;
}

/** Neurons' starts, and how often they are updated in the two halves of the steps: evenly spread together where the law of the start allows. */
function spread(initial: InitialLaw, { steps, keepRate }: TwinClock, count: number, rng: Stream) {
  const p = initial.dimension;
  const half = Math.floor(steps / 2);
  const laws = [binomialQuantiles(half, keepRate), binomialQuantiles(steps - half, keepRate)] as const;
  const starts = new Float64Array(count * p);
  const [early, late] = [new Int32Array(count), new Int32Array(count)];
  const { normal } = initial;
  if (normal === undefined || p + 2 > SOBOL_DIMENSIONS) {
    initial.sampleInto(rng.split('start'), count, starts);
    const clocks = rng.split('clocks');
    for (let a = 0; a < count; a++) {
      early[a] = laws[0](clocks.uniform());
      late[a] = laws[1](clocks.uniform());
    }
    return { starts, early, late };
  }
  const points = new Float64Array(count * (p + 2));
  sobolInto(sobolSequence({ dimension: p + 2, rng }), 0, count, points);
  for (let a = 0, from = 0; a < count; a++) {
    early[a] = laws[0](points[from++]!);
    late[a] = laws[1](points[from++]!);
    for (let j = 0; j < p; j++)
      starts[a * p + j] = normal.means[j]! + normal.scales[j]! * normalQuantile(points[from++]!);
  }
  return { starts, early, late };
}
