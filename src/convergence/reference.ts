import { type MatrixLike, toVector, type VectorLike } from '../base/arrays.ts';
import { meanOfRows, toSample, toWeights, weightedCovariance } from './sample.ts';

/** The limit that errors are measured against: independent replicates of it `[L, m]`, or its exact value (m). */
export type Reference = MatrixLike | VectorLike;

/** A reference's mean (m), and the ν-weighted covariance of that mean `[m, m]` with its degrees of freedom. */
export interface ReferenceMean {
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
  readonly degrees: number;
}

/** Reads a reference: a vector is exact, a matrix of L ≥ 2 rows has the covariance of its rows over L. */
export function toReference(reference: Reference, weights: VectorLike | undefined): ReferenceMean {
  if (!isMatrix(reference)) {
    const mean = toVector('reference', reference);
    return { mean, covariance: new Float64Array(mean.length ** 2), degrees: Infinity };
  }
  const sample = toSample('reference', reference, 2);
  const mean = meanOfRows(sample);
  const covariance = weightedCovariance(sample, mean, toWeights(weights, sample.columns)).map((v) => v / sample.rows);
  return { mean, covariance, degrees: sample.rows - 1 };
}

function isMatrix(reference: Reference): reference is MatrixLike {
  if ('shape' in reference) return reference.shape.length === 2;
  const first: unknown = reference[0];
  return Array.isArray(first) || ArrayBuffer.isView(first);
}
