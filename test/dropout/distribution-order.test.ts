import { describe, expect, test } from 'vitest';
import {
  arrayRqmc,
  characteristics,
  DISTRIBUTION_SCHEMES,
  type DistributionSchemeName,
  distributionSchemesFor,
  grid,
  type Representation,
  solveDistribution,
  splitAndCompress,
} from '../../src/dropout/distribution/index.ts';
import {
  linearLimitMoments,
  type Phase,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
} from '../../src/dropout/index.ts';
import type { LearningTask } from '../../src/network/index.ts';
import { stream } from '../../src/random/index.ts';
import { farthest, fittedOrder, tanhLine, tanhPlane } from './distribution-tasks.ts';
import { linearTask } from './linear-task.ts';

function predictionsAt(
  phase: Phase,
  task: LearningTask,
  representation: Representation,
  time?: { scheme?: DistributionSchemeName; step?: number },
) {
  const options = { horizon: 1, representation, estimateError: false, ...(time ? { time } : {}) };
  return solveDistribution(phase, task, options).final.predictions;
}

describe('order in time, as the table declares it', () => {
  const flow = phasePenalizedFlow({ activeCount: 1 });
  const jump = phasePoissonJump({ jumpSize: 1 });
  const cells = { cells: 61, bounds: [[-6, 7]] as [number, number][] };
  const cases: [Phase, Representation][] = [
    [flow, characteristics({ nodes: 24 })],
    [flow, grid({ ...cells, cells: 31 })],
    [jump, grid(cells)],
    [jump, grid({ ...cells, deposit: 'linear' })],
    [jump, splitAndCompress({ atoms: 400 })],
  ];
  const rows = cases.flatMap(([phase, representation]) =>
    distributionSchemesFor(phase, representation)
      // Compression errs by more than the higher orders: they are tested on the grid, by the same code.
      .filter((scheme) => representation.kind !== 'split-and-compress' || !scheme.startsWith('ssp'))
      .map((scheme) => ({ phase, representation, scheme })),
  );
  test.each(rows)('$phase.id, $representation.kind, $scheme', ({ phase, representation, scheme }) => {
    const { order } = DISTRIBUTION_SCHEMES.find(({ name }) => name === scheme)!;
    const task = tanhLine();
    const steps =
      representation.kind === 'split-and-compress'
        ? [1, 2, 4]
        : phase === flow && representation.kind === 'grid'
          ? [32, 64]
          : [2, 4, 8];
    const finest = representation.kind === 'split-and-compress' ? 16 : 4 * steps[steps.length - 1]!;
    const reference = predictionsAt(phase, task, representation, {
      scheme: phase === jump ? 'ssp-rk4' : scheme,
      step: 1 / finest,
    });
    const errors = steps.map((count) =>
      farthest(predictionsAt(phase, task, representation, { scheme, step: 1 / count }), reference),
    );
    const observed = -fittedOrder(steps, errors);
    expect(observed).toBeGreaterThan(order - 0.35);
    expect(observed).toBeLessThan(order + 0.9);
  });
});

describe('order in time of array-RQMC, on the linear neuron', () => {
  const start = { mean: 0, secondMoment: 1 };
  const meanAt = (phase: Phase, scheme: DistributionSchemeName, count: number, replicates: number) => {
    const { final } = solveDistribution(phase, linearTask(1), {
      horizon: 1,
      representation: arrayRqmc({ particles: 1024 }),
      time: { scheme, step: 1 / count },
      replicates,
      rng: stream(12).split(scheme, count),
    });
    return { mean: final.mean[0]!, error: final.error!.random!.mean[0]! };
  };

  // The mean of a leap is known: a factor 1 - h, or with the residual at the midpoint 1 - h + h²/2.
  test.each([
    ['tau-leap', (h: number) => 1 - h],
    ['midpoint-leap', (h: number) => 1 - h + (h * h) / 2],
  ] as const)('Poisson jumps by %s', (scheme, factor) => {
    for (const count of [2, 4]) {
      const { mean, error } = meanAt(phasePoissonJump({ jumpSize: 0.5 }), scheme, count, 12);
      // |t| with 11 degrees above 9: 2e-6; seeded.
      expect(Math.abs(mean - (1 - factor(1 / count) ** count))).toBeLessThan(9 * error);
      expect(error).toBeLessThan(2e-3);
    }
  });

  test('penalized jumps: the midpoint leap is of second order', () => {
    const phase = phasePenalizedJump({ jumpSize: 0.5, activeCount: 1 });
    const exact = linearLimitMoments(phase, { target: 1, start, time: 1 }).mean;
    const counts = [2, 4];
    const midpoint = counts.map((count) => Math.abs(meanAt(phase, 'midpoint-leap', count, 8).mean - exact));
    const first = counts.map((count) => Math.abs(meanAt(phase, 'tau-leap', count, 8).mean - exact));
    expect(-fittedOrder(counts, midpoint)).toBeGreaterThan(1.5);
    expect(midpoint[1]! * 3).toBeLessThan(first[1]!);
  });
});

describe('order in the spacing of the grid', () => {
  const sizes = [41, 81, 161];
  const bounds = [[-5, 6]] as [number, number][];
  test.each([
    ['finite volumes', phasePenalizedFlow({ activeCount: 1 }), {}, 2, 0.3],
    ['remeshing', phasePenalizedFlow({ activeCount: 1 }), { flow: 'remeshing' }, 3, 0.4],
    ['linear deposit', phasePoissonJump({ jumpSize: 4 }), { deposit: 'linear' }, 2, 0.4],
    ['cubic deposit', phasePoissonJump({ jumpSize: 4 }), { deposit: 'cubic' }, 4, 0.9],
  ] as const)('%s', (_, phase, options, order, slack) => {
    const task = tanhLine();
    const time = phase.id === 'penalized-flow' ? { step: 0.1 } : { step: 0.5 };
    const reference =
      phase.id === 'penalized-flow'
        ? predictionsAt(phase, task, characteristics({ nodes: 200 }), { step: 0.05 })
        : predictionsAt(phase, task, grid({ cells: 1281, bounds }), time);
    const errors = sizes.map((cells) =>
      farthest(predictionsAt(phase, task, grid({ cells, bounds, ...options }), time), reference),
    );
    const observed = -fittedOrder(
      sizes.map((cells) => cells - 1),
      errors,
    );
    expect(Math.abs(observed - order)).toBeLessThan(slack);
  });

  test('finite volumes in the plane', () => {
    const task = tanhPlane();
    const plane = [
      [-5, 5],
      [-5, 5],
    ] as [number, number][];
    const reference = predictionsAt(phaseGradientFlow(), task, characteristics({ nodes: 3600 }));
    const errors = [21, 41, 81].map((cells) =>
      farthest(predictionsAt(phaseGradientFlow(), task, grid({ cells, bounds: plane })), reference),
    );
    expect(-fittedOrder([20, 40, 80], errors)).toBeGreaterThan(1.8);
  });
});

test('quadrature nodes converge faster than any power, compression on the line faster than fourth order', () => {
  const task = tanhLine();
  const flow = phaseGradientFlow();
  const reference = predictionsAt(flow, task, characteristics({ nodes: 200 }), { step: 0.1 });
  const byNodes = [16, 32, 64].map((nodes) =>
    farthest(predictionsAt(flow, task, characteristics({ nodes }), { step: 0.1 }), reference),
  );
  expect(-fittedOrder([16, 32, 64], byNodes)).toBeGreaterThan(4);
  const jump = phasePoissonJump({ jumpSize: 0.5 });
  const time = { scheme: 'heun', step: 0.5 } as const;
  const exact = predictionsAt(jump, task, splitAndCompress({ atoms: 1600 }), time);
  const byAtoms = [50, 100, 200, 400].map((atoms) =>
    farthest(predictionsAt(jump, task, splitAndCompress({ atoms }), time), exact),
  );
  expect(-fittedOrder([50, 100, 200, 400], byAtoms)).toBeGreaterThan(3);
});
