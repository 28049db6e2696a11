import { asMatrix } from '../../src/base/arrays.ts';
import { biases, fitPowerLaw } from '../../src/convergence/index.ts';
import type { Variant } from '../../src/dropout/index.ts';
import { fitOf } from './judge.ts';
import type { NetworksPart } from './parts.ts';
import { type Budget, fewer, type Sizes } from './plans.ts';
import type { Pool } from './pool.ts';
import type { VariantResult } from './results.ts';
import { ROWS, type TaskName, timeUnit } from './tasks.ts';

/** Variants with noise in the forward pass alone, each with the variant that differs from it by that noise. */
export const NOISY: readonly (readonly [Variant, Variant])[] = [
  ['propagation-noise', 'none'],
  ['independent-masks', 'random-geometry'],
];

const FULL: Sizes = [
  [64, 3000],
  [128, 1200],
  [256, 400],
];
const QUICK: Sizes = [
  [16, 6],
  [32, 6],
  [64, 6],
];
const PER_PART = 60;

/**
 * How far forward noise moves the mean predictions (docs/theory.md section 9.2), along τ = 6u/n, q = n^(-1/2), where λ_n is about n^(-1/2).
 */
export async function runVariants(task: TaskName, budget: Budget, seed: number, pool: Pool): Promise<VariantResult[]> {
  const u = timeUnit(task);
  const horizon = 2 * u;
  const sizes = budget === 'full' ? FULL : budget === 'pilot' ? fewer(FULL) : QUICK;
  const out: VariantResult[] = [];
  for (const [variant, against] of NOISY) {
    const differences = [];
    for (const [width, replicates] of sizes) {
      const learningRate = horizon / Math.round(width / 3);
      const rates = { width, learningRate, keepRate: width ** -0.5, horizon };
      const parts = Array.from({ length: Math.ceil(replicates / PER_PART) }, (_, k): NetworksPart => {
        const count = Math.min(PER_PART, replicates - k * PER_PART);
        const variants = [variant, against];
        return { kind: 'networks', task, seed, plan: variant, variants, first: k * PER_PART, count, ...rates };
      });
      differences.push(asMatrix(gaps(await pool.run(parts), replicates), replicates, ROWS));
    }
    const estimates = biases(differences, new Float64Array(ROWS));
    const widths = sizes.map(([width]) => width);
    out.push({
      task,
      variant,
      against,
      scaling: `τ = ${6 * u} n^(−1), q = n^(−1/2)`,
      widths,
      replicates: sizes.map(([, replicates]) => replicates),
      values: [...estimates.errors],
      standardErrors: [...estimates.standardErrors].map((each) => (Number.isFinite(each) ? each : 0)),
      ...fitOf(fitPowerLaw(widths, estimates)),
    });
  }
  return out;
}

/** The first variant's predictions less the second's, `[replicates, m]`. */
function gaps(parts: readonly Float64Array[], replicates: number): Float64Array {
  const out = new Float64Array(replicates * ROWS);
  let at = 0;
  for (const both of parts)
    for (let r = 0; r < both.length; r += 2 * ROWS)
      for (let j = 0; j < ROWS; j++) out[at++] = both[r + j]! - both[r + ROWS + j]!;
  return out;
}
