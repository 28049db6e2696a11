import { couple, networkToLimit, referencePath } from '../../src/convergence/coupling/index.ts';
import { type Phase, solveLimit, train, type Variant } from '../../src/dropout/index.ts';
import { buildTask } from '../../src/experiment/task.ts';
import type { LearningTask } from '../../src/network/index.ts';
import { type Stream, stream } from '../../src/random/index.ts';
import { describeTask, type TaskName, taskId } from './tasks.ts';

/** What every part says about itself: its numbers are a function of these, whatever thread runs it. */
interface Common {
  readonly task: TaskName;
  readonly seed: number;
  /** Names the plan it belongs to. */
  readonly plan: string;
  readonly horizon: number;
  /** Replicates first … first + count - 1. */
  readonly first: number;
  readonly count: number;
}

interface Network {
  readonly width: number;
  readonly learningRate: number;
  readonly keepRate: number;
}

/** Final predictions of networks: `[count, variants, m]`, the variants on the same starts and masks. */
export interface NetworksPart extends Common, Network {
  readonly kind: 'networks';
  readonly variants: readonly Variant[];
}

/** F(μ_t) at equally spaced times by clouds of the limit: `[count, times, m]`. */
export interface ReferencePart extends Common {
  readonly kind: 'reference';
  readonly phase: Phase;
  readonly particles: number;
  /** Of a flow. */
  readonly step: number;
  readonly times: number;
}

/** Networks coupled to limit neurons: `[count, 2]`, the mean over neurons of the path error, and of its square. */
export interface PathsPart extends Common, Network {
  readonly kind: 'paths';
  readonly phase: Phase;
  readonly comparisons: number;
  /** `[times, m]`, at equally spaced times from 0 to the horizon. */
  readonly reference: Float64Array;
}

export type Part = NetworksPart | ReferencePart | PathsPart;

const built = new Map<string, LearningTask>();

/** Runs a part; throws a RunError if a network diverges. */
export async function runPart(part: Part): Promise<Float64Array> {
  const id = taskId(part.task);
  const task = built.get(id) ?? buildTask(await describeTask(part.task));
  built.set(id, task);
  switch (part.kind) {
    case 'networks':
      return networks(task, part);
    case 'reference':
      return references(task, part);
    case 'paths':
      return paths(task, part);
  }
}

function streamOf({ seed, plan, task, kind }: Part, ...rest: readonly number[]): Stream {
  return stream(seed).split(kind, plan, taskId(task), ...rest);
}

function networks(task: LearningTask, part: NetworksPart): Float64Array {
  const { width, learningRate, keepRate, horizon, first, count, variants } = part;
  const m = task.neuron.samples;
  const out = new Float64Array(count * variants.length * m);
  for (let r = 0, at = 0; r < count; r++)
    for (const variant of variants) {
      const rng = streamOf(part, width, first + r);
      const options = { width, learningRate, keepRate, variant, horizon, rng, throwOnFailure: true };
      out.set(train(task, options).predictions, at);
      at += m;
    }
  return out;
}

function references(task: LearningTask, part: ReferencePart): Float64Array {
  const { phase, particles, horizon, step, times, first, count } = part;
  const m = task.neuron.samples;
  const out = new Float64Array(count * times * m);
  for (let r = 0; r < count; r++) {
    const { saved } = solveLimit(phase, task, {
      particles,
      horizon,
      step,
      saveAt: timesOf(horizon, times),
      save: ({ statistic }) => statistic.slice(),
      rng: streamOf(part, first + r),
      start: 'quasi-random',
      throwOnFailure: true,
    });
    saved.forEach((predictions, k) => {
      out.set(predictions, (r * times + k) * m);
    });
  }
  return out;
}

function paths(task: LearningTask, part: PathsPart): Float64Array {
  const { phase, width, learningRate, keepRate, horizon, comparisons, first, count } = part;
  const reference = referencePath(timesOf(horizon, part.reference.length / task.neuron.samples), part.reference);
  const flowStep = horizon / comparisons;
  const coupling = networkToLimit({ phase, width, learningRate, keepRate, reference, flowStep });
  const out = new Float64Array(2 * count);
  for (let r = 0; r < count; r++) {
    const rng = streamOf(part, width, first + r);
    const { pathErrors } = couple(task, coupling, { horizon, rng, comparisons, throwOnFailure: true });
    for (const error of pathErrors) {
      out[2 * r]! += error / width;
      out[2 * r + 1]! += error ** 2 / width;
    }
  }
  return out;
}

/** Equally spaced times from 0 to the horizon. */
function timesOf(horizon: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => (k * horizon) / (count - 1));
}
