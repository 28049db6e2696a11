import { toVector, type VectorLike } from '../../base/arrays.ts';
import { checkInteger, checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import type { GridAxis } from '../../measure/grid.ts';
import type { LearningTask } from '../../network/index.ts';
import type { Stream } from '../../random/index.ts';
import { checkPhase, type Phase } from '../phase/index.ts';
import { stepsWithin } from '../train/index.ts';
import { gridAxes } from './bounds.ts';
import { defaultRepresentation } from './default-representation.ts';
import type { SolveDistributionOptions } from './options.ts';
import type { Representation } from './representation.ts';
import { startPoints } from './split-evolution.ts';
import { chooseTime, type TimeScheme } from './time-scheme.ts';

/** A checked request with its defaults filled in. */
export interface DistributionPlan {
  readonly phase: Phase;
  readonly task: LearningTask;
  readonly representation: Representation;
  /** Of a grid; found once, so that all runs share them. */
  readonly axes: readonly GridAxis[];
  readonly time: TimeScheme;
  /** The end: a whole number of steps in the Bernoulli phase. */
  readonly until: number;
  readonly saveAt: Float64Array;
  /** Whether two runs with other streams differ. */
  readonly random: boolean;
  readonly replicates: number;
  readonly partnerPoints: number;
  readonly rng: Stream | undefined;
}

/** Checks the options and fills in the defaults. Throws an ArgumentError; solves nothing but for the bounds of a grid. */
export function planDistribution(
  phaseValue: Phase,
  task: LearningTask,
  options: SolveDistributionOptions,
): DistributionPlan {
  const phase = checkPhase('phase', phaseValue);
  const horizon = checkNumber('horizon', options.horizon, { above: 0 });
  const representation = options.representation ?? defaultRepresentation(phase, task);
  const time = chooseTime(phase, representation, options.time, horizon);
  checkFits(task, representation);
  const random = isRandom(phase, task, representation);
  if (random && options.rng === undefined)
    throw new ArgumentError('rng', undefined, `a stream: ${representation.kind} for ${phase.id} draws numbers`);
  const until = phase.id === 'bernoulli-jump' ? wholeSteps(horizon, phase.learningRate) : horizon;
  const particles = representation.kind === 'array-rqmc' || representation.kind === 'characteristics';
  const replicates = checkInteger('replicates', options.replicates ?? (particles ? 8 : 4), { min: 1 });
  return {
    phase,
    task,
    representation,
    axes: representation.kind === 'grid' ? gridAxes(phase, task, representation, until) : [],
    time,
    until,
    saveAt: checkTimes(options.saveAt, until),
    random,
    replicates: random ? replicates : 1,
    partnerPoints: checkInteger('partnerPoints', options.partnerPoints ?? 64, { min: 2 }),
    rng: options.rng,
  };
}

function wholeSteps(horizon: number, learningRate: number): number {
  const steps = stepsWithin(horizon, learningRate);
  if (steps < 1) throw new ArgumentError('horizon', horizon, `at least half a learning rate (${learningRate})`);
  return steps * learningRate;
}

function checkFits(task: LearningTask, representation: Representation): void {
  const p = task.neuron.dimension;
  if (representation.kind === 'grid' && p > 3)
    throw new ArgumentError(
      'representation',
      'grid',
      `characteristics, array-rqmc or split-and-compress for p = ${p} > 3`,
    );
  if (representation.kind !== 'split-and-compress') return;
  const least = task.neuron.samples + 2 * p + 1;
  if (representation.atoms < least)
    throw new ArgumentError('atoms', representation.atoms, `at least m + 2p + 1 = ${least}, what compression keeps`);
}

/** Quadrature, grids and fixed points are deterministic; partners and sampled starts are not. */
function isRandom(phase: Phase, task: LearningTask, representation: Representation): boolean {
  if (phase.id === 'penalized-jump') return true;
  const { initial } = task;
  switch (representation.kind) {
    case 'array-rqmc':
      return true;
    case 'characteristics':
      return initial.points === undefined && representation.points !== 'quadrature';
    case 'grid':
      return initial.points === undefined && initial.normal === undefined;
    case 'split-and-compress':
      return startPoints(task) !== 'quadrature';
  }
}

function checkTimes(value: VectorLike | undefined, until: number): Float64Array {
  const times = value === undefined ? new Float64Array(0) : toVector('saveAt', value);
  times.forEach((time, i) => {
    const least = i === 0 ? 0 : times[i - 1]!;
    if (!(time >= least && time <= until))
      throw new ArgumentError(`saveAt[${i}]`, time, `in [${least}, ${until}], in increasing order`);
  });
  return times;
}
