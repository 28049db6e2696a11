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

export interface VerifyControlsOutput {
  /** Of the combinations of one twin's features, length k. */
  readonly mean: Float64Array;
  /** Of their products, `[k, k]`. */
  readonly products: Float64Array;
}

/** Twins taken at a time. */
const BLOCK = 256;

/** Moments over evenly spread starts and clocks. */
export function verifyControls(input: VerifyControlsInput): VerifyControlsOutput {
  const { plan, clock, directions, seed, label, piece } = input;
  const task = buildTask(input.task);
  const { dimension: p } = task.neuron;
  const twins = new Twins(task, plan, clock);
  const { size } = twins;
  const k = directions.length / size;
  const mean = new Float64Array(k);
  const products = new Float64Array(k * k);
  const values = new Float64Array(k);
  const features = new Float64Array(BLOCK * size);
  const { starts, early, late } = spread(
    task.initial,
    clock,
    input.twins,
    stream(seed).split('controls', label, piece),
  );
  for (let first = 0; first < input.twins; first += BLOCK) {
    const end = Math.min(first + BLOCK, input.twins);
    twins.featuresInto(
      starts.subarray(first * p, end * p),
      early.subarray(first, end),
      late.subarray(first, end),
      features,
    );
    for (let a = 0; a < end - first; a++) {
      for (let b = 0; b < k; b++) {
        let sum = 0;
        for (let j = 0, at = b * size, from = a * size; j < size; j++) sum += directions[at++]! * features[from++]!;
        values[b] = sum;
        mean[b]! += sum / input.twins;
        for (let c = 0; c <= b; c++) products[b * k + c]! += (sum * values[c]!) / input.twins;
      }
    }
  }
  for (let b = 0; b < k; b++) for (let c = 0; c < b; c++) products[c * k + b] = products[b * k + c]!;
  return { mean, products };
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
