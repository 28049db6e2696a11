import { checkInteger } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { PHASE_IDS, type PhaseId } from '../../dropout/index.ts';
import type { LearningTask } from '../../network/index.ts';
import type { Stream } from '../../random/index.ts';
import type { CoupledPhaseId, Pilot, PilotBatch, TaskErrorConstants } from './constants.ts';
import { type PilotDesign, pilotDesign } from './design.ts';
import { jackknife, jackknifedNorm } from './jackknife.ts';
import { designLimits, finalPredictions, meanLimit, type SolvedLimit, solveForPilots } from './limits.ts';
import { pathPilots, pilotPathError } from './paths.ts';
import { fluctuationAt } from './terms.ts';
import { widthTerm } from './width.ts';

/** Options of `estimateErrorConstants`: the network that pilots are designed for, and how much is spent on them. */
export interface ErrorConstantsOptions extends Pilot {
  /** Mean-field time. Errors are those at the end of the run, after round(horizon/τ) steps. */
  readonly horizon: number;
  /** Names the pilots. */
  readonly rng: Stream;
  /** Independent batches, which standard errors come from; at least 4. Default 12. */
  readonly batches?: number;
  /** Pilot networks of each width in a batch; at least 4. Default 48. */
  readonly replicates?: number;
  /** Particles of the limits of a batch, best a power of two. Default 2048. */
  readonly particles?: number;
  /** Called with the fraction done, in [0, 1]. */
  readonly progress?: (fraction: number) => void;
  /** Rejects with its reason; seen between pilots. */
  readonly signal?: AbortSignal;
}

/** What a batch knows of the limits. */
export type LimitsOfBatch = Readonly<Record<PhaseId, SolvedLimit>>;

const COUPLED = PHASE_IDS.filter((id): id is CoupledPhaseId => id !== 'penalized-jump');

/**
 * Estimates the constants in front of the terms of docs/theory.md section 4.4 for a task, near the τ/q and λ_n of one network
 * (docs/theory.md section 4.5), from limits and narrow networks. `predictedErrors` turns them into forecasts for this and similar networks of any width.
 *
 * Rejects with an ArgumentError for a start of fixed points, which has no smaller networks, and with a RunError if a pilot diverges. Cost:
 * `batches` times five limits of `particles`, and 3 `replicates` networks of at most 64 neurons.
 */
export async function estimateErrorConstants(
  task: LearningTask,
  options: ErrorConstantsOptions,
): Promise<TaskErrorConstants> {
  const design = pilotDesign(options, options.horizon);
  const count = checkInteger('batches', options.batches ?? 12, { min: 4 });
  const replicates = checkInteger('replicates', options.replicates ?? 48, { min: 4 });
  const particles = checkInteger('particles', options.particles ?? 2048, { min: 2 });
  if (task.initial.points !== undefined)
    throw new ArgumentError('task.initial', 'fixed points', 'a law that networks of any width can be drawn from');
  const { rng, signal, progress } = options;
  const { horizon } = design;
  const work = async (fraction: number): Promise<void> => {
    await new Promise((resume) => setTimeout(resume, 0));
    signal?.throwIfAborted();
    progress?.(fraction);
  };

  const phases = designLimits(design);
  const limits: LimitsOfBatch[] = [];
  for (let b = 0; b < count; b++) {
    await work((b / count) * 0.6);
    const solved = {} as Record<PhaseId, SolvedLimit>;
    for (const id of PHASE_IDS) {
      const own = { horizon, particles, rng: rng.split('limit', b), ...(signal && { signal }) };
      solved[id] = solveForPilots(task, phases[id], own);
    }
    limits.push(solved);
  }

  const batches: PilotBatch[] = [];
  const references = new Map(COUPLED.map((id) => [id, meanLimit(limits.map((solved) => solved[id]))]));
  for (let b = 0; b < count; b++) {
    await work(0.6 + (b / count) * 0.4);
    const differences = limitDifferences(design, limits[b]!);
    const own = { horizon, replicates, rng: rng.split('pilot', b) };
    const path = {} as Record<CoupledPhaseId, number[]>;
    for (const id of COUPLED)
      path[id] = pathPilots(design, id).map((pilot, i) =>
        pilotPathError(task, pilot, references.get(id)!, { horizon, rng: rng.split('path', id, b, i) }),
      );
    batches.push({ ...differences, ...widthTerm(task, design, differences, limits[b]!, own), path });
  }
  await work(1);
  return summary(task, design, batches);
}

/** Differences between limits, each in the unit of its term. */
function limitDifferences({ jumpSize, penalty, bernoulli }: PilotDesign, limits: LimitsOfBatch) {
  const between = (first: PhaseId, second: PhaseId, unit: number): number[] => {
    const other = finalPredictions(limits[second]);
    return Array.from(finalPredictions(limits[first]), (value, j) => (value - other[j]!) / unit);
  };
  return {
    jump: between('poisson-jump', 'gradient-flow', jumpSize),
    jumpPenalized: between('penalized-jump', 'penalized-flow', jumpSize),
    penalty: between('penalized-jump', 'poisson-jump', penalty),
    step: between('bernoulli-jump', 'poisson-jump', bernoulli.learningRate),
  };
}

function summary(task: LearningTask, design: PilotDesign, batches: readonly PilotBatch[]): TaskErrorConstants {
  const { horizon, jumpSize, penalty, networks } = design;
  const norm = (name: 'width' | 'jump' | 'step' | 'penalty') =>
    jackknifedNorm(
      batches.map((batch) => batch[name]),
      task.weights,
    );
  return {
    horizon,
    weights: [...task.weights],
    jumpSize,
    penalty,
    fluctuationPilots: networks,
    pathPilots: Object.fromEntries(
      COUPLED.map((id) => [id, pathPilots(design, id)]),
    ) as TaskErrorConstants['pathPilots'],
    batches,
    constants: {
      fluctuation: jackknife(batches, (some) => fluctuationAt(Number.POSITIVE_INFINITY, networks, some)),
      width: norm('width'),
      jump: norm('jump'),
      step: norm('step'),
      penalty: norm('penalty'),
    },
  };
}
