import { trainEnsemble } from '../../dropout/train/index.ts';
import { stream } from '../../random/index.ts';
import type { Chunk } from '../run/chunks.ts';
import { buildTask, type TaskDescription } from '../task.ts';
import { meanOfMapped, type StartMap } from './start-map.ts';

/** Some replicates of finite networks at one width of a phase's scaling. */
export interface VerifyNetworksInput {
  readonly task: TaskDescription;
  readonly seed: number;
  /** Names the runs: replicates of another label are independent of these. */
  readonly label: string;
  readonly chunk: Chunk;
  readonly width: number;
  readonly learningRate: number;
  readonly keepRate: number;
  readonly horizon: number;
  /** Whether random geometry runs as well, on the same starts and the same masks. */
  readonly paired: boolean;
  /** Of the start's control variate. */
  readonly map: StartMap;
}

/** One row a replicate, `[replicates, m]`. */
export interface VerifyNetworksOutput {
  /** Final predictions of dropout. */
  readonly dropout: Float64Array;
  /** Mean of ψ over the neurons at the start. */
  readonly controls: Float64Array;
  /** Final predictions of random geometry, and ∫ (f_B − F) dt along it; empty unless paired. */
  readonly randomGeometry: Float64Array;
  readonly forwardNoise: Float64Array;
}

/** Throws a RunError if a network diverges. */
export function verifyNetworks(input: VerifyNetworksInput): VerifyNetworksOutput {
  const task = buildTask(input.task);
  const { seed, label, chunk, width, learningRate, keepRate, horizon, paired, map } = input;
  const { samples: m } = task.neuron;
  const rows = () => new Float64Array(chunk.count * m);
  const none = new Float64Array(0);
  const out = {
    dropout: rows(),
    controls: rows(),
    randomGeometry: paired ? rows() : none,
    forwardNoise: paired ? rows() : none,
  };
  const meanInto = meanOfMapped(task, map);
  const streams = Array.from({ length: chunk.count }, (_, r) => stream(seed).split(label, width, chunk.first + r));
  const options = { width, learningRate, keepRate, horizon, streams };
  const started = (r: number, particles: Float64Array) =>
    meanInto(particles, width, out.controls.subarray(r * m, (r + 1) * m));
  out.dropout.set(trainEnsemble(task, { ...options, started }).predictions);
  if (paired) {
    const { predictions, forwardNoise } = trainEnsemble(task, { ...options, variant: 'random-geometry' });
    out.randomGeometry.set(predictions);
    out.forwardNoise.set(forwardNoise);
  }
  return out;
}
