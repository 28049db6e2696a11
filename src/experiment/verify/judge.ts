import { biases, meanErrors } from '../../convergence/index.ts';
import type { LearningTask } from '../../network/index.ts';
import type { ClaimReport, RateReport } from '../../report/types.ts';
import { controlledRows } from './controlled.ts';
import { controlledFluctuations } from './controlled-fluctuations.ts';
import { controlledGap, offsets } from './controls.ts';
import { oracleClaim } from './judge-oracle.ts';
import { penaltyClaim } from './judge-penalty.ts';
import { judgeRate } from './judge-rate.ts';
import type { Measurements } from './measurements.ts';
import { endOf } from './rows.ts';

/**
 * How far a measured exponent may be from the predicted one: half the distance to the next exponent that the table of rates
 * knows for that error. Finite widths bend every power law; within this margin they can't make one rate look like another.
 */
const MARGINS = { fluctuation: 0.125, path: 0.125, bias: 0.25, gap: 0.25 } as const;
/** The verdicts on one phase. */
export interface Judgement {
  readonly claims: readonly ClaimReport[];
  readonly rates: readonly RateReport[];
}

/**
 * Holds the measurements of a phase against the theory.
 *
 * @param falseAlarm - the probability, for each claim, that it is said to fail although it is true
 */
export function judge(task: LearningTask, measured: Measurements, falseAlarm: number): Judgement {
  const { scenario, samples, pathErrors, reference } = measured;
  const m = task.neuron.samples;
  const { weights } = task;
  const { widths, rates } = scenario;
  const judgements = [
    judgeRate({
      id: 'prediction-fluctuation',
      title: 'fluctuation of predictions',
      valueName: 'root mean square of F(μⁿ) around its mean',
      widths,
      estimates: controlledFluctuations(
        samples.map(({ dropout, controls, covariances }) => ({ rows: dropout, controls: controls.rows, covariances })),
        weights,
      ),
      terms: rates.fluctuation,
      margin: MARGINS.fluctuation,
      falseAlarm,
    }),
    judgeRate({
      id: 'prediction-bias',
      title: 'bias of predictions',
      valueName: 'norm of E F(μⁿ) − F(μ)',
      widths,
      estimates: biases(
        samples.map(({ dropout, controls }) => controlledRows(dropout, controls.rows)),
        endOf(reference, m),
        { weights, offsets: samples.map(({ dropout, controls }) => offsets(dropout, controls)) },
      ),
      terms: rates.bias,
      relation: 'atMost',
      margin: MARGINS.bias,
      falseAlarm,
    }),
  ];
  if (pathErrors.length > 0)
    judgements.push(
      judgeRate({
        id: 'path-error',
        title: 'error of coupled paths',
        valueName: 'mean over neurons of max over time of ‖X − X̄‖',
        widths,
        estimates: meanErrors(pathErrors),
        terms: rates.path,
        margin: MARGINS.path,
        falseAlarm,
      }),
    );
  const claims: ClaimReport[] = [];
  if (measured.unpenalized === undefined)
    judgements.push(
      judgeRate({
        id: 'random-geometry-agrees',
        title: 'dropout and random geometry have the same limit',
        valueName: 'norm of E F(dropout) − E F(random geometry)',
        widths,
        estimates: biases(samples.map(controlledGap), new Float64Array(m), { weights }),
        terms: rates.randomGeometryGap,
        margin: MARGINS.gap,
        falseAlarm,
      }),
    );
  else claims.push(penaltyClaim(task, measured, measured.unpenalized, controlledGap(samples.at(-1)!), falseAlarm));
  claims.push(oracleClaim(measured, falseAlarm));
  return {
    claims: [...judgements.map(({ claim }) => claim), ...claims],
    rates: judgements.flatMap(({ report }) => (report === undefined ? [] : [report])),
  };
}
