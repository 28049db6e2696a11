import type { Checkpointable } from '../../base/bytes.ts';

/**
 * The Brownian motions that drive a run: `paths` independent standard ones, all 0 at the start. Path i·k + j is the j-th of
 * particle i (k per particle).
 *
 * A source can be asked about any interval after the last `forgetBefore`, in any order, and its answers belong to one path:
 * the increment over [a, c] is the one over [a, b] plus the one over [b, c]. That is what keeps rejected steps, root-finding
 * and several step sizes on the same path right.
 */
export interface BrownianSource extends Checkpointable {
  readonly paths: number;
  /** Writes W(to) − W(from), one number a path. from < to. */
  incrementInto(from: number, to: number, out: Float64Array): void;
  /**
   * The same, and the space-time area H = (1/h)∫(W_u − W_from − (u − from)/h · ΔW) du of each path over the interval of length
   * h: N(0, h/12) and independent of ΔW. ∫(W_u − W_from) du = h(ΔW/2 + H).
   */
  incrementAndAreaInto(from: number, to: number, increment: Float64Array, area: Float64Array): void;
  /** Promises that no interval that starts before `time` will be asked about again. */
  forgetBefore(time: number): void;
}
