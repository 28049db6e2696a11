import { ArgumentError } from '../../base/errors.ts';
import { limit, type Phase } from '../../dropout/index.ts';
import type { LearningTask } from '../../network/index.ts';
import { freshBrownian, overCloud } from '../../process/index.ts';
import { bernoulliClock, coupledClock, poissonClock, type StepClock, type Stream } from '../../random/index.ts';
import { dormandPrince, type Interpolant, rk4, type Scheme, type Stepper } from '../../scheme/index.ts';
import { drivenBy } from './driven.ts';
import { partneredNeurons } from './partnered-neurons.ts';
import type { ReferencePath } from './reference-path.ts';

/** Allowed error of a step of a flow's limit neurons, of a number and relative to it, root mean square over all of them. */
const FLOW_TOLERANCE = 1e-5;
/** Mean-field time of the first step that is tried. */
const FIRST_STEP = 0.25;

/** Limit neurons X̄_i, and the masks of the finite network that runs on the same clocks. */
export interface LimitNeurons {
  /** Masks for steps k = 0, 1, … of the finite network. */
  readonly masks: StepClock;
  /** Moves the limit neurons on to time t, in place. Calls come with increasing t. */
  advanceTo(t: number): void;
}

/** Everything that limit neurons need besides the task and the start. */
export interface LimitNeuronsOptions {
  readonly phase: Phase;
  readonly learningRate: number;
  readonly keepRate: number;
  /** The end, mean-field time. */
  readonly horizon: number;
  /** F(μ_t) of the limit. Penalized jumps do without: each limit neuron meets others in place of F. */
  readonly reference?: ReferencePath | undefined;
  /** Step of a flow's limit neurons, mean-field time. Default: adaptive, see `FLOW_TOLERANCE`. */
  readonly flowStep?: number | undefined;
  /** Names clocks and masks. */
  readonly rng: Stream;
}

/**
 * Limit neurons that start at `neurons` `[n, p]`, and move in place, on the clocks of a finite network. Poisson
 * jumps: the network's masks follow the Poisson clocks by the maximal coupling of docs/theory.md section 6. Bernoulli jumps: the
 * same masks. Flows have no clock. These limit neurons are independent of each other. Those of penalized jumps are partners of each
 * other, as the network's neurons are: see `partneredNeurons`.
 */
export function limitNeurons(task: LearningTask, neurons: Float64Array, options: LimitNeuronsOptions): LimitNeurons {
  switch (options.phase.id) {
    case 'gradient-flow':
    case 'penalized-flow':
      return flowing(task, neurons, options);
    case 'bernoulli-jump':
      return onBernoulliClock(task, neurons, options);
    case 'poisson-jump':
      return onPoissonClock(task, neurons, options.phase.jumpSize, options);
    case 'penalized-jump':
      return partneredNeurons(task, neurons, { ...options, ...options.phase });
  }
}

function known(reference: ReferencePath | undefined): ReferencePath {
  if (reference === undefined)
    throw new ArgumentError('reference', reference, 'given for this phase: F(μ_t), for example from limitReference');
  return reference;
}

function flowing(task: LearningTask, neurons: Float64Array, options: LimitNeuronsOptions): LimitNeurons {
  const { phase, keepRate, reference, flowStep, horizon, rng } = options;
  const count = neurons.length / task.neuron.dimension;
  const start = (scheme: Scheme, cloud: Float64Array) =>
    scheme.start({
      process: overCloud(drivenBy(limit(phase, task), known(reference)), count),
      cloud,
      time: 0,
      until: horizon,
      rng,
      brownian: freshBrownian(rng, 0),
    });
  const masks = bernoulliClock({ count, keepRate, rng: rng.split('mask') });
  if (flowStep === undefined) {
    const control = { relativeTolerance: FLOW_TOLERANCE, absoluteTolerance: FLOW_TOLERANCE };
    const stepper = start(dormandPrince({ ...control, initialStep: Math.min(horizon, FIRST_STEP) }), neurons.slice());
    return { masks, advanceTo: advanceWithin(stepper, neurons, horizon) };
  }
  const stepper = start(rk4({ step: flowStep }), neurons);
  return {
    masks,
    advanceTo(t) {
      while (stepper.time < t) stepper.step(t);
    },
  };
}

/** Steps go as far as their errors allow, up to the horizon, and neurons are put where they are in between. */
function advanceWithin(stepper: Stepper, neurons: Float64Array, horizon: number): (t: number) => void {
  let between: Interpolant | undefined;
  return (t) => {
    if (t <= 0) return;
    while (stepper.time < t) {
      stepper.step(Math.max(t, horizon));
      between = undefined;
    }
    between ??= stepper.interpolant!();
    between.at(t, neurons);
  };
}

function onBernoulliClock(task: LearningTask, neurons: Float64Array, options: LimitNeuronsOptions): LimitNeurons {
  const { learningRate, keepRate, rng } = options;
  const jump = jumper(task, neurons, options);
  const count = neurons.length / task.neuron.dimension;
  const masks = bernoulliClock({ count, keepRate, rng: rng.split('mask') });
  const active = new Int32Array(count);
  let step = 0;
  return {
    masks,
    advanceTo(t) {
      for (; (step + 0.5) * learningRate < t; step++) jump(active, masks.activeInto(step, active), step * learningRate);
    },
  };
}

function onPoissonClock(
  task: LearningTask,
  neurons: Float64Array,
  jumpSize: number,
  options: LimitNeuronsOptions,
): LimitNeurons {
  const { learningRate, keepRate, rng } = options;
  const jump = jumper(task, neurons, options);
  const count = neurons.length / task.neuron.dimension;
  const clock = poissonClock({ count, rate: 1 / jumpSize, rng: rng.split('clock') });
  const ringing = new Int32Array(1);
  const walk = clock.walk();
  return {
    masks: coupledClock(clock, { step: learningRate, keepRate, rng: rng.split('mask') }),
    advanceTo(t) {
      for (; walk.time <= t; walk.next()) {
        ringing[0] = walk.particle;
        jump(ringing, 1, walk.time);
      }
    },
  };
}

/** The jump of listed limit neurons at a time. */
function jumper(task: LearningTask, neurons: Float64Array, { phase, reference, rng }: LimitNeuronsOptions) {
  const count = neurons.length / task.neuron.dimension;
  const [jump] = overCloud(drivenBy(limit(phase, task), known(reference)), count).jumps;
  const context = { rng, cloud: neurons, count };
  const none = new Float64Array(0);
  return (indices: Int32Array, active: number, t: number): void =>
    jump!.applyMany(neurons, indices, active, none, t, context);
}
