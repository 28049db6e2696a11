import { describe, expect, test } from 'vitest';
import {
  arrayRqmc,
  characteristics,
  grid,
  type Representation,
  solveDistribution,
  splitAndCompress,
} from '../../src/dropout/distribution/index.ts';
import { type Phase, solveLimit } from '../../src/dropout/index.ts';
import { type LearningTask, logisticLoss } from '../../src/network/index.ts';
import { stream } from '../../src/random/index.ts';
import { FLOWS, farthest, JUMPS, linearSpace, tanhLine, tanhPlane, tanhSpace } from './distribution-tasks.ts';

const PHASES = [...FLOWS, ...JUMPS];
const TASKS: Readonly<Record<string, () => LearningTask>> = {
  'linear, p = 1': () => linearSpace(1),
  'linear, p = 2': () => linearSpace(2),
  'linear, p = 3': () => linearSpace(3),
  'tanh, p = 1': () => tanhLine(),
  'tanh, p = 2': () => tanhPlane(),
  'tanh, p = 3': () => tanhSpace(),
  'tanh, p = 2, logistic loss': () => tanhPlane(logisticLoss),
  'tanh, p = 1, logistic loss': () => tanhLine(logisticLoss),
};

/** Small enough for a test; its error is far below that of the clouds. */
function representationFor(phase: Phase, p: number): Representation {
  if (FLOWS.includes(phase))
    return p <= 2 ? characteristics({ nodes: 24 ** p }) : characteristics({ nodes: 1024, points: 'sobol' });
  return p === 1 ? grid({ cells: 101 }) : arrayRqmc({ particles: 512 });
}

describe.each(Object.entries(TASKS))('%s', (_, makeTask) => {
  test.each(PHASES)('$id: path space and distribution space agree', (phase) => {
    const task = makeTask();
    const [clouds, particles] = [10, 800];
    const rng = stream(31);
    const { final } = solveDistribution(phase, task, {
      horizon: 1,
      representation: representationFor(phase, task.neuron.dimension),
      replicates: 4,
      partnerPoints: 32,
      ...(phase.id === 'bernoulli-jump' ? {} : { time: { step: 0.1 } }),
      rng,
    });
    const runs = Array.from({ length: clouds }, (_, r) =>
      Array.from(
        solveLimit(phase, task, { horizon: 1, particles, step: 0.1, start: 'quasi-random', rng: rng.split(r) })
          .finalStatistic,
      ),
    );
    for (let j = 0; j < task.neuron.samples; j++) {
      const values = runs.map((run) => run[j]!);
      const mean = values.reduce((a, b) => a + b) / clouds;
      const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (clouds - 1);
      // |t| with 9 degrees above 9 has probability 8e-6 (seeded); clouds of N particles have a bias of order 1/N.
      const tolerance = 9 * Math.sqrt(variance / clouds) + 2 / particles + 4 * final.error!.total.predictions[j]!;
      expect(Math.abs(mean - final.predictions[j]!)).toBeLessThan(tolerance);
      expect(tolerance).toBeLessThan(0.12);
    }
  });
});

describe('representations agree within their stated errors', () => {
  const cases: [string, Phase, () => LearningTask, Representation[]][] = [
    ...FLOWS.map((phase): [string, Phase, () => LearningTask, Representation[]] => [
      phase.id,
      phase,
      tanhPlane,
      [
        characteristics({ nodes: 900 }),
        characteristics({ nodes: 1024, points: 'sobol' }),
        grid({ cells: 61 }),
        grid({ cells: 61, flow: 'remeshing' }),
      ],
    ]),
    ...JUMPS.slice(0, 2).map((phase): [string, Phase, () => LearningTask, Representation[]] => [
      phase.id,
      phase,
      tanhPlane,
      [
        grid({ cells: 81 }),
        grid({ cells: 81, deposit: 'linear' }),
        splitAndCompress({ atoms: 400 }),
        arrayRqmc({ particles: 1024 }),
      ],
    ]),
    [
      JUMPS[2]!.id,
      JUMPS[2]!,
      tanhLine,
      [grid({ cells: 101 }), splitAndCompress({ atoms: 64 }), arrayRqmc({ particles: 1024 })],
    ],
    [
      'gradient-flow in three dimensions',
      FLOWS[0]!,
      tanhSpace,
      [characteristics({ nodes: 14 ** 3 }), characteristics({ nodes: 1024, points: 'sobol' }), grid({ cells: 30 })],
    ],
    ['poisson-jump in three dimensions', JUMPS[0]!, tanhSpace, [grid({ cells: 30 }), arrayRqmc({ particles: 1024 })]],
  ];
  test.each(cases)('%s', (_, phase, task, representations) => {
    const [first, ...others] = representations.map((representation) =>
      solveDistribution(phase, task(), {
        horizon: 1,
        representation,
        replicates: 6,
        partnerPoints: 16,
        ...(phase.id === 'bernoulli-jump' ? {} : { time: { step: 0.125 } }),
        rng: stream(17),
      }),
    );
    for (const other of others)
      for (const key of ['predictions', 'mean', 'secondMoment'] as const)
        first!.final[key].forEach((value, k) => {
          // |t| with 5 degrees above 12: 7e-5 for a number whose error is all random; seeded.
          const error = first!.final.error!.total[key][k]! + other.final.error!.total[key][k]!;
          expect(Math.abs(value - other.final[key][k]!)).toBeLessThan(12 * error + 1e-6);
          expect(error).toBeLessThan(0.05);
        });
    expect(farthest(first!.final.predictions, others[0]!.final.predictions)).toBeLessThan(0.01);
  });
});
