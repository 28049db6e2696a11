import { setMaxListeners } from 'node:events';
import type { PhaseId } from '../../dropout/phase/index.ts';
import type { CellInput } from '../cells/index.ts';
import type { VerifyPathsOutput } from '../cells/verify-paths.ts';
import type { Executor } from '../executor/executor.ts';
import type { Experiment } from '../experiment.ts';
import { shareDescription } from '../run/share.ts';
import type { Budget } from './budget.ts';
import {
  controlPieces,
  curveInputsOf,
  drawnWidth,
  limitsOf,
  networkCellsOf,
  oracleInputsOf,
  pathCellsOf,
  referenceInput,
} from './inputs.ts';
import { measureNetworks, type RunCells } from './measure-networks.ts';
import { type Measurements, meanOf, type OracleSample, type ReferenceSample } from './measurements.ts';
import { joined } from './rows.ts';
import type { Scenario } from './scenario.ts';
import { twinPlanner } from './twin-plan.ts';

interface MeasureOptions {
  readonly seed: number;
  readonly budget: Budget;
  readonly executor: Executor;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((fraction: number, label: string) => void) | undefined;
}

/**
 * Runs everything that the claims of some phases need, first the limits, then phase by phase: all in cells, each a function of the seed and
 * its own name, so that results don't depend on threads. While one phase is looked at the next one runs.
 */
export async function* measure(
  experiment: Experiment,
  scenarios: readonly Scenario[],
  options: MeasureOptions,
): AsyncGenerator<Measurements, void, void> {
  const task = shareDescription(experiment.description);
  const { horizon } = experiment;
  const { seed, budget } = options;
  const common = { task, seed, budget };
  const limits = limitsOf(scenarios);
  const planOf = twinPlanner(experiment.task, horizon, seed);
  const referenceInputs = limits.flatMap((phase) =>
    Array.from({ length: budget.referenceClouds }, (_, cloud) => referenceInput(phase, cloud, horizon, common)),
  );
  const networkCells = scenarios.map((scenario) => networkCellsOf(scenario, horizon));
  const oracleInputs = scenarios.map((scenario) => oracleInputsOf(scenario, horizon, common));
  const curveInputs = scenarios.map((scenario) => curveInputsOf(scenario, horizon, common));
  const pathCells = scenarios.map((scenario) => pathCellsOf(scenario, horizon, budget));
  const others = [referenceInputs, ...networkCells, ...curveInputs, ...oracleInputs, ...pathCells].flat();
  const pieces = scenarios.reduce((sum, { phase }) => sum + controlPieces(phase, budget), 0);
  const tally = new Tally(others.length + pieces, options.progress);
  // What runs side by side ends together.
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  setMaxListeners(0, signal);
  const run: RunCells = (kind, inputs, label) =>
    options.executor.run(kind, inputs, { signal, progress: (done) => tally.report(label, done) });

  const clouds = await run('verify-reference', referenceInputs, 'limits');
  const ofLimit = (i: number) => clouds.slice(i * budget.referenceClouds, (i + 1) * budget.referenceClouds);
  const references = new Map<PhaseId, ReferenceSample>(
    limits.map((phase, i) => [
      phase.id,
      {
        times: referenceInputs[i * budget.referenceClouds]!.times,
        clouds: ofLimit(i),
      },
    ]),
  );
  try {
    let running = scenarios.length > 0 ? measureScenario(0) : undefined;
    for (let i = 0; running !== undefined; i++) {
      const measured: Measurements = await running;
      running = i + 1 < scenarios.length ? measureScenario(i + 1) : undefined;
      // Its error is met when it is waited for.
      running?.catch(() => {});
      yield measured;
    }
  } finally {
    stop.abort();
  }

  async function measureScenario(i: number): Promise<Measurements> {
    const scenario = scenarios[i]!;
    const { id } = scenario.phase;
    const reference = references.get(id)!;
    const path = { task, seed, reference: meanOf(reference.clouds), times: reference.times };
    const pathInputs = pathCells[i]!.map((cell) => ({ ...cell, ...path }));
    const [samples, coupled, oracle, risks] = await allOrNone([
      measureNetworks(scenario, networkCells[i]!, planOf(scenario.phase), { horizon, common, run }),
      run('verify-paths', pathInputs, `paths, ${id}`),
      run('verify-oracle', oracleInputs[i]!, `oracle, ${id}`),
      run('verify-curves', curveInputs[i]!, `curves, ${id}`),
    ]);
    return {
      scenario,
      reference,
      unpenalized: scenario.unpenalized && references.get(scenario.unpenalized.id),
      samples,
      risks: joined(risks),
      pathErrors: pathInputs.length === 0 ? [] : byWidth(scenario.widths, pathInputs, coupled),
      paths: coupled.flatMap(({ paths }) => paths),
      pathWidth: drawnWidth(scenario),
      oracle: oracleSamples(oracleInputs[i]!, oracle),
    };
  }

  /** All of them, or the first error after the others have been told to stop. */
  async function allOrNone<T extends readonly unknown[]>(work: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
    try {
      return (await Promise.all(work)) as unknown as T;
    } catch (error) {
      stop.abort(error);
      throw error;
    }
  }
}

/** Progress over several lists of cells, some of which run side by side. */
class Tally {
  private readonly done = new Map<string, number>();

  constructor(
    private readonly total: number,
    private readonly progress: ((fraction: number, label: string) => void) | undefined,
  ) {}

  report(label: string, done: number): void {
    this.done.set(label, done);
    const sum = [...this.done.values()].reduce((a, b) => a + b, 0);
    this.progress?.(sum / this.total, label);
  }
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
