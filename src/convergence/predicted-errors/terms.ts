import type { PhaseId } from '../../dropout/index.ts';
import type { Pilot, PilotBatch } from './constants.ts';
import { meanOf } from './jackknife.ts';

/**
 * The standard deviation of predictions times √n at a width: n Var F = V + κ/n, a line through the two widths of the pilots. Where the
 * line falls below half of the wider pilot, it is left for the latter.
 */
export function fluctuationAt(width: number, [narrow, wide]: readonly Pilot[], batches: readonly PilotBatch[]): number {
  const [first, second] = meanOf(batches.map(({ fluctuation }) => fluctuation));
  const slope = (first! - second!) / (1 / narrow!.width - 1 / wide!.width);
  const value = second! + slope * (1 / width - 1 / wide!.width);
  return Math.sqrt(value > second! / 2 ? value : second!);
}

/**
 * The bias of a network against each limit with matched parameters (m), by one batch: sums of the terms that the limit leaves out
 * (docs/theory.md section 4.5), as vectors, so that they may cancel.
 */
export function biasVectors(network: Pilot, batch: PilotBatch): Record<PhaseId, number[]> {
  const { width: n, learningRate: tau, keepRate: q } = network;
  const lambda = (1 - q) / (q * n);
  const sum = (jump: number, jumpPenalized: number, penalty: number, step: number): number[] =>
    batch.width.map(
      (width, j) =>
        width / n +
        jump * batch.jump[j]! +
        jumpPenalized * batch.jumpPenalized[j]! +
        penalty * batch.penalty[j]! +
        step * batch.step[j]!,
    );
  return {
    'gradient-flow': sum(tau / q, 0, lambda, tau),
    'poisson-jump': sum(0, 0, lambda, tau),
    'bernoulli-jump': sum(0, 0, lambda, 0),
    'penalized-flow': sum(0, tau / q, 0, tau),
    'penalized-jump': sum(0, 0, 0, tau),
  };
}
