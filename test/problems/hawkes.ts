import { boundedRate, displacement, integratedRate, type MeanFieldProcess } from '../../src/process/index.ts';

/**
 * Hawkes process λ = λ₀ + Σα e^(−β(t−T)) with λ₀ = 0.5, α = 0.5, β = 2, as a piecewise deterministic process of (λ, count). From λ₀,
 * E λ(t) = λ∞ + (λ₀ − λ∞)e^(−(β−α)t) with λ∞ = λ₀/(1 − α/β) = 2/3, and E N(t) is its integral. Between jumps λ falls, so λ now
 * bounds it until the next jump. For large T, Var(N/T) ≈ 0.00591728 at T = 200.
 */
export function hawkes(by: 'thinning' | 'integration'): {
  readonly process: MeanFieldProcess;
  readonly start: number[];
  readonly expectedCount: (t: number) => number;
} {
  const [base, alpha, beta] = [0.5, 0.5, 2];
  const limit = base / (1 - alpha / beta);
  const gap = beta - alpha;
  return {
    process: {
      dimension: 2,
      drift: {
        particle: (x, _s, _t, out) => {
          out[0] = -beta * (x[0]! - base);
          out[1] = 0;
        },
      },
      jumps: [
        {
          rate: by === 'thinning' ? boundedRate((x) => x[0]!, { bound: (x) => x[0]! }) : integratedRate((x) => x[0]!),
          change: displacement([alpha, 1]),
        },
      ],
    },
    start: [base, 0],
    expectedCount: (t) => limit * t + ((base - limit) * (1 - Math.exp(-gap * t))) / gap,
  };
}
