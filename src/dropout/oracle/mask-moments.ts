/** Central moments of one entry b = B/q of a mask, B ~ Bernoulli(q); its mean is 1 (docs/theory.md section 5.2). */
export interface MaskMoments {
  /** v = E(b − 1)² = (1 − q)/q. */
  readonly variance: number;
  /** κ₃ = E(b − 1)³. */
  readonly third: number;
  /** μ₄ − 3v², the fourth cumulant. */
  readonly fourthCumulant: number;
}

/** Mask moments at keep rate q in (0, 1]; products, not differences of powers of 1/q, so that q near 1 keeps its digits. */
export function maskMoments(keepRate: number): MaskMoments {
  const variance = (1 - keepRate) / keepRate;
  return {
    variance,
    third: (variance * (1 - 2 * keepRate)) / keepRate,
    fourthCumulant: (variance * (1 - 6 * keepRate * (1 - keepRate))) / (keepRate * keepRate),
  };
}
