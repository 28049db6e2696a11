import { describe, expect, it } from 'vitest';
import type { Calculus, MeanFieldProcess } from '../../src/process/index.ts';
import { stream } from '../../src/random/index.ts';
import { schemeTable } from '../../src/scheme/index.ts';
import { solve } from '../../src/solve/index.ts';
import { forcedOscillator } from '../problems/forced-oscillator.ts';
import { logisticMeanFieldFlow } from '../problems/logistic-mean-field-flow.ts';
import { fitExactOrder } from './fit-exact-order.ts';

/** The flow as an SDE whose noise is 0; it is called additive so that every scheme takes it. */
function withoutNoise(process: MeanFieldProcess, calculus: Calculus): MeanFieldProcess {
  const none = (_x: Float64Array, _s: Float64Array, _t: number, out: Float64Array) => {
    out.fill(0);
  };
  return { ...process, diffusion: { noise: 'scalar', calculus, additive: true, particle: none } };
}

const rows = schemeTable.filter((row) => row.make(1).info.problems.includes('sde'));

describe.each(rows.map((row) => [row.factory, row] as const))('the limit without noise of %s', (_name, row) => {
  const { calculus, deterministicOrder } = row.make(1).info;
  const run = (process: MeanFieldProcess, initial: number[][], until: number, step: number) =>
    solve(withoutNoise(process, calculus === 'stratonovich' ? calculus : 'ito'), {
      initial,
      until,
      scheme: row.make(step),
      rng: stream(1),
    }).final;

  it.each([
    [
      'a forced oscillator',
      (step: number) => {
        const { process, initial, until, exact } = forcedOscillator();
        return run(process, initial, until, step).get(0, 0) - exact(until)[0];
      },
    ],
    [
      'a mean-field flow that is nonlinear in its statistic',
      (step: number) => {
        const problem = logisticMeanFieldFlow();
        const initial = problem.initial(5);
        return run(problem.process, initial, problem.until, step).get(0, 0) - problem.exact(initial, problem.until)[0]!;
      },
    ],
  ] as const)('has its declared order on %s', (_problem, errorAt) => {
    const data = [4, 5, 6, 7, 8].map((k) => ({ step: 2 ** -k, error: errorAt(2 ** -k) }));
    const { order, within } = fitExactOrder(data);
    expect(within).toBeLessThan(0.2);
    expect(Math.abs(order - (deterministicOrder as number))).toBeLessThanOrEqual(within);
  });
});
