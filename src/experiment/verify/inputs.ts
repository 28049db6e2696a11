import type { Phase, PhaseId } from '../../dropout/phase/index.ts';
import { stepsWithin } from '../../dropout/train/index.ts';
import type { CellInput } from '../cells/index.ts';
import type { TwinClock } from '../cells/twins.ts';
import type { Chunk } from '../run/chunks.ts';
import type { Budget } from './budget.ts';
import type { Scenario } from './scenario.ts';

/** Neuron updates of one cell: a fraction of a second. */
const UPDATES_PER_CELL = 400_000;

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

/** The pieces over which the laws of a phase's control variates are taken, one law for each width. */
export function controlInputs(
  phase: Phase,
  made: Pick<CellInput<'verify-controls'>, 'plan' | 'laws'>,
  { task, seed, budget }: Common,
): CellInput<'verify-controls'>[] {
  const { controlTwins: twins, covarianceTwins } = budget;
  return Array.from({ length: controlPieces(phase, budget) }, (_, piece) => ({
    task,
    seed,
    ...made,
    label: phase.id,
    piece,
    twins,
    covarianceTwins,
  }));
}

/** How many pieces there are. */
export function controlPieces(phase: Phase, budget: Budget): number {
  return 'activeCount' in phase ? budget.penalizedControlPieces : budget.controlPieces;
}

/** The clock of the networks of a width. */
export function clockOf({ scaling }: Scenario, width: number, horizon: number): TwinClock {
  const { learningRate, keepRate } = scaling(width);
  return { learningRate, keepRate, steps: stepsWithin(horizon, learningRate) };
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
    particles: flow
      ? budget.flowParticles
      : phase.id === 'bernoulli-jump'
        ? budget.bernoulliParticles
        : budget.jumpParticles,
    horizon,
    step: horizon / Math.ceil(horizon / (flow ? budget.flowStep : budget.leapStep)),
    times: timesOf(phase, horizon, budget),
  };
}

/** The times of a reference: every step of the Bernoulli clock, equally spaced ones otherwise. */
function timesOf(phase: Phase, horizon: number, budget: Budget): Float64Array {
  const count = phase.id === 'bernoulli-jump' ? Math.round(horizon / phase.learningRate) + 1 : budget.referenceTimes;
  return Float64Array.from({ length: count }, (_, k) => (k * horizon) / (count - 1));
}

/** A cell of networks, without what all have in common. */
export type NetworkCell = Omit<CellInput<'verify-networks'>, 'task' | 'seed' | 'plan'>;

/** The networks of a phase, width by width: first those which random geometry runs with. */
export function networkCellsOf(scenario: Scenario, horizon: number): NetworkCell[] {
  const { phase, scaling, widths, replicates, pairs } = scenario;
  return widths.flatMap((width, i) => {
    const work = updates(scenario, width, horizon);
    const cells = (from: number, to: number, paired: boolean) =>
      chunks(to - from, paired ? 2.5 * work : work).map((chunk) => ({
        ...scaling(width),
        label: `networks ${phase.id}`,
        chunk: { ...chunk, first: from + chunk.first },
        width,
        horizon,
        paired,
      }));
    return [...cells(0, pairs[i]!, true), ...cells(pairs[i]!, replicates[i]!, false)];
  });
}

/** The networks whose risk is followed: some of the largest width. */
export function curveInputsOf(
  scenario: Scenario,
  horizon: number,
  { task, seed, budget }: Common,
): CellInput<'verify-curves'>[] {
  const { phase, scaling, widths } = scenario;
  const width = widths[widths.length - 1]!;
  const times = timesOf(phase, horizon, budget);
  const work = updates(scenario, width, horizon) + (times.length * width) / 2;
  return chunks(budget.curveReplicates, work).map((chunk) => ({
    task,
    seed,
    ...scaling(width),
    label: `curves ${phase.id}`,
    chunk,
    width,
    horizon,
    times,
  }));
}

/** A cell of coupled paths, without what all have in common. */
export type PathCell = Omit<CellInput<'verify-paths'>, 'task' | 'seed' | 'reference' | 'times'>;

/** The coupled paths of a phase, if it has a coupling. */
export function pathCellsOf(scenario: Scenario, horizon: number, budget: Budget): PathCell[] {
  const { phase, widths, scaling, pathReplicates } = scenario;
  if (pathReplicates === 0) return [];
  const comparisons = phase.id === 'bernoulli-jump' ? Math.round(horizon / phase.learningRate) : budget.comparisons;
  return widths.flatMap((width) => {
    const total = Math.max(12, Math.round((pathReplicates * widths[0]!) / width));
    const work = updates(scenario, width, horizon) + 8 * comparisons * width;
    return chunks(total, work).map((chunk) => ({
      ...scaling(width),
      phase,
      chunk,
      width,
      horizon,
      comparisons,
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
  { seed, budget }: Pick<Common, 'seed' | 'budget'>,
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
