import { asMatrix, type Matrix } from '../../base/arrays.ts';
import {
  biases,
  type Claim,
  decideClaim,
  type ErrorEstimates,
  fitPowerLaw,
  fluctuations,
  meanErrors,
  type NoPowerLaw,
  type PowerLaw,
  rateClaim,
  undecidedClaim,
} from '../../convergence/index.ts';
import { type RateTerm, rulingTerms } from '../../convergence/predicted-rates.ts';
import type { LearningTask } from '../../network/index.ts';
import type { ClaimReport, RateReport } from '../../report/types.ts';
import { oracleClaim } from './judge-oracle.ts';
import type { Measurements, ReferenceSample } from './measure.ts';
import { meanOf } from './measure.ts';

/**
 * How far a measured exponent may be from the predicted one: finite widths bend every power law, and the margin says how
 * much of that is not counted against an asymptotic statement.
 */
const MARGINS = { fluctuation: 0.1, bias: 0.25, path: 0.08, gap: 0.25 } as const;
/** How far the measured effect of the penalty may be from the predicted one, relatively. */
const PENALTY_MARGIN = 0.15;

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
  const { scenario, samples, pathErrors } = measured;
  const m = task.neuron.samples;
  const { weights } = task;
  const { widths, rates } = scenario;
  const dropout = samples.map((sample) => rowsOf(sample.dropout, m));
  const limit = endOf(measured.reference, m);
  const judgements = [
    rate({
      id: 'prediction-fluctuation',
      title: 'fluctuation of predictions',
      valueName: 'root mean square of F(μⁿ) around its mean',
      widths,
      estimates: fluctuations(dropout, { weights }),
      terms: rates.fluctuation,
      margin: MARGINS.fluctuation,
      falseAlarm,
    }),
    rate({
      id: 'prediction-bias',
      title: 'bias of predictions',
      valueName: 'norm of E F(μⁿ) − F(μ)',
      widths,
      estimates: biases(dropout, limit, { weights }),
      terms: rates.bias,
      margin: MARGINS.bias,
      falseAlarm,
    }),
  ];
  if (pathErrors.length > 0)
    judgements.push(
      rate({
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
  const gaps = samples.map((sample) => difference(rowsOf(sample.dropout, m), rowsOf(sample.randomGeometry, m)));
  const claims: ClaimReport[] = [];
  if (measured.unpenalized === undefined)
    judgements.push(
      rate({
        id: 'random-geometry-agrees',
        title: 'dropout and random geometry have the same limit',
        valueName: 'norm of E F(dropout) − E F(random geometry)',
        widths,
        estimates: biases(gaps, new Float64Array(m), { weights }),
        terms: rates.randomGeometryGap,
        margin: MARGINS.gap,
        falseAlarm,
      }),
    );
  else claims.push(penaltyClaim(task, measured, measured.unpenalized, gaps[gaps.length - 1]!, falseAlarm));
  claims.push(oracleClaim(measured, falseAlarm));
  return {
    claims: [...judgements.map(({ claim }) => claim), ...claims],
    rates: judgements.flatMap(({ report }) => (report === undefined ? [] : [report])),
  };
}

interface RateQuestion {
  readonly id: string;
  readonly title: string;
  readonly valueName: string;
  readonly widths: readonly number[];
  readonly estimates: ErrorEstimates;
  readonly terms: readonly RateTerm[];
  readonly margin: number;
  readonly falseAlarm: number;
}

/** Does an error fall with the exponent of its ruling term? */
function rate(question: RateQuestion): { readonly claim: ClaimReport; readonly report: RateReport | undefined } {
  const { id, title, widths, estimates, terms, margin, falseAlarm } = question;
  const ruling = rulingTerms(terms);
  const fit = fitPowerLaw([...widths], estimates, { confidence: 1 - falseAlarm });
  const claim = rateClaim({
    claim: `${title}: exponent of the width`,
    predicted: ruling.exponent,
    fit,
    margin,
    falseAlarm,
  });
  return {
    claim: {
      ...claimReport(id, claim),
      detail: `theory: ${terms.map(({ name }) => name).join(' + ')}, ruled by ${ruling.names.join(' and ')}; ${claim.detail}`,
      plot: id,
    },
    report: rateReport(question, ruling.exponent, fit),
  };
}

function rateReport(
  { id, title, valueName, widths, estimates, falseAlarm }: RateQuestion,
  predictedExponent: number,
  fit: PowerLaw | NoPowerLaw,
): RateReport | undefined {
  if (!fit.fitted) return undefined;
  return {
    id,
    title,
    sizes: widths,
    sizeName: 'width n',
    values: [...estimates.errors],
    valueName,
    standardErrors: [...estimates.standardErrors].map((error) => (Number.isFinite(error) ? error : 0)),
    fit: {
      exponent: fit.exponent.value,
      interval: fit.interval,
      prefactor: fit.prefactor,
      confidence: 1 - falseAlarm,
    },
    predictedExponent,
  };
}

/**
 * At the largest width, the mean predictions of dropout and of random geometry differ as their limits do: the projection of the
 * one difference on the other, divided by its squared norm, is 1.
 */
function penaltyClaim(
  task: LearningTask,
  measured: Measurements,
  unpenalized: ReferenceSample,
  gap: Matrix,
  falseAlarm: number,
): ClaimReport {
  const { weights } = task;
  const m = weights.length;
  const [with_, without] = [endOf(measured.reference, m), endOf(unpenalized, m)];
  const effect = subtract(meanRow(with_), meanRow(without));
  const norm = inner(effect, effect, weights);
  const [R, L] = [gap.shape[0]!, with_.shape[0]!];
  const projections = Array.from({ length: R }, (_, r) => inner(row(gap, r), effect, weights) / norm);
  const ratio = projections.reduce((sum, value) => sum + value, 0) / R;
  const own = projections.reduce((sum, value) => sum + (value - ratio) ** 2, 0) / (R - 1) / R;
  // The ratio's derivative in the effect, at a gap equal to it, is -⟨effect, ·⟩/norm.
  const along = (clouds: Matrix) => {
    const values = Array.from({ length: L }, (_, l) => inner(row(clouds, l), effect, weights) / norm);
    const mean = values.reduce((sum, value) => sum + value, 0) / L;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (L - 1) / L;
  };
  const shared = along(with_) + along(without);
  const title = 'dropout differs from random geometry by the penalty: measured effect over predicted';
  const options = { claim: title, predicted: 1, margin: PENALTY_MARGIN, falseAlarm };
  const noise = Math.sqrt(own + shared);
  const degrees = (own + shared) ** 2 / (own ** 2 / (R - 1) + shared ** 2 / (2 * (L - 1)));
  const claim =
    noise < 0.5
      ? decideClaim({ ...options, estimate: { value: ratio, standardError: noise, degrees } })
      : undecidedClaim({
          ...options,
          reason: 'the penalty has no measurable effect on the predictions',
          factor: (noise / 0.04) ** 2,
        });
  return {
    ...claimReport('random-geometry-differs', claim),
    detail: `at width ${measured.scenario.widths.at(-1)}; the penalty moves predictions by ${Math.sqrt(norm).toPrecision(3)} (norm); ${claim.detail}`,
  };
}

/** A claim as the report holds it. */
export function claimReport(id: string, claim: Claim): ClaimReport {
  const { predicted, relation, measured, interval, margin, falseAlarm, verdict, holds, needs, detail } = claim;
  return {
    claim: id,
    title: claim.claim,
    predicted,
    relation,
    measured,
    interval,
    margin,
    falseAlarm,
    verdict,
    holds,
    ...(needs === undefined ? {} : { needs }),
    detail,
  };
}

function rowsOf(values: Float64Array, m: number): Matrix {
  return asMatrix(values, values.length / m, m);
}

/** The clouds' predictions at the end, `[L, m]`. */
function endOf({ clouds }: ReferenceSample, m: number): Matrix {
  const out = new Float64Array(clouds.length * m);
  clouds.forEach((cloud, l) => {
    out.set(cloud.subarray(cloud.length - m), l * m);
  });
  return rowsOf(out, m);
}

function difference(a: Matrix, b: Matrix): Matrix {
  return asMatrix(subtract(a.data, b.data), a.shape[0]!, a.shape[1]!);
}

function subtract(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, k) => value - b[k]!);
}

function row(matrix: Matrix, r: number): Float64Array {
  const m = matrix.shape[1]!;
  return matrix.data.subarray(r * m, (r + 1) * m);
}

function meanRow(matrix: Matrix): Float64Array {
  return meanOf(Array.from({ length: matrix.shape[0]! }, (_, r) => row(matrix, r)));
}

/** ⟨a, b⟩_ν. */
function inner(a: Float64Array, b: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < weights.length; j++) sum += weights[j]! * a[j]! * b[j]!;
  return sum;
}
