import { solveLimit } from '../../dropout/limit/index.ts';
import type { Phase } from '../../dropout/phase/index.ts';
import { trainEnsemble } from '../../dropout/train/index.ts';
import { independentNormals, learningTask, linearNeuron } from '../../network/index.ts';
import { lendKernels } from '../../network/lent-kernels.ts';
import { stream } from '../../random/index.ts';
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
  const task = learningTask({
    neuron: linearNeuron({ inputs: [[1]] }),
    targets: [ORACLE_TARGET],
    initial: independentNormals([1]),
  });
  const out = new Float64Array(3 * chunk.count);
  const keep = (r: number, x: Float64Array) => momentsInto(x, out.subarray(3 * r, 3 * r + 3));
  const size = system.kind === 'network' ? system.width : system.particles;
  const streams = Array.from({ length: chunk.count }, (_, r) =>
    stream(seed).split('oracle', phase.id, system.kind, size, chunk.first + r),
  );
  if (system.kind === 'network') {
    const { width, learningRate, keepRate } = system;
    trainEnsemble(task, { width, learningRate, keepRate, horizon, streams, finished: keep });
    return out;
  }
  const { task: lent, takeBack } = lendKernels(task);
  streams.forEach((rng, r) => {
    takeBack();
    const { particles } = system;
    keep(r, solveLimit(phase, lent, { particles, horizon, step: FLOW_STEP, rng, throwOnFailure: true }).final.data);
  });
  return out;
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
