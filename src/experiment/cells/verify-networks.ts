import { train, type Variant } from '../../dropout/index.ts';
import { risk } from '../../network/index.ts';
import { stream } from '../../random/index.ts';
import type { Chunk } from '../run/chunks.ts';
import { buildTask, type TaskDescription } from '../task.ts';

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
  /** All on the same start and the same masks. */
  readonly variants: readonly Variant[];
  /** Times at which the risk of the first variant is recorded; none for none. */
  readonly riskTimes: Float64Array;
}

export interface VerifyNetworksOutput {
  /** Final predictions of each variant, `[replicates, m]`. */
  readonly predictions: Float64Array[];
  /** `[replicates, riskTimes]`. */
  readonly risks: Float64Array;
}

/** Throws a RunError if a network diverges. */
export function verifyNetworks(input: VerifyNetworksInput): VerifyNetworksOutput {
  const task = buildTask(input.task);
  const { seed, label, chunk, width, learningRate, keepRate, horizon, variants, riskTimes } = input;
  const m = task.neuron.samples;
  const predictions = variants.map(() => new Float64Array(chunk.count * m));
  const risks = new Float64Array(chunk.count * riskTimes.length);
  for (let r = 0; r < chunk.count; r++) {
    const rng = stream(seed).split(label, width, chunk.first + r);
    variants.forEach((variant, v) => {
      const result = train(task, {
        width,
        learningRate,
        keepRate,
        variant,
        horizon,
        rng,
        throwOnFailure: true,
        saveAt: v === 0 ? riskTimes : [],
        save: (snapshot) => risk(task, snapshot.predictions()),
      });
      predictions[v]!.set(result.predictions, r * m);
      risks.set(result.saved, r * riskTimes.length);
    });
  }
  return { predictions, risks };
}
