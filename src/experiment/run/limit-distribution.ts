import { checkInteger, checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { defaultRepresentation } from '../../dropout/distribution/default-representation.ts';
import type { LawObservables } from '../../dropout/distribution/observables.ts';
import type { Representation } from '../../dropout/distribution/representation.ts';
import { representationSize } from '../../dropout/distribution/size.ts';
import { chooseTime, DISTRIBUTION_SCHEMES, distributionSchemesFor } from '../../dropout/distribution/time-scheme.ts';
import type { Phase } from '../../dropout/phase/phase.ts';
import type { LimitDistributionInput, LimitDistributionResult } from '../cells/limit-distribution.ts';
import type { Executor } from '../executor/executor.ts';
import type { Experiment } from '../experiment.ts';
import { ReplicateError } from './failure.ts';
import type { LimitOptions, LimitPlan, LimitResult } from './limit.ts';
import type { SchemeChoice } from './limit-scheme.ts';
import type { Summary } from './observables.ts';
import { shareDescription } from './share.ts';
import { MOST_NUMBERS } from './simulate.ts';

/** Names of the schemes of distribution space. */
export const DISTRIBUTION_SCHEME_NAMES: readonly string[] = DISTRIBUTION_SCHEMES.map(({ name }) => name);

/** Replicates of particles, and of grids whose partners are drawn. */
const REPLICATES = 8;
const GRID_REPLICATES = 4;

/**
 * The plan of a limit in distribution space: quadrature or Sobol nodes for flows, a grid for jumps on the line, array-RQMC for jumps in more
 * dimensions. `particles` is the number of nodes, cells or particles.
 */
export function planDistributionLimit(experiment: Experiment, options: LimitOptions, until: number): LimitPlan {
  const { task } = experiment;
  const { phase } = options;
  const representation = chooseRepresentation(experiment, options);
  const scheme = chooseDistributionScheme(phase, representation, until, options);
  const particles = representationSize(task, representation);
  const random =
    phase.id === 'penalized-jump' ||
    representation.kind === 'array-rqmc' ||
    (representation.kind === 'characteristics' && representation.points !== 'quadrature');
  const usual = representation.kind === 'grid' ? GRID_REPLICATES : REPLICATES;
  const asked = checkInteger('replicates', options.replicates ?? usual, { min: 1 });
  const replicates = random ? asked : 1;
  const partners = phase.id === 'penalized-jump' ? 64 : 1;
  const evaluations = (5 * until) / scheme.step;
  return {
    space: 'distribution',
    phase,
    particles,
    replicates,
    scheme,
    until,
    seed: options.seed ?? experiment.seed,
    deterministic: !random,
    multiplications: 6 * replicates * evaluations * partners * particles * task.neuron.samples * task.neuron.dimension,
    representation,
  };
}

function chooseRepresentation({ task }: Experiment, { phase, particles }: LimitOptions): Representation {
  if (particles !== undefined)
    checkInteger('particles', particles, {
      min: defaultRepresentation(phase, task).kind === 'grid' ? 8 : 1,
      max: Math.floor(MOST_NUMBERS / task.neuron.dimension),
    });
  return defaultRepresentation(phase, task, particles);
}

function chooseDistributionScheme(
  phase: Phase,
  representation: Representation,
  until: number,
  { scheme, step }: LimitOptions,
): SchemeChoice {
  if (step !== undefined) checkNumber('step', step, { above: 0, max: until });
  if (phase.id === 'bernoulli-jump') {
    if (step !== undefined)
      throw new ArgumentError('step', step, 'left out for bernoulli-jump, whose step is its learning rate');
    if (scheme !== undefined)
      throw new ArgumentError('scheme', scheme, 'left out for bernoulli-jump, which is a map in distribution space');
    return { name: 'bernoulli-clock', step: phase.learningRate };
  }
  const able = distributionSchemesFor(phase, representation);
  const known = able.find((name) => name === scheme);
  if (scheme !== undefined && known === undefined)
    throw new ArgumentError(
      'scheme',
      scheme,
      `one of ${able.join(', ')} for ${phase.id} in distribution space (${representation.kind})`,
    );
  const asked = { ...(known === undefined ? {} : { scheme: known }), ...(step === undefined ? {} : { step }) };
  const chosen = chooseTime(phase, representation, asked, until);
  return { name: chosen.scheme, step: chosen.step };
}

/**
 * Solves a limit in distribution space, in one cell. Standard errors are its error estimates: standard errors over replicates where numbers are
 * drawn, plus the differences to half the resolution in time and in space. The standard deviation is that of one replicate.
 *
 * Throws a `ReplicateError` if the law diverges.
 */
export async function runDistributionLimit(
  experiment: Experiment,
  plan: LimitPlan & { readonly representation: Representation },
  executor: Executor,
  options: { signal?: AbortSignal | undefined; progress?: ((fraction: number) => void) | undefined } = {},
): Promise<LimitResult> {
  const { phase, seed, representation, replicates, scheme, until } = plan;
  const task = shareDescription(experiment.description);
  const input: LimitDistributionInput = { task, phase, seed, representation, replicates, scheme, until };
  const [result] = await executor.run('limit-distribution', [input], {
    signal: options.signal,
    progress: (done, total) => options.progress?.(done / total),
  });
  const { outcome, seconds } = result!;
  if (outcome.code !== 'completed') throw new ReplicateError(0, outcome);
  return { time: outcome.time, steps: outcome.steps, particles: plan.particles, ...summaries(plan, result!), seconds };
}

function summaries(
  { replicates, deterministic }: LimitPlan,
  { law, error, random }: LimitDistributionResult,
): Pick<LimitResult, 'predictions' | 'risk' | 'neuron'> {
  // Of a single replicate of a random method nothing is known.
  const known = deterministic || replicates > 1;
  const part = (pick: (of: LawObservables) => ArrayLike<number>): Summary => ({
    mean: Array.from(pick(law)),
    standardError: Array.from(pick(law), (_, k) => (known && error ? pick(error)[k]! : known ? 0 : null)),
    standardDeviation: Array.from(pick(law), (_, k) =>
      known ? (random ? pick(random)[k]! * Math.sqrt(replicates) : 0) : null,
    ),
  });
  const mean = part((of) => of.mean);
  const scaled = (values: readonly (number | null)[]) =>
    values.map((value, k) => (value === null ? null : 2 * Math.abs(mean.mean[k]!) * value));
  return {
    predictions: part((of) => of.predictions),
    risk: part((of) => [of.risk]),
    neuron: {
      mean,
      secondMoment: part((of) => of.secondMoment),
      squaredMean: {
        mean: mean.mean.map((value) => value * value),
        standardError: scaled(mean.standardError),
        standardDeviation: scaled(mean.standardDeviation),
      },
    },
  };
}
