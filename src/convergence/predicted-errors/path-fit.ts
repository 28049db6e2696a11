import { leastSquares } from '../../base/least-squares.ts';
import type { CoupledPhaseId, Pilot } from './constants.ts';

// Squares of the terms of docs/theory.md section 4.4: independent sources add up in the square.
const inverseWidth = ({ width }: Pilot) => 1 / width;
const inverseActive = ({ width, keepRate }: Pilot) => 1 / (keepRate * width);
const jumpSize = ({ learningRate, keepRate }: Pilot) => learningRate / keepRate;
const penaltySquared = ({ width, keepRate }: Pilot) => ((1 - keepRate) / (keepRate * width)) ** 2;
const stepSquared = ({ learningRate }: Pilot) => learningRate ** 2;

const TERMS: Readonly<Record<CoupledPhaseId, readonly ((pilot: Pilot) => number)[]>> = {
  'gradient-flow': [inverseWidth, jumpSize, penaltySquared],
  'poisson-jump': [inverseWidth, inverseActive, stepSquared],
  'bernoulli-jump': [inverseActive],
  'penalized-flow': [inverseWidth, jumpSize],
};

/**
 * The path error of a network, from those of pilots: its square is fitted by nonnegative multiples of the squared terms of the phase, by least
 * squares of relative errors.
 */
export function fittedPathError(
  id: CoupledPhaseId,
  pilots: readonly Pilot[],
  errors: ArrayLike<number>,
  network: Pilot,
): number {
  const terms = TERMS[id];
  // Rows are divided by the data, so that all weigh the same.
  const design = pilots.map((pilot, i) => terms.map((term) => term(pilot) / errors[i]! ** 2));
  const constants = nonnegativeLeastSquares(design, new Float64Array(pilots.length).fill(1));
  return Math.sqrt(terms.reduce((sum, term, k) => sum + constants[k]! * term(network), 0));
}

/** Minimizes ‖y − X b‖ over b ≥ 0 for a handful of columns: the best of the fits by subsets of them that come out positive. */
function nonnegativeLeastSquares(rows: readonly (readonly number[])[], y: Float64Array): Float64Array {
  const columns = rows[0]!.length;
  let best = new Float64Array(columns);
  let smallest = y.reduce((sum, v) => sum + v * v, 0);
  for (let subset = 1; subset < 2 ** columns; subset++) {
    const chosen = Array.from({ length: columns }, (_, k) => k).filter((k) => (subset >> k) & 1);
    const x = Float64Array.from(rows.flatMap((row) => chosen.map((k) => row[k]!)));
    const fit = leastSquares(x, y, chosen.length);
    if (fit === undefined || fit.residualSumOfSquares >= smallest || fit.coefficients.some((b) => b < 0)) continue;
    smallest = fit.residualSumOfSquares;
    best = new Float64Array(columns);
    chosen.forEach((k, i) => {
      best[k] = fit.coefficients[i]!;
    });
  }
  return best;
}
