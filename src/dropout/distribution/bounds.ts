import type { GridAxis } from '../../measure/grid.ts';
import type { LearningTask } from '../../network/index.ts';
import { stream } from '../../random/index.ts';
import type { Phase } from '../phase/index.ts';
import { characteristicsEvolution } from './characteristics-evolution.ts';
import type { Evolution } from './evolution.ts';
import { type Grid, sidesOf } from './representation.ts';
import { rqmcEvolution } from './rqmc-evolution.ts';

/** Standard deviations on either side of the mean: beyond, a normal law has mass 2e-10. */
const REACH = 6.5;
/** Particles and steps of the small run. */
const PARTICLES = 1024;
const STEPS = 20;

/**
 * The axes of a grid that holds the law at all times in [0, horizon]: as given, or the union of mean ± 6.5 standard deviations along a small run
 * of particles, whose seed is fixed, and of all places that its particles came to.
 */
export function gridAxes(phase: Phase, task: LearningTask, grid: Grid, horizon: number): readonly GridAxis[] {
  const p = task.neuron.dimension;
  const sides = sidesOf(grid, p);
  const bounds = grid.bounds ?? boundsByRun(phase, task, horizon);
  return sides.map((count, k) => ({ lower: bounds[k]![0], upper: bounds[k]![1], count }));
}

function boundsByRun(phase: Phase, task: LearningTask, horizon: number): [number, number][] {
  const p = task.neuron.dimension;
  const bounds = Array.from({ length: p }, (): [number, number] => [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]);
  const jumpTime = phase.id === 'bernoulli-jump' ? phase.learningRate : undefined;
  const steps = jumpTime === undefined ? STEPS : Math.round(horizon / jumpTime);
  const evolution = smallRun(phase, task, horizon / STEPS);
  for (let step = 0; step <= steps; step++) {
    if (step > 0) evolution.advance(jumpTime ?? horizon / STEPS);
    widen(bounds, evolution.atoms(), p);
  }
  for (const bound of bounds) if (bound[0] === bound[1]) [bound[0], bound[1]] = [bound[0] - 0.5, bound[1] + 0.5];
  return bounds;
}

function smallRun(phase: Phase, task: LearningTask, step: number): Evolution {
  const rng = stream(0).split('grid bounds');
  const { initial } = task;
  if (phase.id !== 'gradient-flow' && phase.id !== 'penalized-flow')
    return rqmcEvolution(phase, task, { particles: PARTICLES, time: { scheme: 'midpoint-leap', step }, rng });
  const points = initial.quasiSampleInto === undefined ? 'monte-carlo' : 'sobol';
  const representation = { kind: 'characteristics', nodes: PARTICLES, points } as const;
  return characteristicsEvolution(phase, task, { representation, time: { scheme: 'rk4', step }, rng });
}

function widen(bounds: [number, number][], { particles, weights }: ReturnType<Evolution['atoms']>, p: number): void {
  bounds.forEach((bound, k) => {
    let mean = 0;
    let square = 0;
    for (let i = 0; i < weights.length; i++) {
      const x = particles[i * p + k]!;
      mean += weights[i]! * x;
      square += weights[i]! * x * x;
      bound[0] = Math.min(bound[0], x);
      bound[1] = Math.max(bound[1], x);
    }
    const reach = REACH * Math.sqrt(Math.max(0, square - mean * mean));
    bound[0] = Math.min(bound[0], mean - reach);
    bound[1] = Math.max(bound[1], mean + reach);
  });
}
