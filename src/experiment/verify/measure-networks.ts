import type { CellInput, CellKind, CellOutput } from '../cells/index.ts';
import { TWIN_PARTS, type TwinPlan } from '../cells/twins.ts';
import { centredCombinations, controlSample } from './controls.ts';
import { controlDirections } from './directions.ts';
import { type Common, clockOf, controlInputs, type NetworkCell } from './inputs.ts';
import type { WidthSample } from './measurements.ts';
import { joined, rowsOf } from './rows.ts';
import type { Scenario } from './scenario.ts';

/** Runs cells under a label that progress is shown by. */
export type RunCells = <K extends CellKind>(
  kind: K,
  inputs: readonly CellInput<K>[],
  label: string,
) => Promise<CellOutput<K>[]>;

/** Networks of all widths of a phase, and the laws of their control variates, whose combinations they choose. */
export async function measureNetworks(
  scenario: Scenario,
  cells: readonly NetworkCell[],
  plan: TwinPlan,
  { horizon, common, run }: { readonly horizon: number; readonly common: Common; readonly run: RunCells },
): Promise<WidthSample[]> {
  const { phase, widths } = scenario;
  const { task, seed } = common;
  const networks = await run(
    'verify-networks',
    cells.map((cell) => ({ ...cell, task, seed, plan })),
    `networks, ${phase.id}`,
  );
  const m = task.inputs.rows;
  const size = TWIN_PARTS * plan.samples.length;
  const samples = widths.map((width) => {
    const mine = networks.filter((_, c) => cells[c]!.width === width);
    return {
      width,
      rows: rowsOf(joined(mine.map(({ dropout }) => dropout)), m),
      twins: rowsOf(joined(mine.map(({ twins }) => twins)), size),
      randomGeometry: rowsOf(joined(mine.map(({ randomGeometry }) => randomGeometry)), m),
      forwardNoise: rowsOf(joined(mine.map(({ forwardNoise }) => forwardNoise)), 2 * plan.samples.length),
    };
  });
  const directions = controlDirections(samples);
  const laws = widths.map((width, w) => ({
    clock: clockOf(scenario, width, horizon),
    directions: directions[w]!.all,
  }));
  const pieces = await run('verify-controls', controlInputs(phase, { plan, laws }, common), `controls, ${phase.id}`);
  return samples.map(({ width, rows, twins, randomGeometry, forwardNoise }, w) => {
    const { all, known } = directions[w]!;
    const means = pieces.map((piece) => piece[w]!.mean);
    return {
      width,
      dropout: rows,
      controls: controlSample(twins, all, means),
      // A network is the mean of its twins.
      covariances: pieces.map((piece) => piece[w]!.covariance.map((value) => value / width)),
      centred: centredCombinations(twins, known, plan.startMean),
      randomGeometry,
      forwardNoise,
    };
  });
}
