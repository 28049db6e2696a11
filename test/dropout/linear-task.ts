import {
  type InitialLaw,
  independentNormals,
  type LearningTask,
  learningTask,
  linearNeuron,
} from '../../src/network/index.ts';

/** φ(x) = x, one sample, squared loss: the task that docs/theory.md section 5 solves. Default start N(0, 1). */
export function linearTask(target: number, initial: InitialLaw = independentNormals([1])): LearningTask {
  return learningTask({ neuron: linearNeuron({ inputs: [[1]] }), targets: [target], initial });
}

/** M, S and P of a set of points. */
export function momentsOf(points: ArrayLike<number>): { mean: number; secondMoment: number; squaredMean: number } {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < points.length; i++) {
    sum += points[i]!;
    squares += points[i]! * points[i]!;
  }
  return { mean: sum / points.length, secondMoment: squares / points.length, squaredMean: (sum / points.length) ** 2 };
}

export const MOMENTS = ['mean', 'secondMoment', 'squaredMean'] as const;
