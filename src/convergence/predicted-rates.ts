import type { PhaseId, ScalingLaw } from '../dropout/phase/index.ts';

/** One term of an error bound along a power law: it falls like n^exponent. */
export interface RateTerm {
  /** As in docs/theory.md section 4, e.g. `(τ/q)^(1/2)`. */
  readonly name: string;
  /** Negative; 0 for a term that does not vanish. */
  readonly exponent: number;
}

/** The predicted rates of a phase along a power law. */
export interface PredictedRates {
  /** E sup_t ‖X - X̄‖ of a coupled neuron; of penalized jumps, with coupled partners. */
  readonly path: readonly RateTerm[];
  /** Root mean square of the predictions around their mean. */
  readonly fluctuation: readonly RateTerm[];
  /** Norm of the mean predictions' distance from the limit. */
  readonly bias: readonly RateTerm[];
  /** Norm of the distance between the mean predictions of dropout and of random geometry. */
  readonly randomGeometryGap: readonly RateTerm[];
}

/**
 * The table of docs/theory.md section 4 along τ_n = τ₀ n^(-a), q_n = q₀ n^(-b): the exponent of each term. In the jump phases
 * τ/q = α at every width, in the penalized ones q = c/n, so that λ_n - 1/c = -1/n.
 */
export function predictedRates(phase: PhaseId, law: ScalingLaw): PredictedRates {
  const a = law.learningRateExponent;
  const b = law.keepRateExponent;
  const fluctuation = [term('n^(−1/2)', -0.5)];
  const [step, penalty, jump] = [term('τ', -a), term('λ_n', b - 1), term('τ/q', b - a)];
  const chaos = term('1/n', -1);
  switch (phase) {
    case 'gradient-flow':
      return {
        path: [...fluctuation, term('(τ/q)^(1/2)', (b - a) / 2), penalty, step],
        fluctuation,
        bias: [jump, penalty, chaos],
        randomGeometryGap: [penalty],
      };
    case 'poisson-jump':
      return {
        path: [...fluctuation, term('(qn)^(−1/2)', (b - 1) / 2), step],
        fluctuation,
        bias: [penalty, step],
        randomGeometryGap: [penalty],
      };
    case 'bernoulli-jump':
      return { path: fluctuation, fluctuation, bias: [chaos], randomGeometryGap: [term('λ_n', -1)] };
    case 'penalized-flow':
      return {
        path: [...fluctuation, term('(τ/q)^(1/2)', (b - a) / 2), term('λ_n − 1/c', -1)],
        fluctuation,
        bias: [jump, term('λ_n − 1/c', -1), chaos],
        randomGeometryGap: [term('1', 0)],
      };
    case 'penalized-jump':
      return {
        path: [chaos, term('λ_n − 1/c', -1)],
        fluctuation,
        bias: [chaos, term('λ_n − 1/c', -1)],
        randomGeometryGap: [term('1', 0)],
      };
  }
}

/** The exponent of the terms that fall slowest, which rule at large widths, and these terms. */
export function rulingTerms(terms: readonly RateTerm[]): {
  readonly exponent: number;
  readonly names: readonly string[];
} {
  const exponent = Math.max(...terms.map((each) => each.exponent));
  return { exponent, names: terms.filter((each) => each.exponent === exponent).map(({ name }) => name) };
}

function term(name: string, exponent: number): RateTerm {
  return { name, exponent };
}
