import { expect, test } from 'vitest';
import { asMatrix } from '../../src/base/arrays.ts';
import { fluctuations } from '../../src/convergence/index.ts';
import { runCell } from '../../src/experiment/cells/index.ts';
import { buildTask, type TaskDescription } from '../../src/experiment/task.ts';
import { FULL_BUDGET } from '../../src/experiment/verify/budget.ts';
import { controlledRows } from '../../src/experiment/verify/controlled.ts';
import { controlledFluctuations } from '../../src/experiment/verify/controlled-fluctuations.ts';
import { controlledGap } from '../../src/experiment/verify/controls.ts';
import { networkCellsOf } from '../../src/experiment/verify/inputs.ts';
import { measureNetworks, type RunCells } from '../../src/experiment/verify/measure-networks.ts';
import { meanRow } from '../../src/experiment/verify/rows.ts';
import { scenarioOf } from '../../src/experiment/verify/scenario.ts';
import { twinPlanner } from '../../src/experiment/verify/twin-plan.ts';

const task: TaskDescription = {
  network: { neuron: 'perceptron', activation: 'tanh' },
  loss: 'squared',
  inputs: { data: Float64Array.from({ length: 12 }, (_, k) => Math.sin(1 + 3 * k)), rows: 6, columns: 2 },
  targets: Float64Array.of(1, -1, 1, 1, -1, 0.5),
  initial: { outer: { normal: 1 }, inner: { normal: 1 } },
};

const run: RunCells = async (kind, inputs) => {
  const out = [];
  for (const input of inputs) out.push(await runCell(kind, input));
  return out;
};

const deviation = (rows: readonly number[]) => {
  const mean = rows.reduce((sum, v) => sum + v, 0) / rows.length;
  return Math.sqrt(rows.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (rows.length - 1) / rows.length);
};

// With and without control variates the same replicates estimate the same numbers. Their difference has less noise than the plain estimate: five of its
// standard errors are passed with probability below 6e-7 each.
test.each(['bernoulli-jump', 'penalized-jump'] as const)('control variates of %s move no estimate', async (id) => {
  const horizon = 2;
  const widths = [8, 12, 24];
  const scenario = scenarioOf(id, horizon, widths);
  const budget = {
    ...FULL_BUDGET,
    controlPieces: 4,
    penalizedControlPieces: 4,
    controlTwins: 4096,
    covarianceTwins: 4096,
  };
  const cells = networkCellsOf(scenario, horizon).map((cell) => ({ ...cell, chunk: { ...cell.chunk, count: 700 } }));
  const some = widths.flatMap((width) => cells.filter((cell) => cell.width === width).slice(0, 2));
  const built = buildTask(task);
  const plan = twinPlanner(built, horizon, 1)(scenario.phase);
  const samples = await measureNetworks(scenario, some, plan, { horizon, common: { task, seed: 2, budget }, run });
  for (const sample of samples) {
    const { dropout, controls, covariances, centred, randomGeometry } = sample;
    const plain = fluctuations([dropout], { weights: built.weights });
    const controlled = controlledFluctuations([{ rows: dropout, controls: controls.rows, covariances }], built.weights);
    const [was, is] = [plain, controlled].map(({ covariance }) => Math.sqrt(covariance[0]!)) as [number, number];
    expect(Math.abs(plain.values[0]! - controlled.values[0]!)).toBeLessThan(5 * was);
    expect(is).toBeLessThan(0.85 * was);
    const [R, m] = dropout.shape as [number, number];
    const column = (matrix: typeof dropout, j: number) =>
      Array.from({ length: matrix.shape[0]! }, (_, r) => matrix.data[r * m + j]!);
    for (const rows of [controlledRows(dropout, controls.rows), controlledRows(dropout, centred)])
      for (let j = 0; j < m; j++) {
        const error = deviation(column(dropout, j));
        expect(Math.abs(meanRow(rows)[j]! - meanRow(dropout)[j]!)).toBeLessThan(5 * error);
        expect(deviation(column(rows, j))).toBeLessThan(0.9 * error);
      }
    const pairs = randomGeometry.shape[0]!;
    if (pairs === 0) continue;
    const first = asMatrix(dropout.data.slice(0, pairs * m), pairs, m);
    const gap = controlledGap(sample);
    for (let j = 0; j < m; j++) {
      const plainGap = column(first, j).map((value, r) => value - column(randomGeometry, j)[r]!);
      const mean = plainGap.reduce((sum, v) => sum + v, 0) / pairs;
      expect(Math.abs(meanRow(gap)[j]! - mean)).toBeLessThan(5 * deviation(plainGap));
      expect(deviation(column(gap, j))).toBeLessThan(0.9 * deviation(plainGap));
    }
    expect(R).toBeGreaterThan(600);
  }
});
