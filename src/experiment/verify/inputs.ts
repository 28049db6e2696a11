import type { Phase, PhaseId } from '../../dropout/phase/index.ts';
import type { Variant } from '../../dropout/variant.ts';
import type { CellInput } from '../cells/index.ts';
import type { Chunk } from '../run/chunks.ts';
import type { Budget } from './budget.ts';
import type { Scenario } from './scenario.ts';

/** Neuron updates of one cell: a fraction of a second. */
const UPDATES_PER_CELL = 60_000;

/** The limits that some scenarios need, each once. */
export function limitsOf(scenarios: readonly Scenario[]): Phase[] {
  const needed = new Map<PhaseId, Phase>();
  for (const { phase, unpenalized } of scenarios)
    for (const each of unpenalized === undefined ? [phase] : [phase, unpenalized]) needed.set(each.id, each);
  return [...needed.values()];
}

/** What all cells share. */
export interface Common extends Pick<CellInput<'verify-reference'>, 'task' | 'seed'> {
  readonly budget: Budget;
}

/** One cloud of a limit. */
export function referenceInput(
  phase: Phase,
  cloud: number,
  horizon: number,
  { task, seed, budget }: Common,
): CellInput<'verify-reference'> {
  const flow = phase.id === 'gradient-flow' || phase.id === 'penalized-flow';
  return {
    task,
    seed,
    phase,
    cloud,
    particles: flow ? budget.flowParticles : budget.jumpParticles,
    horizon,
    step: horizon / Math.ceil(horizon / budget.flowStep),
    times: timesOf(phase, horizon, budget),
  };
}

/** The times of a reference: every step of the Bernoulli clock, equally spaced ones otherwise. */
function timesOf(phase: Phase, horizon: number, budget: Budget): Float64Array {
  const count = phase.id === 'bernoulli-jump' ? Math.round(horizon / phase.learningRate) + 1 : budget.referenceTimes;
  return Float64Array.from({ length: count }, (_, k) => (k * horizon) / (count - 1));
}

/** The networks of a phase: those of each width, then those whose risk is followed. */
export function networkInputsOf(
  scenario: Scenario,
  horizon: number,
  { task, seed, budget }: Common,
): CellInput<'verify-networks'>[] {
  const { phase, scaling, widths, replicates } = scenario;
  const ofWidth = (
    width: number,
    total: number,
    label: string,
    variants: readonly Variant[],
    riskTimes: Float64Array,
  ): CellInput<'verify-networks'>[] =>
    chunks(total, updates(scenario, width, horizon) * 2 * variants.length).map((chunk) => ({
      task,
      seed,
      ...scaling(width),
      label: `${label} ${phase.id}`,
      chunk,
      width,
      horizon,
      variants,
      riskTimes,
    }));
  const none = new Float64Array(0);
  const largest = widths[widths.length - 1]!;
  return [
    ...widths.flatMap((width, i) => ofWidth(width, replicates[i]!, 'networks', variantsAt(scenario, width), none)),
    ...ofWidth(largest, budget.curveReplicates, 'curves', ['dropout'], timesOf(phase, horizon, budget)),
  ];
}

/** Where random geometry has a limit of its own, it is compared at the largest width alone. */
function variantsAt({ unpenalized, widths }: Scenario, width: number): readonly Variant[] {
  return unpenalized !== undefined && width !== widths.at(-1) ? ['dropout'] : ['dropout', 'random-geometry'];
}

/** A cell of coupled paths, without what all have in common. */
export type PathCell = Omit<CellInput<'verify-paths'>, 'task' | 'seed' | 'reference' | 'times'>;

/** The coupled paths of a phase, if it has a coupling. */
export function pathCellsOf(scenario: Scenario, horizon: number, budget: Budget): PathCell[] {
  const { phase, widths, scaling, pathReplicates } = scenario;
  if (pathReplicates === 0) return [];
  return widths.flatMap((width) => {
    const total = Math.max(12, Math.round((pathReplicates * widths[0]!) / width));
    const work = updates(scenario, width, horizon) + 8 * budget.comparisons * width;
    return chunks(total, work).map((chunk) => ({
      ...scaling(width),
      phase,
      chunk,
      width,
      horizon,
      comparisons: phase.id === 'bernoulli-jump' ? Math.round(horizon / phase.learningRate) : budget.comparisons,
      tracked: width === drawnWidth(scenario) ? budget.tracked : 0,
    }));
  });
}

/** The width whose neurons are drawn: a middle one, where network and limit can be told apart. */
export function drawnWidth({ widths }: Scenario): number {
  return widths[Math.floor(widths.length / 2)]!;
}

/** The linear networks of a phase, and clouds of its linear limit. */
export function oracleInputsOf(
  scenario: Scenario,
  horizon: number,
  { seed, budget }: Common,
): CellInput<'verify-oracle'>[] {
  const { phase, scaling, widths } = scenario;
  // A linear neuron on one sample costs a small fraction of what the task's costs.
  const networks = widths.slice(0, budget.oracleWidths).flatMap((width) =>
    chunks(budget.oracleReplicates, updates(scenario, width, horizon) / 8 + 20).map((chunk) => ({
      seed,
      chunk,
      horizon,
      phase,
      system: { kind: 'network' as const, width, ...scaling(width) },
    })),
  );
  const limits = chunks(budget.oracleClouds, budget.oracleParticles * 4).map((chunk) => ({
    seed,
    chunk,
    horizon,
    phase,
    system: { kind: 'limit' as const, particles: budget.oracleParticles },
  }));
  return [...networks, ...limits];
}

/** Neuron updates of one network over the horizon: T n / α. */
function updates({ scaling }: Scenario, width: number, horizon: number): number {
  const { learningRate, keepRate } = scaling(width);
  return (horizon * width * keepRate) / learningRate + width;
}

/** Replicates in runs of about `UPDATES_PER_CELL` neuron updates. */
function chunks(total: number, updatesEach: number): Chunk[] {
  const size = Math.max(1, Math.floor(UPDATES_PER_CELL / updatesEach));
  const out: Chunk[] = [];
  for (let first = 0; first < total; first += size) out.push({ first, count: Math.min(size, total - first) });
  return out;
}
