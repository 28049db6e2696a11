import type { JumpDriver } from './jump-images.ts';
import type { MixtureSpace } from './mixture-space.ts';
import { poissonProbabilities } from './poisson-quantiles.ts';
import { SSP_METHODS, type StrongStabilityMethod } from './ssp.ts';
import type { DistributionSchemeName } from './time-scheme.ts';

/** One step of ∂_t μ = (1/α)(T_μ# μ − μ) of length h. */
export type JumpStep<Law> = (law: Law, h: number) => Law;

/** The time schemes of Poisson jumps. Longer steps than keep masses positive are divided. */
export function jumpStepper<Law>(
  space: MixtureSpace<Law>,
  jumpSize: number,
  scheme: DistributionSchemeName,
): JumpStep<Law> {
  if (scheme === 'exponential') return (law, h) => exponentialStep(space, law, h / jumpSize);
  const method = SSP_METHODS[scheme]!;
  return (law, h) => {
    const parts = Math.ceil((h / (method.limit * jumpSize)) * (1 - 1e-12));
    const ratio = Math.min(h / (parts * jumpSize), method.limit);
    let next = law;
    for (let i = 0; i < parts; i++) next = convexStep(space, method, next, ratio);
    return next;
  };
}

/** μ⁺ = (1 − q) μ + q T_μ# μ, exactly. */
export function bernoulliStep<Law>(space: MixtureSpace<Law>, law: Law, keepRate: number): Law {
  const pushed = space.push(law, space.driverOf(law));
  return space.settle(space.mix([1 - keepRate, keepRate], [law, pushed]));
}

/** In a stage an Euler part kept·u + moved·h/α (Tu − u) is a mixture of u and Tu. */
function convexStep<Law>(space: MixtureSpace<Law>, method: StrongStabilityMethod, start: Law, ratio: number): Law {
  const laws: Law[] = [start];
  const pushed: (Law | undefined)[] = [];
  for (const { kept, moved } of method.stages) {
    const weights: number[] = [];
    const parts: Law[] = [];
    kept.forEach((share, j) => {
      const jumping = moved[j]! * ratio;
      weights.push(Math.max(0, share - jumping));
      parts.push(laws[j]!);
      if (jumping === 0) return;
      pushed[j] ??= space.push(laws[j]!, space.driverOf(laws[j]!));
      weights.push(jumping);
      parts.push(pushed[j]);
    });
    laws.push(space.settle(space.mix(weights, parts)));
  }
  return laws[laws.length - 1]!;
}

/**
 * Uniformization with the driver of a law predicted at the midpoint: e^(ratio (T − 1)) = Σ_k P(N = k) T^k with N ~ Poisson(ratio), exact
 * for a fixed T, so that second order comes from the midpoint (docs/theory.md section 8.3).
 */
function exponentialStep<Law>(space: MixtureSpace<Law>, law: Law, ratio: number): Law {
  const middle = space.driverOf(uniformized(space, law, ratio / 2, space.driverOf(law)));
  return space.settle(uniformized(space, law, ratio, middle));
}

function uniformized<Law>(space: MixtureSpace<Law>, law: Law, ratio: number, driver: JumpDriver): Law {
  const weights = poissonProbabilities(ratio);
  const laws = [law];
  while (laws.length < weights.length) laws.push(space.settle(space.push(laws[laws.length - 1]!, driver)));
  return space.mix([...weights], laws);
}
