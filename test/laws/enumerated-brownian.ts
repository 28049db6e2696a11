import type { BrownianSource } from '../../src/process/index.ts';

/** What a particle's Brownian motions do in one step, in units of √h; `weight` equally likely cases of it. */
interface Outcome {
  readonly increment: readonly number[];
  readonly area: readonly number[];
  readonly weight: number;
}

const ROOT_3 = Math.sqrt(3);
const THREE_POINTS = [
  [-ROOT_3, 1],
  [0, 4],
  [ROOT_3, 1],
] as const;

/**
 * Every path of a scheme at once: ΔW takes three values (±√(3h) with probability 1/6, 0 with 2/3), whose moments up to order 5 are those of
 * a normal number, and the area takes ±√(h/12). A scheme of weak order ≤ 2 has the same weak order when it is driven by them (P. E.
 * Kloeden, E. Platen, section 14.2), and its expectations are finite sums: no Monte Carlo error at all.
 *
 * Particle i of B^steps particles has the digits of i in base B as its outcomes, so a cloud of them has the law of the scheme
 * at each time: mean-field statistics are exact, too, if `repeats` is true and each outcome appears as often as it is likely.
 */
export function enumeratedBrownian(
  steps: number,
  until: number,
  noises: number,
  { areas = 0, repeats = false, starts = 1 }: EnumerationOptions = {},
): { readonly source: BrownianSource; readonly weights: Float64Array } {
  const outcomes = outcomesOf(noises, areas).flatMap((outcome) =>
    repeats ? Array.from({ length: outcome.weight }, () => ({ ...outcome, weight: 1 })) : [outcome],
  );
  const each = outcomes.length ** steps;
  const count = each * starts;
  const digit = Array.from({ length: steps }, (_, n) =>
    Int32Array.from({ length: count }, (_, i) => Math.floor((i % each) / outcomes.length ** n) % outcomes.length),
  );
  const weights = new Float64Array(count).fill(1);
  for (const digits of digit) for (let i = 0; i < count; i++) weights[i]! *= outcomes[digits[i]!]!.weight;
  const total = weights.reduce((sum, w) => sum + w, 0);
  const fill = (from: number, to: number, out: Float64Array, of: 'increment' | 'area') => {
    const root = Math.sqrt(to - from);
    const digits = digit[Math.round((from * steps) / until)]!;
    for (let i = 0; i < count; i++) {
      const values = outcomes[digits[i]!]![of];
      for (let j = 0; j < noises; j++) out[i * noises + j] = root * values[j]!;
    }
  };
  return {
    weights: weights.map((w) => w / total),
    source: {
      paths: count * noises,
      incrementInto: (from, to, out) => fill(from, to, out, 'increment'),
      incrementAndAreaInto(from, to, increment, area) {
        fill(from, to, increment, 'increment');
        fill(from, to, area, 'area');
      },
      forgetBefore() {},
      save() {},
      load() {},
    },
  };
}

interface EnumerationOptions {
  /** How many of the noises have areas of both signs; the others have area 0. */
  readonly areas?: number;
  /** Whether outcomes appear as often as they are likely, so that the cloud's own mean is the expectation. */
  readonly repeats?: boolean;
  /** How many particles follow each path. */
  readonly starts?: number;
}

/** The number of outcomes of a step. */
export function outcomeCount(noises: number, { areas = 0, repeats = false }: EnumerationOptions = {}): number {
  return (repeats ? 6 : 3) ** noises * 2 ** areas;
}

function outcomesOf(noises: number, areas: number): Outcome[] {
  let outcomes: Outcome[] = [{ increment: [], area: [], weight: 1 }];
  for (let j = 0; j < noises; j++)
    outcomes = outcomes.flatMap((o) =>
      THREE_POINTS.flatMap(([w, weight]) =>
        (j < areas ? [-1, 1] : [0]).map((sign) => ({
          increment: [...o.increment, w],
          area: [...o.area, sign * Math.sqrt(1 / 12)],
          weight: o.weight * weight,
        })),
      ),
    );
  return outcomes;
}
