import { type MaskSource, trainWithMasks, type Variant } from '../../dropout/index.ts';
import type { LearningTask } from '../../network/index.ts';
import { stream } from '../../random/index.ts';
import type { Rows } from './invariance.ts';

/** What a run with given masks does. */
export interface MaskedRun {
  /** The start `[n][p]`. */
  readonly start: Rows;
  readonly learningRate: number;
  /** q, by which an active neuron's weight is divided. */
  readonly keepRate: number;
  /** The active neurons of each step, increasing; as many steps as there are masks. */
  readonly masks: Rows;
}

/** Trains a network with given masks: the final neurons, row-major `[n, p]`. */
export type MaskedTraining = (task: LearningTask, run: MaskedRun) => ArrayLike<number>;

/** This library's training, in a variant; variants with two masks a step use the same one for both. Throws if it diverges. */
export function maskedTraining(variant: Variant = 'dropout'): MaskedTraining {
  return (task, { start, learningRate, keepRate, masks }) => {
    const write: MaskSource['forwardInto'] = (step, set) => {
      set.count = masks[step]!.length;
      set.indices.set(masks[step]!);
    };
    const { particles } = trainWithMasks(
      task,
      {
        start: start.map((row) => [...row]),
        learningRate,
        keepRate,
        variant,
        steps: masks.length,
        rng: stream(0),
        throwOnFailure: true,
      },
      { forwardInto: write, backwardInto: write },
    );
    return particles.data;
  };
}
