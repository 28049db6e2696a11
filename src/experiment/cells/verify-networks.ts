import { stepsWithin, trainEnsemble } from '../../dropout/train/index.ts';
import { stream } from '../../random/index.ts';
import type { Chunk } from '../run/chunks.ts';
import { buildTask, type TaskDescription } from '../task.ts';
import { TWIN_PARTS, type TwinPlan, Twins } from './twins.ts';

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
  /** How the neurons' twins move, of which the control variates are made. */
  readonly plan: TwinPlan;
}

/** One row a replicate, of m numbers if not said otherwise. */
export interface VerifyNetworksOutput {
  /** Final predictions of dropout. */
  readonly dropout: Float64Array;
  /** Mean features of the neurons' twins, 6S numbers. */
  readonly twins: Float64Array;
  /** Final predictions of random geometry; empty unless paired. */
  readonly randomGeometry: Float64Array;
  /** ∫ (f_B − F) dt along it at the plan's samples, and the same weighted by 2t/T − 1, 2S numbers; empty unless paired. */
  readonly forwardNoise: Float64Array;
}

/** Throws a RunError if a network diverges. */
export function verifyNetworks(input: VerifyNetworksInput): VerifyNetworksOutput {
  const task = buildTask(input.task);
  const { seed, label, chunk, width, learningRate, keepRate, horizon, paired, plan } = input;
  const { samples: m, dimension: p } = task.neuron;
  const size = TWIN_PARTS * plan.samples.length;
  const rows = (length: number) => new Float64Array(chunk.count * length);
  const none = new Float64Array(0);
  const out = {
    dropout: rows(m),
    twins: rows(size),
    randomGeometry: paired ? rows(m) : none,
    forwardNoise: paired ? rows(2 * plan.samples.length) : none,
  };
  const twins = new Twins(task, plan, { learningRate, keepRate, steps: stepsWithin(horizon, learningRate) });
  const start = new Float64Array(width * p);
  const streams = Array.from({ length: chunk.count }, (_, r) => stream(seed).split(label, width, chunk.first + r));
  const options = { width, learningRate, keepRate, horizon, streams };
  const started = (_: number, particles: Float64Array) => start.set(particles);
  const finished = (r: number, _: Float64Array, updates: Int32Array) =>
    twins.meanInto(start, updates, out.twins.subarray(r * size, (r + 1) * size));
  out.dropout.set(trainEnsemble(task, { ...options, started, finished }).predictions);
  if (paired) {
    const { predictions, forwardNoise } = trainEnsemble(task, {
      ...options,
      variant: 'random-geometry',
      noiseSamples: plan.samples,
    });
    out.randomGeometry.set(predictions);
    out.forwardNoise.set(forwardNoise);
  }
  return out;
}
