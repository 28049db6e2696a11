import { RunError } from '../../base/outcome.ts';
import { coupleToLimit, referencePath } from '../../convergence/coupling/index.ts';
import type { Phase } from '../../dropout/phase/index.ts';
import { lendKernels } from '../../network/lent-kernels.ts';
import { stream } from '../../random/index.ts';
import type { Chunk } from '../run/chunks.ts';
import { buildTask, type TaskDescription } from '../task.ts';

/** Some replicates of a finite network coupled to its limit neurons. */
export interface VerifyPathsInput {
  readonly task: TaskDescription;
  readonly phase: Phase;
  readonly seed: number;
  readonly chunk: Chunk;
  readonly width: number;
  readonly learningRate: number;
  readonly keepRate: number;
  readonly horizon: number;
  /** F(μ_t) of the limit at `times`, `[K, m]`. */
  readonly reference: Float64Array;
  readonly times: Float64Array;
  /** How many times paths are compared at. */
  readonly comparisons: number;
  /** Neurons of the first replicate whose paths are wanted. */
  readonly tracked: number;
}

export interface VerifyPathsOutput {
  /** The mean over neurons of max_t ‖X_i - X̄_i‖, one number a replicate. */
  readonly errors: Float64Array;
  /** Of the tracked neurons: `[comparisons + 1, p]` of network and limit. */
  readonly paths: readonly { readonly network: readonly Float64Array[]; readonly limit: readonly Float64Array[] }[];
}

/** Throws a RunError if a network diverges. */
export function verifyPaths(input: VerifyPathsInput): VerifyPathsOutput {
  const { task, takeBack } = lendKernels(buildTask(input.task));
  const { phase, seed, chunk, width, learningRate, keepRate, horizon, comparisons, tracked } = input;
  const reference = referencePath(input.times, input.reference);
  const errors = new Float64Array(chunk.count);
  let paths: VerifyPathsOutput['paths'] = [];
  for (let r = 0; r < chunk.count; r++) {
    takeBack();
    const replicate = chunk.first + r;
    const coupling = coupleToLimit(task, {
      phase,
      width,
      learningRate,
      keepRate,
      horizon,
      reference,
      comparisons,
      tracked: replicate === 0 ? tracked : 0,
      rng: stream(seed).split('paths', phase.id, width, replicate),
    });
    if (coupling.outcome.code !== 'completed') throw new RunError(coupling.outcome);
    errors[r] = coupling.pathErrors.reduce((sum, e) => sum + e, 0) / width;
    if (replicate === 0) paths = coupling.paths;
  }
  return { errors, paths };
}
