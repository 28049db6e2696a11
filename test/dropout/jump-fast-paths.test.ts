import { describe, expect, test } from 'vitest';
import { limit, type Phase, phasePenalizedJump, phasePoissonJump } from '../../src/dropout/index.ts';
import {
  type LearningTask,
  learningTask,
  linearNeuron,
  perceptron,
  perceptronNormals,
} from '../../src/network/index.ts';
import { constantRate, jumpMap, type MeanFieldProcess } from '../../src/process/index.ts';
import { normal, stream } from '../../src/random/index.ts';
import { exactJumps, extrapolatedLeap, refusal, type Scheme, tauLeap } from '../../src/scheme/index.ts';
import { type Solution, solve } from '../../src/solve/index.ts';

const rng = stream(21).split('data');
const inputs = Array.from({ length: 9 }, () => [normal(rng), normal(rng)]);
const targets = inputs.map(([a, b]) => Math.tanh(a! - b!));
const initial = perceptronNormals({ dimension: 4 });
const curved = learningTask({ neuron: perceptron({ inputs, bias: true }), targets, initial });
const linear = learningTask({
  neuron: linearNeuron({ inputs }),
  targets,
  initial: perceptronNormals({ dimension: 2 }),
});

/** The same process without what its jumps offer beyond `many`. */
function slow(process: MeanFieldProcess): MeanFieldProcess {
  return {
    ...process,
    jumps: process.jumps!.map((jump) => {
      if (jump.change.kind !== 'map') return jump;
      const { manyFollowed: _followed, deferred: _deferred, ...change } = jump.change;
      return { ...jump, change };
    }),
  };
}

function run(
  process: MeanFieldProcess,
  task: LearningTask,
  count: number,
  options: {
    readonly scheme?: Scheme;
    readonly saveAt?: readonly number[];
    readonly noise?: 'common';
    readonly resume?: Uint8Array;
    readonly until?: number;
    readonly seed?: number;
  } = {},
): Solution<Float64Array> {
  return solve(process, {
    initial: { count, law: task.initial },
    until: 1.5,
    rng: stream(options.seed ?? 22),
    save: ({ statistic }) => statistic.slice(),
    scheme: exactJumps(),
    ...options,
  });
}

const phases: readonly Phase[] = [
  phasePoissonJump({ jumpSize: 0.4 }),
  phasePenalizedJump({ jumpSize: 0.4, activeCount: 2 }),
  phasePenalizedJump({ jumpSize: 0.4, activeCount: 12 }),
];

describe.each([
  ['perceptron', curved],
  ['linear', linear],
] as const)('exact rings of the %s neuron, made together or with the statistic followed', (_name, task) => {
  test.each(phases.flatMap((phase) => [3, 40, 700].map((count) => [phase, count] as const)))(
    '%j, %i particles: the same bits as one by one',
    (phase, count) => {
      const saveAt = [0.1, 0.11, 1];
      const fast = run(limit(phase, task), task, count, { saveAt });
      const plain = run(slow(limit(phase, task)), task, count, { saveAt });
      expect(fast.final.data).toEqual(plain.final.data);
      expect(fast.saved).toEqual(plain.saved);
      expect(fast.finalStatistic).toEqual(plain.finalStatistic);
      expect(fast.statistics).toEqual(plain.statistics);
      expect(fast.statistics.events).toBeGreaterThan(2 * count);
    },
  );

  test.each(phases)('%j: continued from a checkpoint in the middle', (phase) => {
    const whole = run(limit(phase, task), task, 40);
    const half = run(limit(phase, task), task, 40, { until: 0.7 });
    const rest = run(limit(phase, task), task, 40, { resume: half.checkpoint() });
    expect(rest.final.data).toEqual(whole.final.data);
  });
});

describe('jumps that are put off', () => {
  test('a process that was left in the middle of a run starts the next one afresh', () => {
    const process = limit(phases[1]!, curved);
    const first = run(process, curved, 700);
    const { change } = process.jumps![0]!;
    if (change.kind !== 'map') throw new Error('a map');
    change.deferred!.add(first.final.data, 0, { rng: stream(1), cloud: first.final.data, count: 700 });
    expect(run(process, curved, 700).final.data).toEqual(first.final.data);
  });

  test('a state that is not finite ends the run at a jump of its particle', () => {
    const waiting: number[] = [];
    const change = jumpMap(
      {
        many: (cloud, indices, count) => {
          for (let k = 0; k < count; k++) cloud[indices[k]!]! *= 1e200;
        },
        deferred: {
          clear: () => {
            waiting.length = 0;
          },
          add: (_cloud, i) => waiting.push(i),
          flush: (cloud) => {
            for (const i of waiting.splice(0)) cloud[i]! *= 1e200;
          },
        },
      },
      { statistic: false },
    );
    const process: MeanFieldProcess = { dimension: 1, jumps: [{ name: 'grow', rate: constantRate(1), change }] };
    const ends = [process, slow(process)].map(
      (each) => solve(each, { initial: [[1], [1], [1]], until: 9, scheme: exactJumps(), rng: stream(23) }).outcome,
    );
    expect(ends.map(({ code }) => code)).toEqual(['failed', 'failed']);
    expect(ends[0]!.message).toContain('grow moved particle');
    // Jumps that were drawn after it have been made as well, but the end is not theirs.
    expect(ends[0]!.time).toBeLessThanOrEqual(ends[1]!.time);
  });
});

describe('extrapolatedLeap', () => {
  const process = () => limit(phases[0]!, curved);

  test('follows the statistic to the same numbers with and without the fast path', () => {
    for (const step of [0.01, 0.3]) {
      const scheme = extrapolatedLeap({ step });
      const fast = run(process(), curved, 500, { scheme });
      const plain = run(slow(process()), curved, 500, { scheme });
      fast.finalStatistic.forEach((value, j) => {
        // Rounding alone: 500 particles of outputs of order 1, four jumps each.
        expect(Math.abs(value - plain.finalStatistic[j]!)).toBeLessThan(1e-12);
      });
    }
  });

  test('is near exact rings on the same clocks, also when saving cuts its steps anywhere', () => {
    const RUNS = 8;
    const saveAt = [0.0001, 0.0303, 0.0304, 0.41, 0.7001, 0.7499];
    const distance = (scheme: Scheme, times?: readonly number[]) => {
      const mean = new Float64Array(curved.neuron.samples);
      for (let seed = 0; seed < RUNS; seed++) {
        const common = { noise: 'common', seed } as const;
        const near = run(process(), curved, 400, { ...common, scheme, ...(times && { saveAt: times }) });
        const exact = run(process(), curved, 400, common);
        for (let j = 0; j < mean.length; j++) mean[j]! += (near.finalStatistic[j]! - exact.finalStatistic[j]!) / RUNS;
      }
      return Math.hypot(...mean) / Math.sqrt(mean.length);
    };
    const first = distance(tauLeap({ step: 0.05 }));
    // The constants are far from equal: 0.05 is an eighth of a jump size.
    expect(distance(extrapolatedLeap({ step: 0.05 }))).toBeLessThan(first / 10);
    expect(distance(extrapolatedLeap({ step: 0.05 }), saveAt)).toBeLessThan(first / 10);
  });

  test('refuses partners, and rates that vary', () => {
    const scheme = extrapolatedLeap({ step: 0.1 });
    expect(refusal(scheme, limit(phases[1]!, curved))).toContain('without partners');
    expect(refusal(scheme, process())).toBeUndefined();
    expect(() => extrapolatedLeap({ step: 0 })).toThrow('step');
  });
});
