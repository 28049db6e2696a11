import { limit, type Phase } from '../../dropout/index.ts';
import type { LearningTask } from '../../network/index.ts';
import { overCloud } from '../../process/index.ts';
import { coupledClock, poissonClock, type StepClock, type Stream, bernoulliClock } from '../../random/index.ts';
import { drivenBy } from './driven.ts';
import type { ReferencePath } from './reference-path.ts';

/** Limit neurons X̄_i, and the masks of the finite network that runs on the same clocks. */
export interface LimitNeurons {
  /** Masks for steps k = 0, 1, … of the finite network. */
  readonly clock: StepClock;
  /** Moves the limit neurons `[n, p]` on to time t, in place. Calls come with increasing t. */
  advanceTo(t: number): void;
}

/** What is coupled: a phase, a width along it, and the randomness. */
export interface LimitCouplingOptions {
  readonly phase: Phase;
  readonly learningRate: number;
  readonly keepRate: number;
  /** F(μ_t) of the limit. */
  readonly reference: ReferencePath;
  readonly rng: Stream;
  /** Largest step of a flow's limit neurons, mean-field time. */
  readonly flowStep: number;
}

/**
 * Independent limit neurons that start at `neurons` `[n, p]` (moved in place) and run on the clocks of a finite network.
 * Poisson jumps: the network's masks follow the Poisson clocks (docs/theory.md section 6). Bernoulli jumps: the same masks.
 * Flows have no clock. Penalized jumps need a coupling of partners and are refused.
 */
export function limitNeurons(task: LearningTask, neurons: Float64Array, options: LimitCouplingOptions): LimitNeurons {
  const { phase, keepRate, learningRate, reference, rng } = options;
  const count = neurons.length / task.neuron.dimension;
  switch (phase.id) {
    case 'gradient-flow':
    case 'penalized-flow':
      return flowing(task, neurons, options, bernoulliClock({ count, keepRate, rng: rng.split('mask') }));
    case 'bernoulli-jump': {
      const clock = bernoulliClock({ count, keepRate, rng: rng.split('mask') });
      const jump = jumper(task, neurons, phase, reference);
      const active = new Int32Array(count);
      let step = 0;
      return {
        clock,
        advanceTo(t) {
          for (; (step + 0.5) * learningRate < t; step++)
            jump(active, clock.activeInto(step, active), step * learningRate);
        },
      };
    }
    case 'poisson-jump': {
      const poisson = poissonClock({ count, rate: 1 / phase.jumpSize, rng: rng.split('clock') });
      const clock = coupledClock(poisson, { step: learningRate, keepRate, rng: rng.split('mask') });
      const jump = jumper(task, neurons, phase, reference);
      const ringing = new Int32Array(1);
      const walk = poisson.walk();
      return {
        clock,
        advanceTo(t) {
          for (; walk.time <= t; walk.next()) {
            ringing[0] = walk.particle;
            jump(ringing, 1, walk.time);
          }
        },
      };
    }
    case 'penalized-jump':
      throw new Error('penalized jumps have no coupling to independent limit neurons');
  }
}

function jumper(task: LearningTask, neurons: Float64Array, phase: Phase, reference: ReferencePath) {
  const { many } = drivenBy(limit(phase, task), reference).jumps![0]!.change as {
    many: (cloud: Float64Array, indices: Int32Array, count: number, s: Float64Array, t: number, context: never) => void;
  };
  const none = new Float64Array(0);
  return (indices: Int32Array, count: number, t: number) => many(neurons, indices, count, none, t, undefined as never);
}

/** Classical Runge–Kutta steps of at most `flowStep` along the reference. */
function flowing(
  task: LearningTask,
  neurons: Float64Array,
  { phase, reference, flowStep }: LimitCouplingOptions,
  clock: StepClock,
): LimitNeurons {
  const count = neurons.length / task.neuron.dimension;
  const process = overCloud(drivenBy(limit(phase, task), reference), count);
  void process;
  void flowStep;
  return { clock, advanceTo() {} };
}
