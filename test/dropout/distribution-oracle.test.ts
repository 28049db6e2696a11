import { describe, expect, test } from 'vitest';
import {
  arrayRqmc,
  characteristics,
  grid,
  type Representation,
  type SolveDistributionOptions,
  solveDistribution,
  splitAndCompress,
} from '../../src/dropout/distribution/index.ts';
import {
  linearLaw,
  linearLimitMoments,
  type Phase,
  phasePenalizedFlow,
  phasePoissonJump,
} from '../../src/dropout/index.ts';
import { atomsOf } from '../../src/measure/index.ts';
import { fixedPoints, independentNormals } from '../../src/network/index.ts';
import { stream } from '../../src/random/index.ts';
import { FLOWS, JUMPS } from './distribution-tasks.ts';
import { linearTask } from './linear-task.ts';

const start = { mean: 0.3, secondMoment: 1.09 };
const task = linearTask(1, independentNormals([1], [0.3]));

function solve(phase: Phase, representation: Representation, options: Partial<SolveDistributionOptions> = {}) {
  return solveDistribution(phase, task, { horizon: 1, representation, rng: stream(1), ...options });
}

/** Errors of mean and second moment against docs/theory.md section 5.7, and the estimates of them. */
function errorsOf(phase: Phase, { final }: ReturnType<typeof solve>) {
  const exact = linearLimitMoments(phase, { target: 1, start, time: 1 });
  return [
    { actual: Math.abs(final.mean[0]! - exact.mean), estimate: final.error!.total.mean[0]! },
    { actual: Math.abs(final.secondMoment[0]! - exact.secondMoment), estimate: final.error!.total.secondMoment[0]! },
  ];
}

describe('the linear neuron, whose moments are known', () => {
  const flows = FLOWS.flatMap((phase) =>
    [
      ['quadrature', characteristics({ nodes: 16 }), 1e-7],
      ['remeshed grid', grid({ cells: 201, flow: 'remeshing' }), 1e-7],
      ['finite volumes', grid({ cells: 201 }), phase.id === 'gradient-flow' ? 5e-6 : 1e-3],
    ].map(([name, representation, bound]) => ({ phase, name, representation, bound })),
  );
  const jumps = JUMPS.flatMap((phase) =>
    [
      ['grid, cubic deposit', grid({ cells: 201 }), 1e-7],
      ['split and compress', splitAndCompress({ atoms: 120 }), phase.id === 'bernoulli-jump' ? 1e-14 : 1e-6],
    ].map(([name, representation, bound]) => ({ phase, name, representation, bound })),
  );
  const cases = [...flows, ...jumps] as unknown as {
    phase: Phase;
    name: string;
    representation: Representation;
    bound: number;
  }[];
  test.each(cases)(
    '$phase.id by $name: within $bound, and as the estimate says',
    ({ phase, representation, bound }) => {
      const partners = phase.id === 'penalized-jump';
      const solution = solve(phase, representation, {
        ...(partners ? { partnerPoints: 4, replicates: 2 } : {}),
        ...(representation.kind === 'split-and-compress' && phase.id !== 'bernoulli-jump'
          ? { time: { scheme: 'ssp-rk4' } }
          : {}),
      });
      expect(solution.outcome.code).toBe('completed');
      for (const { actual, estimate } of errorsOf(phase, solution)) {
        expect(actual).toBeLessThan(bound);
        expect(actual).toBeLessThan(4 * estimate + 1e-8);
      }
    },
  );

  test.each(JUMPS)('$id by array-RQMC: within the errors, far below plain sampling', (phase) => {
    const particles = 1024;
    const [mean, second] = errorsOf(phase, solve(phase, arrayRqmc({ particles }), { replicates: 8 }));
    // |t| with 7 degrees above 12: 6e-6; seeded.
    expect(mean!.actual).toBeLessThan(12 * mean!.estimate);
    expect(second!.actual).toBeLessThan(12 * second!.estimate);
    // Eight plain clouds would have a standard error of (8 · 1024)^(-1/2) = 0.011 times a standard deviation near 1.
    expect(mean!.estimate).toBeLessThan(0.011 / 4);
  });

  test('the third cumulant of Poisson jumps on a grid', () => {
    const phase = phasePoissonJump({ jumpSize: 1 });
    const { final } = solve(phase, grid({ cells: 301 }));
    const { particles, weights } = atomsOf('measure', final.measure!);
    const third = particles.reduce((sum, x, i) => sum + weights[i]! * (x - final.mean[0]!) ** 3, 0);
    expect(third).toBeCloseTo(linearLaw(phase, { target: 1, startMean: 0.3, time: 1 }).cumulants(3)[2]!, 6);
  });

  test('a flow that is not quadratic by name follows the expectation over partners to the same moments', () => {
    const phase = phasePenalizedFlow({ activeCount: 2 });
    const transformed = { ...task, loss: { ...task.loss, quadratic: false } };
    const options = { horizon: 1, estimateError: false };
    const exact = linearLimitMoments(phase, { target: 1, start, time: 1 });
    const { final } = solveDistribution(phase, transformed, {
      ...options,
      representation: characteristics({ nodes: 16 }),
    });
    expect(final.mean[0]).toBeCloseTo(exact.mean, 7);
    expect(final.secondMoment[0]).toBeCloseTo(exact.secondMoment, 7);
    const known = solveDistribution(phase, task, { ...options, representation: characteristics({ nodes: 16 }) });
    expect(final.penalizedRisk).toBeCloseTo(known.final.penalizedRisk, 7);
    const cells = grid({ cells: 101 });
    const one = solveDistribution(phase, transformed, { ...options, representation: cells, time: { step: 0.25 } });
    const two = solveDistribution(phase, task, { ...options, representation: cells, time: { step: 0.25 } });
    expect(one.final.secondMoment[0]).toBeCloseTo(two.final.secondMoment[0]!, 6);
  });
});

test('fixed points and a few Bernoulli steps are followed exactly', () => {
  const points = [-1, 0.5, 2];
  const phase = JUMPS[1]!;
  const { final } = solveDistribution(phase, linearTask(1, fixedPoints(points.map((x) => [x]))), {
    horizon: 0.75,
    representation: splitAndCompress({ atoms: 24 }),
  });
  const moments = { mean: 0.5, secondMoment: 5.25 / 3 };
  const exact = linearLimitMoments(phase, { target: 1, start: moments, time: 0.75 });
  expect(final.mean[0]).toBeCloseTo(exact.mean, 15);
  expect(final.secondMoment[0]).toBeCloseTo(exact.secondMoment, 14);
  expect(final.error!.total.mean[0]).toBeLessThan(1e-15);
});
