/**
 * Which of `count` neurons are updated at each step: the masks B_i^k for k = 0, 1, …
 *
 * A clock is a function of its stream's name, not of its state: any step can be asked for in any order, any number of
 * times, with the same answer. So a finite network and its limit can run on one clock without storing it.
 */
export interface StepClock {
  /** n, the number of neurons. */
  readonly count: number;
  /** q, the probability that a neuron is updated at a step, independently of all others and of all other steps. */
  readonly keepRate: number;
  /** Writes the sorted indices of the neurons updated at `step` to the head of `out` (capacity `count`); returns their number. */
  activeInto(step: number, out: Int32Array): number;
}
