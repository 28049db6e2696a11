import { type LearningTask, residualInto } from '../../network/index.ts';
import { stream } from '../../random/index.ts';

/**
 * One explicit step of a flow, x ↦ x + h v(x) with a fixed residual: ψ(x) = φ(x + h v(x)) is a function of a neuron's start alone that
 * goes with the network's predictions at the end. Any h, residual and penalty give a valid control variate (docs/theory.md 11.1).
 */
export interface StartMap {
  /** h, mean-field time. */
  readonly time: number;
  /** The residual, length m, and the penalty κ or null. */
  readonly residual: Float64Array;
  readonly penalty: Float64Array | null;
}

/** Mean of ψ over a cloud. */
export type MeanOfMapped = (particles: Float64Array, count: number, out: Float64Array) => void;

/** How far the step goes: most of the way of a flow, but no further than where explicit steps are sound. */
const SHARE = 0.7;
const LONGEST = 1.5;
/** Neurons from which the residual is estimated. */
const PILOT = 2048;

/** A map for a task. The residual is that halfway along the step, for a law which itself moves by it. */
export function startMap(task: LearningTask, horizon: number, seed: number, activeCount: number | null): StartMap {
  const { neuron, initial, loss, weights, targets } = task;
  const time = Math.min(SHARE * horizon, LONGEST);
  const penalty =
    activeCount === null || !loss.quadratic
      ? null
      : weights.map(
          (weight, j) => (weight * (loss.derivative(1, targets[j]!) - loss.derivative(0, targets[j]!))) / activeCount,
        );
  const cloud = new Float64Array(PILOT * neuron.dimension);
  initial.sampleInto(stream(seed).split('start map'), PILOT, cloud);
  const [f, moved, residual] = [0, 0, 0].map(() => new Float64Array(neuron.samples)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  neuron.kernel().forward(cloud, null, PILOT, f);
  for (let j = 0; j < f.length; j++) f[j]! /= PILOT;
  residualInto(task, f, residual);
  meanOfMapped(task, { time, residual, penalty })(cloud, PILOT, moved);
  for (let j = 0; j < f.length; j++) f[j] = (f[j]! + moved[j]!) / 2;
  residualInto(task, f, residual);
  return { time, residual, penalty };
}

/** The mean over a cloud, as a function that reuses its memory. O(nmp). */
export function meanOfMapped(task: LearningTask, map: StartMap): MeanOfMapped {
  const move = mover(task, map);
  const kernel = task.neuron.kernel();
  return (particles, count, out) => {
    kernel.forward(move(particles, count), null, count, out);
    for (let j = 0; j < out.length; j++) out[j]! /= count;
  };
}

/** ψ of each neuron of a cloud into `out` `[count, m]`. */
export function mappedFeaturesInto(
  task: LearningTask,
  map: StartMap,
  particles: Float64Array,
  count: number,
  out: Float64Array,
): void {
  const moved = mover(task, map)(particles, count);
  const kernel = task.neuron.kernel();
  kernel.forward(moved, null, count, null);
  kernel.featuresInto(moved, out);
}

function mover(task: LearningTask, { time, residual, penalty }: StartMap) {
  const kernel = task.neuron.kernel();
  let moved = new Float64Array(0);
  return (particles: Float64Array, count: number): Float64Array => {
    const size = count * task.neuron.dimension;
    if (moved.length < size) moved = new Float64Array(size);
    kernel.forward(particles, null, count, null);
    kernel.pullBackInto(particles, residual, penalty, -time, moved);
    for (let k = 0; k < size; k++) moved[k]! += particles[k]!;
    return moved;
  };
}
