import { describe, expect, it } from 'vitest';
import { schemeTable } from '../../src/scheme/index.ts';
import { solve } from '../../src/solve/index.ts';
import { forcedOscillator } from '../problems/forced-oscillator.ts';
import { logisticMeanFieldFlow } from '../problems/logistic-mean-field-flow.ts';
import { fitOrder } from './fit-order.ts';

/** Largest error over the final cloud. */
type ErrorAt = (row: (typeof schemeTable)[number], step: number) => number;

const oscillator: ErrorAt = (row, step) => {
  const { process, initial, until, exact } = forcedOscillator();
  const { final } = solve(process, { initial, until, scheme: row.make(step) });
  const [x, v] = exact(until);
  return Math.max(Math.abs(final.get(0, 0) - x), Math.abs(final.get(0, 1) - v));
};

const meanField: ErrorAt = (row, step) => {
  const problem = logisticMeanFieldFlow();
  const initial = problem.initial(5);
  const { final } = solve(problem.process, { initial, until: problem.until, scheme: row.make(step) });
  return Math.max(...problem.exact(initial, problem.until).map((x, i) => Math.abs(final.get(i, 0) - x)));
};

const flows = schemeTable.filter((row) => row.make(1).info.problems.includes('ode'));

describe.each(flows.map((row) => [row.factory, row] as const))('%s', (_name, row) => {
  const { deterministicOrder } = row.make(1).info;

  it.each([
    ['a forced oscillator', oscillator],
    ['a mean-field flow that is nonlinear in its statistic', meanField],
  ] as const)('has its declared order on %s', (_problem, errorAt) => {
    const data = [3, 4, 5, 6].map((k) => ({ step: 2 ** -k, error: errorAt(row, 2 ** -k), standardError: 0 }));
    const fitted = fitOrder(data, deterministicOrder as number);
    expect(fitted, `fitted ${fitted.slope} ± ${fitted.within}`).toMatchObject({ verdict: 'confirmed', used: 4 });
  });
});
