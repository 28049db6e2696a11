import type { JumpDriver } from './jump-images.ts';

/**
 * Laws that can be mixed and pushed forward by jumps: all that the time schemes of jump phases need (docs/theory.md section 3.2). Laws
 * are not changed by any of these.
 */
export interface MixtureSpace<Law> {
  /** What drives the jumps of neurons under this law. */
  driverOf(law: Law): JumpDriver;
  /** The law of a neuron after a jump. */
  push(law: Law, driver: JumpDriver): Law;
  /** Σ_j weights[j] laws[j], weights nonnegative of sum 1; terms of weight 0 are left out. */
  mix(weights: readonly number[], laws: readonly Law[]): Law;
  /** The same law in the storage that it may have between steps. */
  settle(law: Law): Law;
}
