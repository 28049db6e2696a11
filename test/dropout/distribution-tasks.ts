import {
  type Phase,
  phaseBernoulliJump,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
} from '../../src/dropout/index.ts';
import {
  customNeuron,
  independentNormals,
  type LearningTask,
  type Loss,
  learningTask,
  linearNeuron,
  perceptron,
  perceptronNormals,
  squaredLoss,
} from '../../src/network/index.ts';

/** One phase of each kind. */
export const FLOWS: readonly Phase[] = [phaseGradientFlow(), phasePenalizedFlow({ activeCount: 2 })];
export const JUMPS: readonly Phase[] = [
  phasePoissonJump({ jumpSize: 0.5 }),
  phaseBernoulliJump({ learningRate: 0.25, keepRate: 0.4 }),
  phasePenalizedJump({ jumpSize: 0.4, activeCount: 2 }),
];

const SLOPES = [-1, 0.4, 1.3];

/** φ_j(x) = tanh(s_j x + 0.3 j): a tanh neuron with one parameter. */
export function tanhLine(loss: Loss = squaredLoss): LearningTask {
  const neuron = customNeuron({
    dimension: 1,
    samples: 3,
    features(x, out) {
      SLOPES.forEach((slope, j) => {
        out[j] = Math.tanh(slope * x[0]! + 0.3 * j);
      });
    },
    pullBack(x, r, out) {
      out[0] = 0;
      SLOPES.forEach((slope, j) => {
        out[0]! += r[j]! * slope * (1 - Math.tanh(slope * x[0]! + 0.3 * j) ** 2);
      });
    },
  });
  const targets = loss.name === 'logistic' ? [-1, 1, 1] : [-0.8, 0.5, 0.3];
  return learningTask({ neuron, loss, targets, initial: independentNormals([0.8], [0.3]) });
}

/** a tanh(bz) on three inputs: two parameters. */
export function tanhPlane(loss: Loss = squaredLoss): LearningTask {
  return learningTask({
    neuron: perceptron({ inputs: [[-1.2], [0.4], [1]] }),
    loss,
    targets: loss.name === 'logistic' ? [-1, 1, 1] : [-0.5, 0.9, 0.2],
    initial: perceptronNormals({ dimension: 2, outer: 0.8, inner: 0.8 }),
  });
}

/** a tanh(bz + bias) on four inputs: three parameters. */
export function tanhSpace(loss: Loss = squaredLoss): LearningTask {
  return learningTask({
    neuron: perceptron({ inputs: [[-1.5], [-0.5], [0.5], [1.5]], bias: true }),
    loss,
    targets: loss.name === 'logistic' ? [-1, 1, 1, -1] : [-1, 0.5, 0.8, -0.3],
    initial: perceptronNormals({ dimension: 3 }),
  });
}

/** φ(x) = Zx with p parameters and p + 1 samples of unequal weight. */
export function linearSpace(p: number): LearningTask {
  const inputs = Array.from({ length: p + 1 }, (_, j) =>
    Array.from({ length: p }, (_, k) => Math.cos(1 + 2 * j + 3 * k)),
  );
  return learningTask({
    neuron: linearNeuron({ inputs }),
    targets: inputs.map((_, j) => 0.8 - 0.5 * j),
    weights: inputs.map((_, j) => 1 + j),
    initial: independentNormals(
      Array.from({ length: p }, (_, k) => 0.7 + 0.2 * k),
      Array.from({ length: p }, (_, k) => 0.4 - 0.3 * k),
    ),
  });
}

/** The largest difference of two vectors. */
export function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let k = 0; k < a.length; k++) largest = Math.max(largest, Math.abs(a[k]! - b[k]!));
  return largest;
}

/** The least-squares slope of log error against log resolution. */
export function fittedOrder(resolutions: readonly number[], errors: readonly number[]): number {
  const x = resolutions.map(Math.log);
  const y = errors.map(Math.log);
  const mean = (v: readonly number[]) => v.reduce((a, b) => a + b) / v.length;
  const [mx, my] = [mean(x), mean(y)];
  return (
    x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0) /
    x.reduce((sum, value) => sum + (value - mx) ** 2, 0)
  );
}
