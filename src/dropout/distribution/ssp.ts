import type { DistributionSchemeName } from './time-scheme.ts';

/** One stage: u = Σ_j kept[j] u_j + h Σ_j moved[j] L(u_j) over the start u_0 and the stages before. */
interface Stage {
  readonly kept: readonly number[];
  readonly moved: readonly number[];
}

/**
 * Explicit Runge–Kutta methods as convex combinations of Euler steps (C.-W. Shu, S. Osher, J. Comput. Phys. 77, 1988;
 * the five-stage method: R. J. Spiteri, S. J. Ruuth, SIAM J. Numer. Anal. 40, 2002). What an Euler step of length e keeps, such as
 * positivity, a step of length `limit` e keeps.
 */
export interface StrongStabilityMethod {
  readonly stages: readonly Stage[];
  /** The longest step in units of the longest Euler step. */
  readonly limit: number;
}

export const SSP_METHODS: Readonly<Partial<Record<DistributionSchemeName, StrongStabilityMethod>>> = {
  euler: { limit: 1, stages: [{ kept: [1], moved: [1] }] },
  heun: {
    limit: 1,
    stages: [
      { kept: [1], moved: [1] },
      { kept: [0.5, 0.5], moved: [0, 0.5] },
    ],
  },
  'ssp-rk3': {
    limit: 1,
    stages: [
      { kept: [1], moved: [1] },
      { kept: [0.75, 0.25], moved: [0, 0.25] },
      { kept: [1 / 3, 0, 2 / 3], moved: [0, 0, 2 / 3] },
    ],
  },
  'ssp-rk4': {
    limit: 1.508,
    stages: [
      { kept: [1], moved: [0.39175222657189] },
      { kept: [0.444370493651235, 0.555629506348765], moved: [0, 0.368410593050371] },
      { kept: [0.620101851488403, 0, 0.379898148511597], moved: [0, 0, 0.251891774271694] },
      { kept: [0.178079954393132, 0, 0, 0.821920045606868], moved: [0, 0, 0, 0.544974750228521] },
      {
        // The third is rounded so that the row has sum 1.
        kept: [0, 0, 0.517231671970585, 0.096059710526147, 1 - 0.517231671970585 - 0.096059710526147],
        moved: [0, 0, 0, 0.06369246866629, 0.226007483236906],
      },
    ],
  },
};
