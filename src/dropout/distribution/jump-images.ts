import { type LearningTask, residualInto } from '../../network/index.ts';
import type { Stream } from '../../random/index.ts';
import type { Phase } from '../phase/index.ts';
import { PartnerSums } from './partner-sums.ts';
import { curvatures, jumpSizeOf } from './penalty.ts';

/** What a law does to a jumping neuron: the residual r(F(μ)), or sums over random partners `[K, m]`. */
export type JumpDriver = Float64Array;

/** The jump of a phase as a map of atoms. */
export interface JumpImages {
  /** K, the equally likely places where a neuron may land: 1 without partners. */
  readonly copies: number;
  /** What drives jumps under the law of these atoms. Draws partners where the phase has them. */
  driver(particles: Float64Array, weights: Float64Array): JumpDriver;
  /** Where jumping atoms land, a new array `[K, N, p]`. */
  images(particles: Float64Array, count: number, driver: JumpDriver): Float64Array;
}

/** x ↦ x − α Dφ(x)ᵀ r(F(μ)), or for penalized jumps x ↦ x − α Dφ(x)ᵀ r((φ(x) + S_k)/c) for K quasi-random S_k shared by all x. */
export function jumpImages(
  task: LearningTask,
  phase: Phase,
  options: { readonly partnerPoints: number; readonly rng: Stream | undefined },
): JumpImages {
  const alpha = jumpSizeOf(phase)!;
  if (phase.id === 'penalized-jump')
    return partnerImages(task, alpha, new PartnerSums(task, phase.activeCount, options.partnerPoints, options.rng!));
  const kernel = task.neuron.kernel();
  const predictions = new Float64Array(task.neuron.samples);
  return {
    copies: 1,
    driver(particles, weights) {
      kernel.forward(particles, null, weights.length, predictions, weights);
      const residual = new Float64Array(predictions.length);
      residualInto(task, predictions, residual);
      return residual;
    },
    images(particles, count, residual) {
      const out = particles.slice();
      kernel.forward(out, null, count, null);
      kernel.descend(out, residual, alpha);
      return out;
    },
  };
}

function partnerImages(task: LearningTask, alpha: number, sums: PartnerSums): JumpImages {
  const { loss, targets, weights: nu } = task;
  const { activeCount: c, points } = sums;
  const kernel = task.neuron.kernel();
  const m = nu.length;
  const penalty = loss.quadratic ? curvatures(task).map((value) => value / c) : undefined;
  return {
    copies: points,
    driver: (particles, weights) => sums.draw(particles, weights),
    images(particles, count, driver) {
      const size = particles.length;
      const out = new Float64Array(points * size);
      kernel.forward(particles, null, count, null);
      const residual = new Float64Array(m);
      const features = penalty === undefined ? new Float64Array(count * m) : undefined;
      if (features !== undefined) kernel.featuresInto(particles, features);
      const residuals = new Float64Array(features?.length ?? 0);
      for (let k = 0; k < points; k++) {
        const moved = out.subarray(k * size, (k + 1) * size);
        if (penalty !== undefined) {
          for (let j = 0; j < m; j++) residual[j] = nu[j]! * loss.derivative(driver[k * m + j]! / c, targets[j]!);
          kernel.pullBackInto(particles, residual, penalty, -alpha, moved);
          for (let i = 0; i < size; i++) moved[i]! += particles[i]!;
          continue;
        }
        for (let i = 0, read = 0; i < count; i++)
          for (let j = 0; j < m; j++, read++)
            residuals[read] = nu[j]! * loss.derivative((features![read]! + driver[k * m + j]!) / c, targets[j]!);
        moved.set(particles);
        kernel.forward(moved, null, count, null);
        kernel.descendEach(moved, residuals, alpha);
      }
      return out;
    },
  };
}
