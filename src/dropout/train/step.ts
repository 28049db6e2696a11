import type { FiniteNetwork } from './network.ts';

/** A set of neurons: the first `count` entries of `indices`, increasing. */
export interface ActiveSet {
  readonly indices: Int32Array;
  count: number;
}

/**
 * One step of a variant (docs/theory.md section 9). `active` is the mask; `backward` is the second, independent one,
 * which only `independent-masks` reads. Returns false, and leaves the particles alone, if the network has diverged.
 */
export type VariantStep = (active: ActiveSet, backward: ActiveSet) => boolean;

/** Prepares a variant's step on a network. */
export type VariantStepFactory = (network: FiniteNetwork) => VariantStep;
