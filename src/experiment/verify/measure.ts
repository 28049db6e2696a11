import { setMaxListeners } from 'node:events';
import type { PhaseId } from '../../dropout/phase/index.ts';
import type { CellInput, CellKind } from '../cells/index.ts';
import { TWIN_PARTS } from '../cells/twins.ts';
import type { VerifyNetworksOutput } from '../cells/verify-networks.ts';
import type { VerifyPathsOutput } from '../cells/verify-paths.ts';
import type { Executor } from '../executor/executor.ts';
import type { Experiment } from '../experiment.ts';
import { shareDescription } from '../run/share.ts';
import type { Budget } from './budget.ts';
import { centredCombinations, controlSample } from './controls.ts';
import { controlDirections } from './directions.ts';
import {
  clockOf,
  controlInputs,
  curveInputsOf,
  drawnWidth,
  limitsOf,
  networkCellsOf,
  oracleInputsOf,
  pathCellsOf,
  referenceInput,
} from './inputs.ts';
import {
  type Measurements,
  meanOf,
  type OracleSample,
  type ReferenceSample,
  type WidthSample,
} from './measurements.ts';
import { joined, rowsOf } from './rows.ts';
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
  const m = experiment.task.neuron.samples;
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
  const tally = new Tally(others.length + scenarios.length * budget.controlPieces, options.progress);
  // What runs side by side ends together.
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  setMaxListeners(0, signal);
  const run = <K extends CellKind & `verify-${string}`>(kind: K, inputs: readonly CellInput<K>[], label: string) =>
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
    const plan = planOf(scenario.phase);
    const networkInputs = networkCells[i]!.map((cell) => ({ ...cell, task, seed, plan }));
    const path = { task, seed, reference: meanOf(reference.clouds), times: reference.times };
    const pathInputs = pathCells[i]!.map((cell) => ({ ...cell, ...path }));
    const [samples, coupled, oracle, risks] = await allOrNone([
      run('verify-networks', networkInputs, `networks, ${id}`).then((networks) => withControls(networks)),
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

    async function withControls(networks: readonly VerifyNetworksOutput[]): Promise<WidthSample[]> {
      const size = TWIN_PARTS * plan.samples.length;
      const mine = scenario.widths.map((width) => {
        const those = networks.filter((_, c) => networkInputs[c]!.width === width);
        return {
          width,
          rows: rowsOf(joined(those.map(({ dropout }) => dropout)), m),
          twins: rowsOf(joined(those.map(({ twins }) => twins)), size),
          randomGeometry: joined(those.map(({ randomGeometry }) => randomGeometry)),
          forwardNoise: joined(those.map(({ forwardNoise }) => forwardNoise)),
        };
      });
      const directions = controlDirections(mine);
      const laws = scenario.widths.map((width, w) => ({
        clock: clockOf(scenario, width, horizon),
        directions: directions[w]!.all,
      }));
      const inputs = controlInputs(scenario.phase, { plan, laws }, common);
      const pieces = await run('verify-controls', inputs, `controls, ${id}`);
      return mine.map(({ width, rows, twins, randomGeometry, forwardNoise }, w) => ({
        width,
        dropout: rows,
        controls: controlSample(
          twins,
          directions[w]!.all,
          pieces.map((piece) => piece[w]!.mean),
        ),
        // A network is the mean of its twins.
        covariances: pieces.map((piece) => piece[w]!.covariance.map((value) => value / width)),
        centred: centredCombinations(twins, directions[w]!.known, plan.startMean),
        randomGeometry: rowsOf(randomGeometry, m),
        forwardNoise: rowsOf(forwardNoise, 2 * m),
      }));
    }
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
