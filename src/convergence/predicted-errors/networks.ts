import { asMatrix } from '../../base/arrays.ts';
import { type ActiveSet, bernoulliMasks, type MaskSource, trainWithMasks } from '../../dropout/index.ts';
import type { LearningTask } from '../../network/index.ts';
import { type Stream, stream } from '../../random/index.ts';
import { EnsembleMoments } from '../../solve/index.ts';
import type { Pilot } from './constants.ts';

/** What the replicates of a pilot give. */
export interface PilotMoments {
  readonly mean: Float64Array;
  /** n times the variance of the predictions, ν-weighted. */
  readonly fluctuation: number;
}

/** Independent runs of a pilot. */
export function pilotMoments(
  task: LearningTask,
  pilot: Pilot,
  options: { readonly horizon: number; readonly replicates: number; readonly rng: Stream },
): PilotMoments {
  const moments = new EnsembleMoments(task.neuron.samples);
  for (let r = 0; r < options.replicates; r++) {
    const rng = options.rng.split(r);
    moments.add(
      run(task, pilot, options.horizon, drawStart(task, pilot.width, rng), drawMasks(pilot, options.horizon, rng)),
    );
  }
  return momentsOf(moments, task, pilot.width);
}

/**
 * Networks of width 2n, and on the same starts and masks their two halves of width n. The mean of the halves less the whole has the
 * mean f(1/n) − f(1/(2n)) of its parts, but no fluctuation of order n^(−1/2): that is linear in the measure, and cancels. What is left
 * is of order 1/n, as the mean itself. (The antithetic coupling of A.-L. Haji-Ali, R. Tempone, Statistics and Computing 28, 2018.)
 */
export function halvedPilots(
  task: LearningTask,
  half: Pilot,
  options: { readonly horizon: number; readonly replicates: number; readonly rng: Stream },
): { readonly narrow: PilotMoments; readonly wide: PilotMoments; readonly difference: Float64Array } {
  const { width } = half;
  const p = task.neuron.dimension;
  const whole = { ...half, width: 2 * width };
  const [narrow, wide, difference] = [0, 0, 0].map(() => new EnsembleMoments(task.neuron.samples)) as [
    EnsembleMoments,
    EnsembleMoments,
    EnsembleMoments,
  ];
  for (let r = 0; r < options.replicates; r++) {
    const rng = options.rng.split(r);
    const start = drawStart(task, 2 * width, rng);
    const masks = drawMasks(whole, options.horizon, rng);
    const all = run(task, whole, options.horizon, start, masks);
    const halves = [0, 1].map((side) =>
      run(
        task,
        half,
        options.horizon,
        start.slice(side * width * p, (side + 1) * width * p),
        masks.map((mask) => mask.filter((i) => (side === 0 ? i < width : i >= width)).map((i) => i - side * width)),
      ),
    );
    wide.add(all);
    for (const predictions of halves) narrow.add(predictions);
    difference.add(all.map((value, j) => (halves[0]![j]! + halves[1]![j]!) / 2 - value));
  }
  return {
    narrow: momentsOf(narrow, task, width),
    wide: momentsOf(wide, task, 2 * width),
    difference: difference.mean,
  };
}

function momentsOf({ mean, variance }: EnsembleMoments, { weights }: LearningTask, width: number): PilotMoments {
  return { mean, fluctuation: width * variance.reduce((sum, v, j) => sum + weights[j]! * v, 0) };
}

function drawStart(task: LearningTask, width: number, rng: Stream): Float64Array {
  const start = new Float64Array(width * task.neuron.dimension);
  task.initial.sampleInto(rng.split('start'), width, start);
  return start;
}

/** The active neurons of each step. */
function drawMasks({ width, learningRate, keepRate }: Pilot, horizon: number, rng: Stream): Int32Array[] {
  const source = bernoulliMasks(rng, width, keepRate);
  const set: ActiveSet = { indices: new Int32Array(width), count: 0 };
  return Array.from({ length: Math.round(horizon / learningRate) }, (_, step) => {
    source.forwardInto(step, set);
    return set.indices.slice(0, set.count);
  });
}

function run(
  task: LearningTask,
  pilot: Pilot,
  horizon: number,
  start: Float64Array,
  masks: Int32Array[],
): Float64Array {
  const replay: MaskSource = {
    forwardInto(step, set) {
      set.indices.set(masks[step]!);
      set.count = masks[step]!.length;
    },
    backwardInto() {},
  };
  const rows = asMatrix(start, pilot.width, task.neuron.dimension);
  // Masks and start are given: nothing is drawn from this stream.
  return trainWithMasks(task, { ...pilot, horizon, start: rows, rng: stream(0), throwOnFailure: true }, replay)
    .predictions;
}
