import { ArgumentError } from '../base/errors.ts';
import type { ErrorConstant, Pilot, PredictedErrors } from '../convergence/predicted-errors/index.ts';
import { predictedErrors } from '../convergence/predicted-errors/predict.ts';
import { type ClassifiedNetwork, classifyNetwork } from '../dropout/phase/network.ts';
import { PHASE_IDS, type PhaseId } from '../dropout/phase/phase.ts';
import { readExperiment } from '../experiment/experiment.ts';
import { stream } from '../random/index.ts';
import type { CommonOptions } from './common.ts';
import type { Io } from './io.ts';
import { startProgress } from './progress.ts';
import { field } from './text.ts';

/** What a command prints: an object for JSON, and text for people. */
export type Answer = readonly [result: object, text: () => string];

/** The limit nearest to a network, with all constants 1: orders of magnitude. */
export function withUnitConstants(network: Pilot): Answer {
  const { details: _, ...result } = classifyNetwork(network);
  return [
    result,
    () => networkText(result) + PHASE_IDS.map((id) => field(`error, ${id}`, result.errors[id].toPrecision(3))).join(''),
  ];
}

/** The limit nearest to a network, with constants from pilots on the task of an experiment file. */
export async function withPilots(io: Io, path: string, options: CommonOptions, network: Pilot): Promise<Answer> {
  const { task, horizon, seed, fixedNeurons } = await readExperiment(path, { workingDirectory: io.workingDirectory });
  if (fixedNeurons !== undefined)
    throw new ArgumentError(
      `${path}: initial.points`,
      `${fixedNeurons} points`,
      'left out: pilot networks of other widths are drawn from a law',
    );
  const progress = startProgress(io, options, 'pilots');
  try {
    const rng = stream(options.seed ?? seed).split('classify');
    const { update } = progress;
    const found = await predictedErrors(task, { ...network, horizon, rng, signal: io.signal, progress: update });
    const { jumpSize, activeCount, penalty } = classifyNetwork(network);
    const { nearest, forecasts, constants } = found;
    const errors = Object.fromEntries(PHASE_IDS.map((id) => [id, forecasts[id].error.value])) as Record<
      PhaseId,
      number
    >;
    const result = {
      jumpSize,
      activeCount,
      penalty,
      nearest,
      errors,
      forecasts,
      constants: constants.constants,
      horizon: constants.horizon,
    };
    return [result, () => networkText(result) + forecastTable(forecasts)];
  } finally {
    progress.stop();
  }
}

function networkText(result: Pick<ClassifiedNetwork, 'nearest' | 'jumpSize' | 'activeCount' | 'penalty'>): string {
  return (
    field('nearest limit', result.nearest) +
    field('jump size', result.jumpSize) +
    field('active neurons', result.activeCount) +
    field('penalty', result.penalty)
  );
}

function forecastTable(forecasts: PredictedErrors['forecasts']): string {
  const cell = (constant: ErrorConstant | null) =>
    (constant === null ? '-' : `${constant.value.toPrecision(3)} ± ${constant.standardError.toPrecision(1)}`).padStart(
      20,
    );
  const columns = ['error', 'fluctuation', 'bias', 'path'] as const;
  return [
    `${''.padEnd(16)}${columns.map((name) => name.padStart(20)).join('')}\n`,
    ...PHASE_IDS.map((id) => `${id.padEnd(16)}${columns.map((name) => cell(forecasts[id][name])).join('')}\n`),
  ].join('');
}
