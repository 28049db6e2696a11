/** Masses in whole units of 1/`total`, so that flows are exact. */
export interface Units {
  readonly supplies: Float64Array;
  readonly demands: Float64Array;
  readonly total: number;
}

const FINE = 2 ** 50;

/**
 * Weights of total 1 as whole numbers. Equal weights on both sides become exact small integers; others are rounded to
 * multiples of 2⁻⁵⁰, and the rounding of the total goes into the largest.
 */
export function toUnits(a: Float64Array, b: Float64Array, equal: boolean): Units {
  if (equal) {
    const total = a.length * (b.length / greatestCommonDivisor(a.length, b.length));
    return {
      supplies: new Float64Array(a.length).fill(total / a.length),
      demands: new Float64Array(b.length).fill(total / b.length),
      total,
    };
  }
  return { supplies: rounded(a), demands: rounded(b), total: FINE };
}

function rounded(weights: Float64Array): Float64Array {
  const out = weights.map((w) => Math.round(w * FINE));
  let rest = FINE;
  let largest = 0;
  for (let i = 0; i < out.length; i++) {
    rest -= out[i]!;
    if (out[i]! > out[largest]!) largest = i;
  }
  out[largest]! += rest;
  return out;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
