import { normalQuantile } from '../../base/special-functions.ts';
import type { InitialLaw } from '../../network/index.ts';
import { binomialQuantiles } from '../../random/binomial-quantiles.ts';
import { SOBOL_DIMENSIONS, type Stream, sobolInto, sobolSequence, stream } from '../../random/index.ts';
import { buildTask, type TaskDescription } from '../task.ts';
import { type TwinClock, type TwinPlan, Twins } from './twins.ts';

/** One piece of the cloud over which the laws of a phase's control variates are taken. */
export interface VerifyControlsInput {
  readonly task: TaskDescription;
  readonly plan: TwinPlan;
  readonly laws: readonly ControlLawInput[];
  readonly seed: number;
  /** Pieces of another label are independent of these. */
  readonly label: string;
  readonly piece: number;
  readonly twins: number;
  /** How many of them make the covariance, which costs more and needs fewer. */
  readonly covarianceTwins: number;
}

/** The control variates of networks with one clock. */
export interface ControlLawInput {
  readonly clock: TwinClock;
  /** Combinations of a twin's features, `[k, 6S]`. */
  readonly directions: Float64Array;
}

/** The law of the combinations of one twin's features. */
export interface ControlLaw {
  /** Length k. */
  readonly mean: Float64Array;
  /** `[k, k]`. */
  readonly covariance: Float64Array;
}

/** Twins taken at a time. */
const BLOCK = 256;

/** Each law over the same evenly spread starts, and clocks by the same evenly spread levels. */
export function verifyControls(input: VerifyControlsInput): ControlLaw[] {
  const { plan, laws, seed, label, piece, twins: count, covarianceTwins } = input;
  const task = buildTask(input.task);
  const levels = new Float64Array(2 * count);
  const starts = new Float64Array(count * task.neuron.dimension);
  spreadInto(task.initial, count, stream(seed).split('controls', label, piece), starts, levels);
  const means = new Map<string, Float64Array>();
  return laws.map(({ clock, directions }) => {
    const twins = new Twins(task, plan, clock);
    const updates = updatesAt(levels, clock);
    // In some phases all widths have the same clock.
    const key = `${clock.steps} ${clock.keepRate} ${clock.learningRate}`;
    const features = means.get(key) ?? new Float64Array(twins.size);
    if (!means.has(key)) twins.meanInto(starts, updates, features);
    means.set(key, features);
    return lawOf(twins, directions, features, { starts, updates, some: Math.min(covarianceTwins, count) });
  });
}

function lawOf(
  twins: Twins,
  directions: Float64Array,
  features: Float64Array,
  { starts, updates, some }: { readonly starts: Float64Array; readonly updates: Int32Array; readonly some: number },
): ControlLaw {
  const { size } = twins;
  const count = updates.length / 2;
  const p = starts.length / count;
  const k = directions.length / size;
  const mean = Float64Array.from({ length: k }, (_, b) => dot(directions, b * size, features, 0, size));
  const covariance = new Float64Array(k * k);
  const center = new Float64Array(k);
  const values = new Float64Array(k);
  const block = new Float64Array(BLOCK * size);
  for (let first = 0; first < some; first += BLOCK) {
    const end = Math.min(first + BLOCK, some);
    const late = updates.subarray(count + first, count + end);
    twins.featuresInto(starts.subarray(first * p, end * p), updates.subarray(first, end), late, block);
    for (let row = 0; row < (end - first) * size; row += size)
      for (let b = 0; b < k; b++) {
        const value = dot(directions, b * size, block, row, size);
        values[b] = value;
        center[b]! += value / some;
        for (let c = 0; c <= b; c++) covariance[b * k + c]! += (value * values[c]!) / some;
      }
  }
  for (let b = 0; b < k; b++)
    for (let c = 0; c <= b; c++) {
      covariance[b * k + c]! -= center[b]! * center[c]!;
      covariance[c * k + b] = covariance[b * k + c]!;
    }
  return { mean, covariance };
}

/** How often neurons are updated in the two halves of the steps, `[2, count]`, at given levels of the laws of these numbers. */
function updatesAt(levels: Float64Array, { steps, keepRate }: TwinClock): Int32Array {
  const half = Math.floor(steps / 2);
  const laws = [binomialQuantiles(half, keepRate), binomialQuantiles(steps - half, keepRate)] as const;
  const count = levels.length / 2;
  const out = new Int32Array(levels.length);
  for (let a = 0; a < count; a++) out[a] = laws[0](levels[a]!);
  for (let a = count; a < levels.length; a++) out[a] = laws[1](levels[a]!);
  return out;
}

/** Of 6S numbers each. Three sums at a time: one would wait for each addition. */
function dot(a: Float64Array, i: number, b: Float64Array, j: number, length: number): number {
  let x = 0;
  let y = 0;
  let z = 0;
  // Integer indices, as in the plain kernels: V8 may keep others as doubles.
  for (let k = 0, s = i | 0, t = j | 0; k < length; k += 3, s = (s + 3) | 0, t = (t + 3) | 0) {
    x += a[s]! * b[t]!;
    y += a[(s + 1) | 0]! * b[(t + 1) | 0]!;
    z += a[(s + 2) | 0]! * b[(t + 2) | 0]!;
  }
  return x + y + z;
}

/** Starts, and levels for the two halves of the clock: evenly spread together where the law of the start allows. */
function spreadInto(initial: InitialLaw, count: number, rng: Stream, starts: Float64Array, levels: Float64Array): void {
  const { dimension: p, normal } = initial;
  if (normal === undefined || p + 2 > SOBOL_DIMENSIONS) {
    initial.sampleInto(rng.split('start'), count, starts);
    const clocks = rng.split('clocks');
    for (let k = 0; k < levels.length; k++) levels[k] = clocks.uniform();
    return;
  }
  const points = new Float64Array(count * (p + 2));
  sobolInto(sobolSequence({ dimension: p + 2, rng }), 0, count, points);
  for (let a = 0, from = 0; a < count; a++) {
    levels[a] = points[from++]!;
    levels[count + a] = points[from++]!;
    for (let j = 0; j < p; j++)
      starts[a * p + j] = normal.means[j]! + normal.scales[j]! * normalQuantile(points[from++]!);
  }
}
