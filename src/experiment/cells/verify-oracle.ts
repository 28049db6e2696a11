import { train } from '../../dropout/index.ts';
import { solveLimit } from '../../dropout/limit/index.ts';
import type { Phase } from '../../dropout/phase/index.ts';
import { independentNormals, type LearningTask, learningTask, linearNeuron } from '../../network/index.ts';
import { lendKernels } from '../../network/lent-kernels.ts';
import { type Stream, stream } from '../../random/index.ts';
import type { Chunk } from '../run/chunks.ts';

/** The linear neuron of the oracle: φ(x) = x, start N(0, 1). */
export const ORACLE_TARGET = 1;

/** Of a linear flow, mean-field time: moments to 1e-5, a fortieth of the standard error of the mean. */
const FLOW_STEP = 0.2;

/** Some replicates of the linear network, or of a cloud of its limit, for the exact oracle (docs/theory.md section 5). */
export interface VerifyOracleInput {
  readonly seed: number;
  readonly chunk: Chunk;
  readonly horizon: number;
  readonly phase: Phase;
  readonly system:
    | { readonly kind: 'network'; readonly width: number; readonly learningRate: number; readonly keepRate: number }
    | { readonly kind: 'limit'; readonly particles: number };
}

/** Mean, second moment and squared mean of the neurons, `[replicates, 3]`. */
export function verifyOracle({ seed, chunk, horizon, phase, system }: VerifyOracleInput): Float64Array {
  const linear = learningTask({
    neuron: linearNeuron({ inputs: [[1]] }),
    targets: [ORACLE_TARGET],
    initial: independentNormals([1]),
  });
  const { task, takeBack } = lendKernels(linear);
  const out = new Float64Array(3 * chunk.count);
  for (let r = 0; r < chunk.count; r++) {
    const size = system.kind === 'network' ? system.width : system.particles;
    const rng = stream(seed).split('oracle', phase.id, system.kind, size, chunk.first + r);
    takeBack();
    momentsInto(endOf(task, phase, system, horizon, rng), out.subarray(3 * r, 3 * r + 3));
  }
  return out;
}

function endOf(
  task: LearningTask,
  phase: Phase,
  system: VerifyOracleInput['system'],
  horizon: number,
  rng: Stream,
): Float64Array {
  if (system.kind === 'limit')
    return solveLimit(phase, task, { particles: system.particles, horizon, step: FLOW_STEP, rng, throwOnFailure: true })
      .final.data;
  const { width, learningRate, keepRate } = system;
  return train(task, { width, learningRate, keepRate, horizon, rng, throwOnFailure: true }).particles.data;
}

function momentsInto(x: Float64Array, out: Float64Array): void {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < x.length; i++) {
    sum += x[i]!;
    squares += x[i]! * x[i]!;
  }
  out[0] = sum / x.length;
  out[1] = squares / x.length;
  out[2] = out[0] * out[0];
}
