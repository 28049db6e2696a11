import type { Checkpointable } from '../../base/bytes.ts';
import type { Stream } from '../../random/stream.ts';

/**
 * Unit-rate Poisson processes, one for every (particle, jump), in internal time u = ∫λ dt (T. G. Kurtz's random time change):
 * a jump with rate λ fires when its internal time meets a ring. Can be asked about any interval in any order, always with the
 * same answer; so different schemes, step sizes, widths and limits can share the same clocks.
 */
export interface PoissonClocks extends Checkpointable {
  /** The first ring after internal time u. */
  nextAfter(particle: number, jump: number, u: number): number;
  /** The number of rings in (from, to]. */
  countBetween(particle: number, jump: number, from: number, to: number): number;
  /** The stream for the marks and partners of the ring at u: the same whoever asks. */
  marksAt(particle: number, jump: number, u: number): Stream;
}
