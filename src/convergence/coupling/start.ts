import { checkWidth } from '../../dropout/train/prepare.ts';
import type { LearningTask } from '../../network/index.ts';
import type { Stream } from '../../random/index.ts';

/**
 * The start `[n, p]` of both sides of a coupling: the task's fixed points if there are n of them, else n draws of its initial
 * law, whose first rows do not depend on n.
 */
export function coupledStart(task: LearningTask, width: number, rng: Stream): Float64Array {
  checkWidth(width, task.neuron.dimension);
  const { points } = task.initial;
  if (points?.rows === width) return points.data.slice();
  const start = new Float64Array(width * task.neuron.dimension);
  task.initial.sampleInto(rng.split('start'), width, start);
  return start;
}
