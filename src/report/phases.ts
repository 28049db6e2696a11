import type { PhaseId } from './types.ts';

/** How a phase is shown to a reader. */
export interface PhaseDescription {
  readonly name: string;
  /** The condition on τ and q as n → ∞. */
  readonly condition: string;
  /** The motion of one limit neuron. */
  readonly limit: string;
  /** Whether a limit neuron moves by jumps. */
  readonly jumps: boolean;
}

/** The five phases, in words (docs/theory.md, "phases"). */
export const PHASE_DESCRIPTIONS: Readonly<Record<PhaseId, PhaseDescription>> = {
  'gradient-flow': {
    name: 'Gradient flow',
    condition: 'τ/q → 0, qn → ∞',
    limit: 'ẋ = −∇V[μₜ](x)',
    jumps: false,
  },
  'poisson-jump': {
    name: 'Poisson jumps',
    condition: 'τ → 0, τ/q → α, qn → ∞',
    limit: 'x jumps to x − α∇V[μₜ](x) at the times of a Poisson clock of rate 1/α',
    jumps: true,
  },
  'bernoulli-jump': {
    name: 'Bernoulli jumps',
    condition: 'τ and q fixed',
    limit: 'x jumps to x − (τ/q)∇V[μₖ](x) with probability q at each step k',
    jumps: true,
  },
  'penalized-flow': {
    name: 'Penalized flow',
    condition: 'τ/q → 0, qn → c',
    limit: 'ẋ = −Dφ(x)ᵀ E[r(S_c(x, μₜ))]; for the squared loss ẋ = −∇(V[μₜ] + ‖φ‖²/(2c))(x)',
    jumps: false,
  },
  'penalized-jump': {
    name: 'Penalized jumps',
    condition: 'τ/q → α, qn → c',
    limit: 'x jumps to x − α Dφ(x)ᵀ r(S_c(x, μₜ)) at the times of a Poisson clock of rate 1/α',
    jumps: true,
  },
};
