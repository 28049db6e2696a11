import type { MeanFieldProcess } from '../../src/process/index.ts';

/** A problem that carries its exact answer. */
export interface TestProblem {
  readonly name: string;
  readonly process: MeanFieldProcess;
  /** The start of a cloud of `count` particles, rows of length p. */
  readonly initial: (count: number) => number[][];
  readonly until: number;
  /** Exact expectations at `until`, of a function of one particle. */
  readonly expectations: readonly Expectation[];
}

export interface Expectation {
  readonly name: string;
  readonly of: (x: Float64Array) => number;
  readonly exact: number;
}

/** The same start for every particle. */
export function everyoneAt(...x: number[]): TestProblem['initial'] {
  return (count) => Array.from({ length: count }, () => x);
}

/** Average and standard error of a function over the rows of a cloud of independent particles. */
export function average(cloud: Float64Array, dimension: number, of: (x: Float64Array) => number) {
  const count = cloud.length / dimension;
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const value = of(cloud.subarray(i * dimension, (i + 1) * dimension));
    const delta = value - mean;
    mean += delta / (i + 1);
    squares += delta * (value - mean);
  }
  return { mean, standardError: Math.sqrt(squares / (count - 1) / count) };
}
