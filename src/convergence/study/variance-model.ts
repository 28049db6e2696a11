import { checkNumber } from '../../base/check.ts';
import { quadratic } from '../biases.ts';
import type { ErrorEstimates } from '../error-estimates.ts';
import { fitPowerLaw } from '../fit-power-law.ts';
import { generalizedLeastSquares } from '../generalized-least-squares.ts';
import { toReference } from '../reference.ts';
import { meanOfRows, toSample, toWeights, weightedCovariance } from '../sample.ts';
import type { StudyData, StudyMeasure } from './measure.ts';

/**
 * How the covariance of the log errors depends on the replicates R_i and, of the reference, L:
 * V_ii = own_i/R + noise_i/R² + cross_i/(RL) + shared_ii/L + floor_i/L², V_ij = shared_ij/L.
 */
export interface VarianceModel {
  readonly own: Float64Array;
  readonly noise: Float64Array;
  readonly cross: Float64Array;
  /** `[sizes, sizes]` */
  readonly shared: Float64Array;
  readonly floor: Float64Array;
}

/**
 * The model from the replicates so far. It serves for planning only. Its terms are smoothed by a power law in the size, and
 * errors are those of the fitted law: an allocation that followed single sizes' chance would favour those whose
 * variance came out small (docs/theory.md 10.4).
 *
 * @param x - log sizes
 * @param predicted - the exponent that errors near the noise are extrapolated with, if there is one
 */
export function varianceModel(
  measure: StudyMeasure,
  x: Float64Array,
  data: StudyData,
  estimates: ErrorEstimates,
  predicted: number | undefined,
): VarianceModel {
  const K = x.length;
  const model = {
    own: new Float64Array(K),
    noise: new Float64Array(K),
    cross: new Float64Array(K),
    shared: new Float64Array(K * K),
    floor: new Float64Array(K),
  };
  const levels = smoothLevels(x, estimates, predicted);
  // d log e = dv/(power·e^power)
  const scale = levels.map((v) => 1 / (estimates.power * v));
  if (measure === 'fluctuation' || measure === 'mean') {
    // noise in proportion to the error: relative to the estimate itself, not to the fitted level
    for (let i = 0; i < K; i++) model.own[i] = relativeVariance(estimates, i) * data.samples[i]!.length;
    return { ...model, own: smooth(x, model.own) };
  }
  const limit = toReference(data.reference!, data.weights);
  const L = limit.degrees === Infinity ? 1 : limit.degrees + 1;
  const m = limit.mean.length;
  const weights = toWeights(data.weights, m);
  const perReplicate = limit.covariance.map((v) => v * L);
  const directions = data.samples.map((rows) => {
    const mean = meanOfRows(toSample('samples', rows, 2, m));
    const d = mean.map((v, j) => Math.sqrt(weights[j]!) * (v - limit.mean[j]!));
    const norm = Math.hypot(...d) || 1;
    return d.map((v) => v / norm);
  });
  for (let i = 0; i < K; i++) {
    const rows = toSample('samples', data.samples[i]!, 2, m);
    const unit = scale[i]! ** 2;
    if (measure === 'bias') {
      const covariance = weightedCovariance(rows, meanOfRows(rows), weights);
      model.own[i] = 4 * levels[i]! * quadratic(covariance, directions[i]!, directions[i]!) * unit;
      model.noise[i] = 2 * inner(covariance, covariance) * unit;
      model.cross[i] = 4 * inner(covariance, perReplicate) * unit;
    } else {
      const shared = estimates.floor[i]! ** 2;
      model.own[i] = (estimates.covariance[i * K + i]! - shared) * rows.rows * unit;
    }
    model.floor[i] = 2 * inner(perReplicate, perReplicate) * unit;
    for (let j = 0; j < K; j++) {
      const along = quadratic(perReplicate, directions[i]!, directions[j]!);
      model.shared[i * K + j] = 4 * Math.sqrt(levels[i]! * levels[j]!) * along * scale[i]! * scale[j]!;
    }
  }
  return { ...model, own: smooth(x, model.own), noise: smooth(x, model.noise), cross: smooth(x, model.cross) };
}

/** The covariance of the log errors with these replicates. */
export function covarianceWith(model: VarianceModel, counts: ArrayLike<number>, reference: number): Float64Array {
  const K = counts.length;
  return model.shared.map((shared, k) => {
    const i = Math.floor(k / K);
    if (i !== k % K) return shared / reference;
    const R = counts[i]!;
    const own = model.own[i]! / R + model.noise[i]! / R ** 2 + model.cross[i]! / (R * reference);
    return own + shared / reference + model.floor[i]! / reference ** 2;
  });
}

function relativeVariance({ values, covariance, power }: ErrorEstimates, i: number): number {
  const K = values.length;
  return values[i]! === 0 ? 0 : covariance[i * K + i]! / (power * values[i]!) ** 2;
}

/** error^power by size, all positive. */
function smoothLevels(x: Float64Array, estimates: ErrorEstimates, predicted: number | undefined): Float64Array {
  const { values, covariance, power } = estimates;
  const K = values.length;
  const spread = values.map((_, i) => Math.sqrt(covariance[i * K + i]!));
  if (values.every((v, i) => v > 4 * spread[i]!)) return smooth(x, values);
  if (predicted !== undefined) {
    checkNumber('predicted', predicted);
    const shape = x.map((v) => Math.exp(power * predicted * (v - x[0]!)));
    let top = 0;
    let bottom = 0;
    for (let i = 0; i < K; i++) {
      top += (values[i]! * shape[i]!) / spread[i]! ** 2;
      bottom += shape[i]! ** 2 / spread[i]! ** 2;
    }
    const level = Math.max(top / bottom, 1 / Math.sqrt(bottom));
    return shape.map((s) => level * s);
  }
  const fit = fitPowerLaw(x.map(Math.exp), estimates);
  if (fit.fitted) return x.map((v) => Math.exp(power * (fit.logPrefactor.value + fit.exponent.value * v)));
  return smooth(
    x,
    values.map((v, i) => Math.max(v, spread[i]!)),
  );
}

/** A power law through positive numbers, by least squares of their logarithms; zeros stay as they are. */
function smooth(x: Float64Array, values: Float64Array): Float64Array {
  if (x.length < 3 || !values.every((v) => v > 0)) return values;
  const K = x.length;
  const identity = new Float64Array(K * K);
  for (let i = 0; i < K; i++) identity[i * K + i] = 1;
  const fit = generalizedLeastSquares([new Float64Array(K).fill(1), x], values.map(Math.log), identity)!;
  return x.map((v) => Math.exp(fit.coefficients[0]! + fit.coefficients[1]! * v));
}

function inner(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, v, k) => sum + v * b[k]!, 0);
}
