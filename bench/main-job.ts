/**
 * Where the main job spends its processor time: cells of `meanfield verify` by kind, phase and width. A few cells of each sort are
 * run on one thread and stand for the rest. Run by `npx tsx bench/main-job.ts [file, default examples/banknote.json] [seconds a sort, default 0.6]`.
 */
import { type CellInput, type CellKind, runCell } from '../src/experiment/cells/index.ts';
import { TWIN_PARTS } from '../src/experiment/cells/twins.ts';
import { readExperiment } from '../src/experiment/experiment.ts';
import { shareDescription } from '../src/experiment/run/share.ts';
import { FULL_BUDGET } from '../src/experiment/verify/budget.ts';
import {
  clockOf,
  controlInputs,
  curveInputsOf,
  limitsOf,
  networkCellsOf,
  oracleInputsOf,
  pathCellsOf,
  referenceInput,
} from '../src/experiment/verify/inputs.ts';
import { scenarioOf } from '../src/experiment/verify/scenario.ts';
import { twinPlanner } from '../src/experiment/verify/twin-plan.ts';
import { PHASE_IDS } from '../src/index.ts';

const file = process.argv[2] ?? 'examples/banknote.json';
const least = Number(process.argv[3] ?? 0.6);
const experiment = await readExperiment(file);
const { horizon } = experiment;
const { seed } = experiment;
const common = { task: shareDescription(experiment.description), seed, budget: FULL_BUDGET };
const planOf = twinPlanner(experiment.task, horizon, seed);

interface Row {
  readonly kind: CellKind;
  readonly what: string;
  readonly cells: number;
  readonly seconds: number;
}
const rows: Row[] = [];

/** Processor time of all these cells, from as many of them as `least` seconds allow. */
async function cost<K extends CellKind>(kind: K, what: string, inputs: readonly CellInput<K>[]): Promise<void> {
  if (inputs.length === 0) return;
  await runCell(kind, inputs[0]!);
  const begin = process.cpuUsage();
  const spent = () => {
    const { user, system } = process.cpuUsage(begin);
    return (user + system) / 1e6;
  };
  let run = 0;
  while (run < inputs.length && (run === 0 || spent() < least)) await runCell(kind, inputs[run++]!);
  // The last cell of a list is often a short one: it counts as a whole one here.
  const row = { kind, what, cells: inputs.length, seconds: (spent() * inputs.length) / run };
  rows.push(row);
  console.log(
    `${kind.padEnd(17)} ${what.padEnd(28)} ${String(row.cells).padStart(5)} cells ${row.seconds.toFixed(2)} s`,
  );
}

const scenarios = PHASE_IDS.map((id) => scenarioOf(id, horizon));
const references = new Map<string, { values: Float64Array; times: Float64Array }>();
for (const phase of limitsOf(scenarios)) {
  const inputs = Array.from({ length: FULL_BUDGET.referenceClouds }, (_, cloud) =>
    referenceInput(phase, cloud, horizon, common),
  );
  const values = await runCell('verify-reference', inputs[0]!);
  references.set(phase.id, { values, times: inputs[0]!.times });
  await cost('verify-reference', phase.id, inputs);
}
for (const scenario of scenarios) {
  const { id } = scenario.phase;
  const { values: reference, times } = references.get(id)!;
  const plan = planOf(scenario.phase);
  const networks = networkCellsOf(scenario, horizon).map((cell) => ({ ...cell, ...common, plan }));
  for (const width of scenario.widths)
    await cost(
      'verify-networks',
      `${id} ${width}`,
      networks.filter((input) => input.width === width),
    );
  const directions = new Float64Array(8 * TWIN_PARTS * plan.samples.length).fill(1);
  const laws = scenario.widths.map((width) => ({ clock: clockOf(scenario, width, horizon), directions }));
  await cost('verify-controls', id, controlInputs(scenario.phase, { plan, laws }, common));
  await cost('verify-curves', id, curveInputsOf(scenario, horizon, common));
  const paths = pathCellsOf(scenario, horizon, FULL_BUDGET).map((cell) => ({ ...cell, ...common, reference, times }));
  for (const width of scenario.widths)
    await cost(
      'verify-paths',
      `${id} ${width}`,
      paths.filter((input) => input.width === width),
    );
  await cost(
    'verify-oracle',
    `${id} networks`,
    oracleInputsOf(scenario, horizon, common).filter(({ system }) => system.kind === 'network'),
  );
  await cost(
    'verify-oracle',
    `${id} limit`,
    oracleInputsOf(scenario, horizon, common).filter(({ system }) => system.kind === 'limit'),
  );
}
const total = rows.reduce((sum, { seconds }) => sum + seconds, 0);
for (const kind of new Set(rows.map((row) => row.kind))) {
  const part = rows.filter((row) => row.kind === kind).reduce((sum, { seconds }) => sum + seconds, 0);
  console.log(`${kind.padEnd(17)} ${part.toFixed(1)} s, ${((100 * part) / total).toFixed(0)} %`);
}
console.log(`total ${total.toFixed(1)} s of processor time`);
