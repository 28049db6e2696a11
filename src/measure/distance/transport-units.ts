/** Masses in whole units of 1/`total`, so that flows are exact. */
export interface Units {
  readonly supplies: Float64Array;
  readonly demands: Float64Array;
  readonly total: number;
}

const FINE = 2 ** 52;

/**
 * Weights of total 1 as whole numbers. Equal weights on both sides become exact small integers; others are rounded to
 * multiples of 2⁻⁵².
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

/** Rounds down, and gives the units that are left over to the largest remainders: every weight errs by less than one unit. */
function rounded(weights: Float64Array): Float64Array {
  const out = weights.map((w) => Math.floor(w * FINE));
  const order = Int32Array.from(weights, (_, i) => i).filter((i) => weights[i]! > 0);
  order.sort(
    (i, j) => weights[j]! * FINE - out[j]! - (weights[i]! * FINE - out[i]!) || weights[j]! - weights[i]! || i - j,
  );
  let rest = FINE;
  for (const units of out) rest -= units;
  // The weights' own total may be off by a few roundings: then the rest is outside of 0 … N, and goes round.
  for (let s = 0; rest !== 0; s = (s + 1) % order.length) {
    const i = order[s]!;
    const change = rest > 0 ? 1 : out[i]! > 0 ? -1 : 0;
    out[i]! += change;
    rest -= change;
  }
  return out;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
