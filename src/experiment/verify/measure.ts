import type { Phase, PhaseId } from '../../dropout/phase/index.ts';
import type { Variant } from '../../dropout/variant.ts';
import type { CellInput } from '../cells/index.ts';
import type { VerifyPathsOutput } from '../cells/verify-paths.ts';
import type { Executor } from '../executor/executor.ts';
import type { Experiment } from '../experiment.ts';
import type { Chunk } from '../run/chunks.ts';
import { shareDescription } from '../run/share.ts';
import type { Budget } from './budget.ts';
import type { Scenario } from './scenario.ts';

/** Neuron updates of one cell: a fraction of a second. */
const UPDATES_PER_CELL = 60_000;

/** Final predictions at one width, `[replicates, m]` each, on the same starts and masks. */
export interface WidthSample {
  readonly width: number;
  readonly dropout: Float64Array;
  readonly randomGeometry: Float64Array;
}

/** A reference: F(μ_t) of each cloud. */
export interface ReferenceSample {
  readonly times: Float64Array;
  /** One `[K, m]` for each cloud. */
  readonly clouds: readonly Float64Array[];
}

/** Moments of the linear network, or of its limit, at one size: `[replicates, 3]`. */
export interface OracleSample {
  readonly kind: 'network' | 'limit';
  readonly size: number;
  readonly moments: Float64Array;
}

/** All that was run for one phase. */
export interface Measurements {
  readonly scenario: Scenario;
  readonly samples: readonly WidthSample[];
  readonly reference: ReferenceSample;
  /** Of the limit without penalty, in the penalized phases. */
  readonly unpenalized: ReferenceSample | undefined;
  /** Mean path errors, one number a replicate, for each width; empty where there is no coupling. */
  readonly pathErrors: readonly Float64Array[];
  readonly paths: VerifyPathsOutput['paths'];
  readonly pathWidth: number;
  /** `[replicates, K]` at the largest width, at the times of the reference. */
  readonly risks: Float64Array;
  readonly oracle: readonly OracleSample[];
}

interface MeasureOptions {
  readonly seed: number;
  readonly budget: Budget;
  readonly executor: Executor;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((fraction: number, label: string) => void) | undefined;
}

/**
 * Runs everything that the claims of some phases need. First the limits, then the networks, then coupled paths along the
 * limits: all in cells, each a function of the seed and its own name, so that results don't depend on threads.
 */
export async function measure(
  experiment: Experiment,
  scenarios: readonly Scenario[],
  options: MeasureOptions,
): Promise<Measurements[]> {
  const task = shareDescription(experiment.description);
  const { horizon } = experiment;
  const { seed, budget } = options;
  const common = { task, seed, budget };
  const limits = limitsOf(scenarios);
  const referenceInputs = limits.flatMap((phase) =>
    Array.from({ length: budget.referenceClouds }, (_, cloud) => referenceInput(phase, cloud, horizon, common)),
  );
  const networkInputs = scenarios.map((scenario) => networkInputsOf(scenario, horizon, common));
  const oracleInputs = scenarios.map((scenario) => oracleInputsOf(scenario, horizon, common));
  const pathCells = scenarios.map((scenario) => pathChunks(scenario, horizon, budget));
  const tally = new Tally(
    referenceInputs.length + networkInputs.flat().length + oracleInputs.flat().length + pathCells.flat().length,
    options.progress,
  );
  const run = <K extends 'verify-reference' | 'verify-networks' | 'verify-paths' | 'verify-oracle'>(
    kind: K,
    inputs: readonly CellInput<K>[],
    label: string,
  ) => options.executor.run(kind, inputs, { signal: options.signal, progress: (done) => tally.report(label, done) });

  const clouds = await run('verify-reference', referenceInputs, 'limits');
  const references = new Map<PhaseId, ReferenceSample>(
    limits.map((phase, i) => [
      phase.id,
      {
        times: referenceInputs[i * budget.referenceClouds]!.times,
        clouds: clouds.slice(i * budget.referenceClouds, (i + 1) * budget.referenceClouds),
      },
    ]),
  );
  const out: Measurements[] = [];
  for (const [i, scenario] of scenarios.entries()) {
    const { id } = scenario.phase;
    const reference = references.get(id)!;
    const networks = await run('verify-networks', networkInputs[i]!, `networks, ${id}`);
    const pathInputs = pathCells[i]!.map((cell) => ({
      ...cell,
      task,
      seed,
      reference: meanOf(reference.clouds),
      times: reference.times,
    }));
    const coupled = await run('verify-paths', pathInputs, `paths, ${id}`);
    const oracle = await run('verify-oracle', oracleInputs[i]!, `oracle, ${id}`);
    const curve = networkInputs[i]!.map(({ riskTimes }) => riskTimes.length > 0);
    out.push({
      scenario,
      reference,
      unpenalized: scenario.unpenalized && references.get(scenario.unpenalized.id),
      samples: scenario.widths.map((width) => {
        const mine = networks.filter((_, c) => networkInputs[i]![c]!.width === width && !curve[c]);
        return {
          width,
          dropout: joined(mine.map(({ predictions }) => predictions[0]!)),
          randomGeometry: joined(mine.map(({ predictions }) => predictions[1]!)),
        };
      }),
      risks: joined(networks.filter((_, c) => curve[c]).map(({ risks }) => risks)),
      pathErrors: pathInputs.length === 0 ? [] : byWidth(scenario.widths, pathInputs, coupled),
      paths: coupled.flatMap(({ paths }) => paths),
      pathWidth: drawnWidth(scenario),
      oracle: oracleSamples(oracleInputs[i]!, oracle),
    });
  }
  return out;
}

/** Progress over several lists of cells. */
class Tally {
  private finished = 0;
  private current = '';
  private inCurrent = 0;

  constructor(
    private readonly total: number,
    private readonly progress: ((fraction: number, label: string) => void) | undefined,
  ) {}

  report(label: string, done: number): void {
    if (label !== this.current) {
      this.finished += this.inCurrent;
      this.current = label;
    }
    this.inCurrent = done;
    this.progress?.((this.finished + done) / this.total, label);
  }
}

/** The limits that some scenarios need, each once. */
function limitsOf(scenarios: readonly Scenario[]): Phase[] {
  const needed = new Map<PhaseId, Phase>();
  for (const { phase, unpenalized } of scenarios)
    for (const each of unpenalized === undefined ? [phase] : [phase, unpenalized]) needed.set(each.id, each);
  return [...needed.values()];
}

interface Common extends Pick<CellInput<'verify-reference'>, 'task' | 'seed'> {
  readonly budget: Budget;
}

function referenceInput(
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

function networkInputsOf(
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
  const ends = steppedTimes(timesOf(phase, horizon, budget), scaling(largest).learningRate, horizon);
  return [
    ...widths.flatMap((width, i) => ofWidth(width, replicates[i]!, 'networks', ['dropout', 'random-geometry'], none)),
    ...ofWidth(largest, budget.curveReplicates, 'curves', ['dropout'], ends),
  ];
}

/** Times within the whole number of steps that a run makes. */
function steppedTimes(times: Float64Array, learningRate: number, horizon: number): Float64Array {
  const end = Math.round(horizon / learningRate) * learningRate;
  return times.map((t) => Math.min(t, end));
}

type PathCell = Omit<CellInput<'verify-paths'>, 'task' | 'seed' | 'reference' | 'times'>;

function pathChunks(scenario: Scenario, horizon: number, budget: Budget): PathCell[] {
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
function drawnWidth({ widths }: Scenario): number {
  return widths[Math.floor(widths.length / 2)]!;
}

function oracleInputsOf(scenario: Scenario, horizon: number, { seed, budget }: Common): CellInput<'verify-oracle'>[] {
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

function byWidth(
  widths: readonly number[],
  inputs: readonly { readonly width: number }[],
  outputs: readonly VerifyPathsOutput[],
): Float64Array[] {
  return widths.map((width) =>
    joined(outputs.filter((_, c) => inputs[c]!.width === width).map(({ errors }) => errors)),
  );
}

function oracleSamples(
  inputs: readonly CellInput<'verify-oracle'>[],
  outputs: readonly Float64Array[],
): OracleSample[] {
  const parts = new Map<string, { kind: 'network' | 'limit'; size: number; pieces: Float64Array[] }>();
  inputs.forEach(({ system }, i) => {
    const size = system.kind === 'network' ? system.width : system.particles;
    const key = `${system.kind} ${size}`;
    const part = parts.get(key) ?? { kind: system.kind, size, pieces: [] };
    part.pieces.push(outputs[i]!);
    parts.set(key, part);
  });
  return [...parts.values()].map(({ kind, size, pieces }) => ({ kind, size, moments: joined(pieces) }));
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
  return out;
}

/** The mean over clouds. */
export function meanOf(clouds: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(clouds[0]!.length);
  for (const cloud of clouds) for (let k = 0; k < out.length; k++) out[k]! += cloud[k]! / clouds.length;
  return out;
}
