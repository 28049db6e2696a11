import { ArgumentError } from '../../base/errors.ts';
import { version } from '../../base/version.ts';
import { PHASE_IDS, type Phase } from '../../dropout/phase/index.ts';
import { fusesProducts } from '../../kernels/index.ts';
import type { PhaseParameters, PhaseReport } from '../../report/types.ts';
import type { Experiment } from '../experiment.ts';
import { FULL_BUDGET } from './budget.ts';
import { lossCurves, neuronMotion } from './curves.ts';
import { describeExperiment } from './describe.ts';
import { judge } from './judge.ts';
import { measure } from './measure.ts';
import type { Measurements } from './measurements.ts';
import type { Verify, VerifyOptions } from './options.ts';
import { scenarioOf } from './scenario.ts';

/** The probability that at least one claim of a report is said to fail although all are true. */
const FALSE_ALARM = 0.01;
/** Claims of a phase, at most: the false alarm is shared equally by all that five phases can make. */
const CLAIMS = 5 * PHASE_IDS.length;
/** A power law with a curvature needs three sizes. */
const LEAST_WIDTHS = 3;

const DECISION = [
  `Each claim compares a measured number with the predicted one, up to a margin that the claim states: an asymptotic exponent need not be met exactly at finite widths. It holds if its interval lies within the margin, fails if the interval lies outside, and is undecided otherwise. An undecided claim does not count as holding.`,
  `Intervals cover the Monte Carlo error of the networks and of the limit together. Each has confidence 1 − ${FALSE_ALARM}/${CLAIMS}, so that the probability that any true claim of a report is said to fail is at most ${FALSE_ALARM}; a false claim is said to hold with at most half the probability of its own interval's error.`,
  `The limit is represented by ${FULL_BUDGET.referenceClouds} independent clouds of particles; networks of dropout and of random geometry run on the same starts and masks; coupled paths on the same starts and clocks.`,
];

/**
 * Checks the predictions of the theory on an experiment, phase by phase: networks of several widths along a scaling of the phase,
 * against the limit. The same seed gives the same numbers whatever the executor.
 */
export const verify: Verify = async (experiment, options) => {
  const started = performance.now();
  checkExperiment(experiment);
  const widths = checkWidths(options.widths);
  const ids = PHASE_IDS.filter((id) => options.phases?.includes(id) ?? true);
  const scenarios = ids.map((id) => scenarioOf(id, experiment.horizon, widths));
  const seed = options.seed ?? experiment.seed;
  const phases: PhaseReport[] = [];
  for await (const measured of measure(experiment, scenarios, { ...options, seed, budget: FULL_BUDGET }))
    phases.push(phaseReport(experiment, measured));
  return {
    format: 'meanfield-verify',
    formatVersion: 1,
    version,
    ...(fusesProducts() ? { kernel: 'simd-fma' } : {}),
    createdAt: new Date().toISOString(),
    experiment: describeExperiment(experiment),
    budget: {
      spentSeconds: Math.round((performance.now() - started) / 100) / 10,
      threads: options.executor.threads,
      ...(widths === undefined ? {} : { widths }),
    },
    seed,
    falseAlarm: FALSE_ALARM,
    decision: DECISION,
    phases,
    holds: phases.every(({ claims }) => claims.every(({ holds }) => holds)),
  };
};

function phaseReport(experiment: Experiment, measured: Measurements): PhaseReport {
  const { task } = experiment;
  const { phase, law, text } = measured.scenario;
  const motion = neuronMotion(task, measured);
  return {
    phase: phase.id,
    scaling: {
      learningRateExponent: law.learningRateExponent,
      keepRateExponent: law.keepRateExponent,
      learningRate0: law.learningRate ?? 1,
      keepRate0: law.keepRate ?? 1,
      text,
    },
    parameters: parametersOf(phase),
    ...judge(task, measured, FALSE_ALARM / CLAIMS),
    lossCurves: lossCurves(task, measured),
    ...(motion === undefined ? {} : { motion }),
  };
}

function parametersOf({ id: _, ...parameters }: Phase): PhaseParameters {
  return parameters;
}

function checkExperiment({ fixedNeurons, file }: Experiment): void {
  if (fixedNeurons !== undefined)
    throw new ArgumentError('initial.points', file.initial, 'left out: verify needs networks of several widths');
}

function checkWidths(widths: VerifyOptions['widths']): readonly number[] | undefined {
  if (widths !== undefined && new Set(widths).size < LEAST_WIDTHS)
    throw new ArgumentError('widths', widths.join(','), `at least ${LEAST_WIDTHS} different widths`);
  return widths;
}
