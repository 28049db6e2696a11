import { stream } from '../../random/index.ts';
import { buildTask, type TaskDescription } from '../task.ts';
import { mappedFeaturesInto, type StartMap } from './start-map.ts';

/** One piece of the cloud over which the moments of a control variate are taken. */
export interface VerifyControlsInput {
  readonly task: TaskDescription;
  readonly map: StartMap;
  readonly seed: number;
  readonly piece: number;
  readonly particles: number;
}

export interface VerifyControlsOutput {
  /** E ψ, length m. */
  readonly mean: Float64Array;
  /** E ψψᵀ, `[m, m]`. */
  readonly products: Float64Array;
}

/** Neurons taken at a time. */
const BLOCK = 512;

/** Moments of ψ over the start of a neuron, evenly spread. */
export function verifyControls({
  task: description,
  map,
  seed,
  piece,
  particles,
}: VerifyControlsInput): VerifyControlsOutput {
  const task = buildTask(description);
  const { dimension: p, samples: m } = task.neuron;
  const { initial } = task;
  const cloud = new Float64Array(particles * p);
  (initial.quasiSampleInto ?? initial.sampleInto).call(
    initial,
    stream(seed).split('controls', piece),
    particles,
    cloud,
  );
  const mean = new Float64Array(m);
  const products = new Float64Array(m * m);
  const features = new Float64Array(BLOCK * m);
  for (let first = 0; first < particles; first += BLOCK) {
    const count = Math.min(BLOCK, particles - first);
    mappedFeaturesInto(task, map, cloud.subarray(first * p, (first + count) * p), count, features);
    for (let j = 0; j < m; j++) {
      for (let k = 0; k <= j; k++) {
        let sum = 0;
        for (let a = 0, row = 0; a < count; a++, row += m) sum += features[row + j]! * features[row + k]!;
        products[j * m + k]! += sum / particles;
      }
      for (let a = 0; a < count; a++) mean[j]! += features[a * m + j]! / particles;
    }
  }
  for (let j = 0; j < m; j++) for (let k = 0; k < j; k++) products[k * m + j] = products[j * m + k]!;
  return { mean, products };
}
