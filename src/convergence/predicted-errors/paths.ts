import { RunError } from '../../base/outcome.ts';
import type { LearningTask } from '../../network/index.ts';
import type { Stream } from '../../random/index.ts';
import { coupleToLimit, referencePath } from '../coupling/index.ts';
import type { CoupledPhaseId, Pilot } from './constants.ts';
import type { PilotDesign } from './design.ts';
import type { SolvedLimit } from './limits.ts';

/** The pilots whose paths are compared with a limit's. */
export function pathPilots(design: PilotDesign, id: CoupledPhaseId): readonly Pilot[] {
  // Bernoulli clocks are those of the limit, whose rates the others have not.
  if (id === 'bernoulli-jump') return [32, 128].map((width) => ({ width, ...design.bernoulli }));
  return design.paths;
}

/** The mean path error of neurons of one pilot, coupled to a limit. */
export function pilotPathError(
  task: LearningTask,
  pilot: Pilot,
  { phase, times, values }: SolvedLimit,
  options: { readonly horizon: number; readonly rng: Stream },
): number {
  const reference = referencePath(times, values);
  const { outcome, pathErrors } = coupleToLimit(task, { ...options, ...pilot, phase, reference });
  if (outcome.code !== 'completed') throw new RunError(outcome);
  return pathErrors.reduce((sum, error) => sum + error, 0) / pathErrors.length;
}
