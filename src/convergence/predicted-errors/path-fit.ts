import { leastSquares } from '../../base/least-squares.ts';
import type { CoupledPhaseId, Pilot } from './constants.ts';

// Squares of the terms of docs/theory.md section 4.4: independent sources add up in the square. α enters where T/α updates of size α each
// add their own share (section 4.3).
const inverseWidth = ({ width }: Pilot) => 1 / width;
const jumpSize = ({ learningRate, keepRate }: Pilot) => learningRate / keepRate;
const forwardNoise = (pilot: Pilot) => jumpSize(pilot) / (pilot.keepRate * pilot.width);
const penaltySquared = ({ width, keepRate }: Pilot) => ((1 - keepRate) / (keepRate * width)) ** 2;
const step = ({ learningRate }: Pilot) => learningRate;
const stepSquared = ({ learningRate }: Pilot) => learningRate ** 2;

const TERMS: Readonly<Record<CoupledPhaseId, readonly ((pilot: Pilot) => number)[]>> = {
  'gradient-flow': [inverseWidth, jumpSize, penaltySquared],
  // Rings that the steps miss: few of them add up like τ, many like √τ.
  'poisson-jump': [inverseWidth, forwardNoise, step, stepSquared],
  'bernoulli-jump': [forwardNoise],
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
