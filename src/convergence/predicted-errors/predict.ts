import { checkInteger, checkNumber } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import { classifyNetwork, nearestLimit, PHASE_IDS, type Phase, type PhaseId } from '../../dropout/index.ts';
import type { LearningTask } from '../../network/index.ts';
import type { ErrorConstant, Pilot, PilotBatch, TaskErrorConstants } from './constants.ts';
import { type ErrorConstantsOptions, estimateErrorConstants } from './estimate.ts';
import { jackknife, jackknifedNorm, meanOf, normOfMean } from './jackknife.ts';
import { fittedPathError } from './path-fit.ts';
import { biasVectors, fluctuationAt } from './terms.ts';

/** Options of `predictedErrors`: a network, and constants or what is needed to estimate them. */
export type PredictedErrorsOptions =
  | (Pilot & { readonly constants: TaskErrorConstants })
  | (ErrorConstantsOptions & { readonly constants?: undefined });

/** Predicted errors of one network against one limit, with standard errors: those of the constants, not of the theory. */
export interface ErrorForecast {
  /** The limit with its parameters matched to the network; null for a penalized limit at keep rate 1. */
  readonly limit: Phase | null;
  /** E sup_t ‖X − X̄‖ of a coupled neuron; null for penalized jumps, which pilots are not coupled to. */
  readonly path: ErrorConstant | null;
  /** Standard deviation of the predictions: the same for all limits. */
  readonly fluctuation: ErrorConstant;
  /** Norm of the mean predictions' distance from the limit's. */
  readonly bias: ErrorConstant;
  /** Root mean square error of the predictions, √(fluctuation² + bias²). */
  readonly error: ErrorConstant;
}

/** Forecasts of one network's errors. */
export interface PredictedErrors {
  readonly forecasts: Readonly<Record<PhaseId, ErrorForecast>>;
  /** The limit that is nearest to the network, by these forecasts, as `classifyNetwork` decides it. */
  readonly nearest: PhaseId;
  /** What the forecasts were made of: give it to the next call. */
  readonly constants: TaskErrorConstants;
}

/**
 * Predicts the errors of a network against each of the five limits of a task (docs/theory.md section 4): the table's terms, with constants
 * from pilot runs, or those given. Constants hold near the τ/q and λ_n that they were estimated at, and at any width: use them again along a scaling
 * in which these stay or shrink.
 */
export async function predictedErrors(task: LearningTask, options: PredictedErrorsOptions): Promise<PredictedErrors> {
  const network = {
    width: checkInteger('width', options.width, { min: 1 }),
    learningRate: checkNumber('learningRate', options.learningRate, { above: 0 }),
    keepRate: checkNumber('keepRate', options.keepRate, { above: 0, max: 1 }),
  };
  if (options.constants !== undefined && options.constants.weights.length !== task.neuron.samples)
    throw new ArgumentError(
      'constants.weights.length',
      options.constants.weights.length,
      `${task.neuron.samples}, the number of samples of the task`,
    );
  const constants = options.constants ?? (await estimateErrorConstants(task, options));
  return forecast(network, constants);
}

function forecast(network: Pilot, constants: TaskErrorConstants): PredictedErrors {
  const { batches, weights, fluctuationPilots, pathPilots } = constants;
  const { details } = classifyNetwork(network);
  const fluctuation = (some: readonly PilotBatch[]) =>
    fluctuationAt(network.width, fluctuationPilots, some) / Math.sqrt(network.width);
  const forecasts = mapPhases((id): ErrorForecast => {
    const bias = (some: readonly PilotBatch[]) =>
      normOfMean(
        some.map((batch) => biasVectors(network, batch)[id]),
        weights,
      );
    return {
      limit: details[id].limit,
      path:
        id === 'penalized-jump'
          ? null
          : jackknife(batches, (some) =>
              fittedPathError(id, pathPilots[id], meanOf(some.map(({ path }) => path[id])), network),
            ),
      fluctuation: jackknife(batches, fluctuation),
      bias: jackknifedNorm(
        batches.map((batch) => biasVectors(network, batch)[id]),
        weights,
      ),
      error: jackknife(batches, (some) => Math.hypot(fluctuation(some), bias(some))),
    };
  });
  const tolerance = network.width ** (-1 / 3) * constants.constants.fluctuation.value;
  const biases = mapPhases((id) => ({ limit: forecasts[id].limit, bias: forecasts[id].bias.value }));
  return { forecasts, nearest: nearestLimit(biases, tolerance), constants };
}

function mapPhases<T>(make: (id: PhaseId) => T): Record<PhaseId, T> {
  return Object.fromEntries(PHASE_IDS.map((id) => [id, make(id)])) as Record<PhaseId, T>;
}
