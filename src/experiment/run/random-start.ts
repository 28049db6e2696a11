import type { LearningTask } from '../../network/task.ts';

/** Whether two starts of the task can differ: not at fixed points, nor with standard deviations that are all 0. */
export function startsAtRandom({ initial }: LearningTask): boolean {
  if (initial.points !== undefined) return false;
  return initial.normal === undefined || initial.normal.scales.some((scale) => scale !== 0);
}
