import { type Distance, empiricalView } from '../../measure/index.ts';
import type { LearningTask } from '../../network/index.ts';
import type { CoupledPair } from './coupling.ts';

/** The two sides at a moment. */
export interface CoupledMoment {
  /** Mean-field time. */
  readonly time: number;
  /** max ‖X_i - X̄_i‖ over the comparisons so far, one number a pair. */
  readonly pathErrors: Float64Array;
  /** Their mean: the path error E sup_t ‖X - X̄‖ of docs/theory.md section 4.3. */
  readonly meanPathError: number;
  /** (1/n) Σ ‖X_i - X̄_i‖ now, at least W₁ of the paired clouds. */
  readonly meanDistance: number;
  /** ((1/n) Σ ‖X_i - X̄_i‖²)^(1/2) now, at least W₂. */
  readonly rootMeanSquareDistance: number;
  /** The distance that was asked for, between the whole clouds. */
  readonly distance?: number;
  /** F of the two clouds, length m each. */
  readonly predictions: readonly [Float64Array, Float64Array];
  /** ‖F - F̄‖_ν, between the two clouds. */
  readonly predictionError: number;
  /** ‖F - F(μ_t)‖_ν of the first side against the law of the limit, where the coupling knows it. */
  readonly limitPredictionError?: number;
}

/** Compares the sides of a pair, and remembers the largest differences. */
export interface PairMeter {
  /** False if a particle of either side is not finite. */
  compare(): boolean;
  pathErrors(): Float64Array;
  measure(time: number, distance?: Distance): CoupledMoment;
}

export function pairMeter(task: LearningTask, pair: CoupledPair): PairMeter {
  const p = task.neuron.dimension;
  const { first, second, pairs, reference } = pair;
  const kernel = task.neuron.kernel();
  const squares = new Float64Array(pairs);
  const largest = new Float64Array(pairs);
  const compare = (): boolean => {
    squaredDistancesInto(first.particles, second.particles, p, squares);
    let sum = 0;
    for (let i = 0; i < pairs; i++) {
      sum += squares[i]!;
      if (squares[i]! > largest[i]!) largest[i] = squares[i]!;
    }
    return Number.isFinite(sum);
  };
  const predict = ({ particles, count }: CoupledPair['first']): Float64Array => {
    const out = new Float64Array(task.neuron.samples);
    kernel.forward(particles, null, count, out);
    return out.map((sum) => sum / count);
  };
  return {
    compare,
    pathErrors: () => largest.map(Math.sqrt),
    measure(time, distance) {
      compare();
      const predictions = [predict(first), predict(second)] as const;
      const pathErrors = largest.map(Math.sqrt);
      let limit: Float64Array | undefined;
      if (reference !== undefined) {
        limit = new Float64Array(reference.size);
        reference.at(time, limit);
      }
      return {
        time,
        pathErrors,
        meanPathError: mean(pathErrors),
        meanDistance: mean(squares.map(Math.sqrt)),
        rootMeanSquareDistance: Math.sqrt(mean(squares)),
        ...(distance && {
          distance: distance(empiricalView(first.particles, p), empiricalView(second.particles, p)),
        }),
        predictions,
        predictionError: weightedNorm(task, predictions[0], predictions[1]),
        ...(limit && { limitPredictionError: weightedNorm(task, predictions[0], limit) }),
      };
    },
  };
}

/** ‖x_i - y_i‖² by row; exactly 0 for equal rows. */
function squaredDistancesInto(x: Float64Array, y: Float64Array, p: number, out: Float64Array): void {
  for (let i = 0, read = 0; i < out.length; i++) {
    let sum = 0;
    for (let k = 0; k < p; k++, read++) sum += (x[read]! - y[read]!) ** 2;
    out[i] = sum;
  }
}

function mean(values: Float64Array): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

/** (Σ_j ν_j (f_j - g_j)²)^(1/2). */
function weightedNorm(task: LearningTask, f: Float64Array, g: Float64Array): number {
  return Math.sqrt(f.reduce((sum, value, j) => sum + task.weights[j]! * (value - g[j]!) ** 2, 0));
}
