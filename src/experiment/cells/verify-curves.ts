import { train } from '../../dropout/index.ts';
import { risk } from '../../network/index.ts';
import { lendKernels } from '../../network/lent-kernels.ts';
import { stream } from '../../random/index.ts';
import { buildTask } from '../task.ts';
import type { VerifyNetworksInput } from './verify-networks.ts';

/** Some networks whose risk is followed in time. */
export interface VerifyCurvesInput extends Omit<VerifyNetworksInput, 'paired' | 'plan'> {
  readonly times: Float64Array;
}

/** The risk of dropout at the times, `[replicates, times]`. Throws a RunError if a network diverges. */
export function verifyCurves(input: VerifyCurvesInput): Float64Array {
  const { task, takeBack } = lendKernels(buildTask(input.task));
  const { seed, label, chunk, width, learningRate, keepRate, horizon, times } = input;
  const out = new Float64Array(chunk.count * times.length);
  for (let r = 0; r < chunk.count; r++) {
    takeBack();
    const { saved } = train(task, {
      width,
      learningRate,
      keepRate,
      horizon,
      rng: stream(seed).split(label, width, chunk.first + r),
      throwOnFailure: true,
      saveAt: times,
      save: (snapshot) => risk(task, snapshot.predictions()),
    });
    out.set(saved, r * times.length);
  }
  return out;
}
