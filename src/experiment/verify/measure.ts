import type { Phase, PhaseId } from '../../dropout/phase/index.ts';
import type { CellInput, CellKind } from '../cells/index.ts';
import { type StartMap, startMap } from '../cells/start-map.ts';
import type { VerifyControlsOutput } from '../cells/verify-controls.ts';
import type { VerifyPathsOutput } from '../cells/verify-paths.ts';
import type { Executor } from '../executor/executor.ts';
import type { Experiment } from '../experiment.ts';
import { shareDescription } from '../run/share.ts';
import type { Budget } from './budget.ts';
import {
  activeCountOf,
  controlInputs,
  curveInputsOf,
  drawnWidth,
  limitsOf,
  networkInputsOf,
  oracleInputsOf,
  pathCellsOf,
  referenceInput,
} from './inputs.ts';
import { type ControlLaw, type Measurements, meanOf, type OracleSample, type ReferenceSample } from './measurements.ts';
import type { Scenario } from './scenario.ts';

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
  const maps = new Map<number | null, StartMap>();
  for (const { phase } of scenarios) {
    const count = activeCountOf(phase);
    maps.set(count, startMap(experiment.task, horizon, seed, count));
  }
  // A limit that is only compared with another one needs no control variate; any map will do.
  const mapOf = (phase: Phase) => maps.get(activeCountOf(phase)) ?? maps.values().next().value!;
  const common = { task, seed, budget, mapOf };
  const limits = limitsOf(scenarios);
  const pieces = [...maps].map(([count, map]) => ({ count, inputs: controlInputs(map, common) }));
  const referenceInputs = limits.flatMap((phase) =>
    Array.from({ length: budget.referenceClouds }, (_, cloud) => referenceInput(phase, cloud, horizon, common)),
  );
  const networkInputs = scenarios.map((scenario) => networkInputsOf(scenario, horizon, common));
  const oracleInputs = scenarios.map((scenario) => oracleInputsOf(scenario, horizon, common));
  const curveInputs = scenarios.map((scenario) => curveInputsOf(scenario, horizon, common));
  const pathCells = scenarios.map((scenario) => pathCellsOf(scenario, horizon, budget));
  const tally = new Tally(
    [
      referenceInputs,
      ...pieces.map(({ inputs }) => inputs),
      ...networkInputs,
      ...curveInputs,
      ...oracleInputs,
      ...pathCells,
    ].flat().length,
    options.progress,
  );
  const run = <K extends CellKind & `verify-${string}`>(kind: K, inputs: readonly CellInput<K>[], label: string) =>
    options.executor.run(kind, inputs, { signal: options.signal, progress: (done) => tally.report(label, done) });

  const clouds = await run('verify-reference', referenceInputs, 'limits');
  const ofLimit = (i: number) => clouds.slice(i * budget.referenceClouds, (i + 1) * budget.referenceClouds);
  const references = new Map<PhaseId, ReferenceSample>(
    limits.map((phase, i) => [
      phase.id,
      {
        times: referenceInputs[i * budget.referenceClouds]!.times,
        clouds: ofLimit(i).map(({ predictions }) => predictions),
        controls: ofLimit(i).map(({ controls }) => controls),
      },
    ]),
  );
  const laws = new Map<number | null, ControlLaw>();
  for (const { count, inputs } of pieces)
    laws.set(count, controlLaw(await run('verify-controls', inputs, `controls ${count}`)));
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
    const risks = await run('verify-curves', curveInputs[i]!, `curves, ${id}`);
    out.push({
      scenario,
      control: laws.get(activeCountOf(scenario.phase))!,
      reference,
      unpenalized: scenario.unpenalized && references.get(scenario.unpenalized.id),
      samples: scenario.widths.map((width) => {
        const mine = networks.filter((_, c) => networkInputs[i]![c]!.width === width);
        return {
          width,
          dropout: joined(mine.map(({ dropout }) => dropout)),
          controls: joined(mine.map(({ controls }) => controls)),
          randomGeometry: joined(mine.map(({ randomGeometry }) => randomGeometry)),
          forwardNoise: joined(mine.map(({ forwardNoise }) => forwardNoise)),
        };
      }),
      risks: joined(risks),
      pathErrors: pathInputs.length === 0 ? [] : byWidth(scenario.widths, pathInputs, coupled),
      paths: coupled.flatMap(({ paths }) => paths),
      pathWidth: drawnWidth(scenario),
      oracle: oracleSamples(oracleInputs[i]!, oracle),
    });
  }
  return out;
}

/** The moments of all pieces together. */
function controlLaw(pieces: readonly VerifyControlsOutput[]): ControlLaw {
  const mean = meanOf(pieces.map((piece) => piece.mean));
  const m = mean.length;
  const covariance = meanOf(pieces.map(({ products }) => products));
  for (let j = 0; j < m; j++) for (let k = 0; k < m; k++) covariance[j * m + k]! -= mean[j]! * mean[k]!;
  return { mean, covariance };
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
