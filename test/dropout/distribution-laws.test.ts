import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  arrayRqmc,
  characteristics,
  grid,
  type Representation,
  solveDistribution,
  splitAndCompress,
} from '../../src/dropout/distribution/index.ts';
import type { Phase } from '../../src/dropout/index.ts';
import { atomsOf, massOf } from '../../src/measure/index.ts';
import {
  independentNormals,
  type LearningTask,
  learningTask,
  linearNeuron,
  logisticLoss,
  perceptron,
  squaredLoss,
} from '../../src/network/index.ts';
import { stream } from '../../src/random/index.ts';
import { anyPhase } from './any-phase.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** A problem with p ≤ 2, so that every representation can solve it: linear or tanh neurons, either loss. */
const anyTask: fc.Arbitrary<LearningTask> = fc
  .record({
    tanh: fc.boolean(),
    logistic: fc.boolean(),
    dimension: fc.constantFrom(1, 2),
    data: fc.array(fc.record({ z: number(-1.5, 1.5), w: number(-1.5, 1.5), y: number(-1, 1), nu: number(0.1, 1) }), {
      minLength: 1,
      maxLength: 4,
    }),
    scale: number(0.3, 1),
    mean: number(-0.5, 0.5),
  })
  .map(({ tanh, logistic, dimension, data, scale, mean }) => {
    const neuron = tanh
      ? perceptron({ inputs: data.map(({ z }) => [z]) })
      : linearNeuron({ inputs: data.map(({ z, w }) => [z, w].slice(0, dimension)) });
    return learningTask({
      neuron,
      loss: logistic ? logisticLoss : squaredLoss,
      targets: data.map(({ y }) => (logistic ? (y > 0 ? 1 : -1) : y)),
      weights: data.map(({ nu }) => nu),
      initial: independentNormals(new Array(neuron.dimension).fill(scale), new Array(neuron.dimension).fill(mean)),
    });
  });

const isFlow = (phase: Phase) => phase.id === 'gradient-flow' || phase.id === 'penalized-flow';

const anyFlow = anyPhase.filter(isFlow);
const anyJump = anyPhase.filter((phase) => !isFlow(phase) && !('jumpSize' in phase && phase.jumpSize > 2));

const forFlows: fc.Arbitrary<Representation> = fc.constantFrom(
  characteristics({ nodes: 100 }),
  characteristics({ nodes: 64, points: 'sobol' }),
  characteristics({ nodes: 50, points: 'monte-carlo' }),
  grid({ cells: 24 }),
  grid({ cells: 24, flow: 'remeshing' }),
);
const forJumps: fc.Arbitrary<Representation> = fc.constantFrom<Representation>(
  grid({ cells: 20 }),
  grid({ cells: 24, deposit: 'linear' }),
  splitAndCompress({ atoms: 60 }),
  arrayRqmc({ particles: 64 }),
);

function solve(phase: Phase, task: LearningTask, representation: Representation, saveAt: number[] = []) {
  return solveDistribution(phase, task, {
    horizon: phase.id === 'bernoulli-jump' ? 3 * phase.learningRate : 0.6,
    representation,
    saveAt,
    measures: true,
    replicates: 1,
    partnerPoints: 4,
    estimateError: false,
    ...(phase.id === 'bernoulli-jump' ? {} : { time: { step: 0.1 } }),
    rng: stream(2),
  });
}

describe('over random problems', () => {
  const problem = fc.oneof(fc.tuple(anyFlow, anyTask, forFlows), fc.tuple(anyJump, anyTask, forJumps));

  test('mass is one, and nothing is negative', () => {
    fc.assert(
      fc.property(problem, ([phase, task, representation]) => {
        const { final, outcome } = solve(phase, task, representation);
        if (outcome.code === 'diverged') return;
        expect(massOf(final.measure!)).toBeCloseTo(1, 11);
        expect(atomsOf('measure', final.measure!).weights.every((weight) => weight >= 0)).toBe(true);
        final.mean.forEach((value, k) => {
          expect(final.secondMoment[k]! - value * value).toBeGreaterThan(-1e-9 * (1 + final.secondMoment[k]!));
        });
      }),
      { seed: 5, numRuns: 120 },
    );
  });

  test('the (penalized) risk falls along flows', () => {
    fc.assert(
      fc.property(anyFlow, anyTask, forFlows, (phase, task, representation) => {
        const { saved } = solve(phase, task, representation, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
        saved.slice(1).forEach((law, i) => {
          const before = saved[i]!;
          // Remeshing adds the error of a deposit at each step; the partner expectation is computed to about 1e-6.
          const remeshed = representation.kind === 'grid' && representation.flow === 'remeshing';
          const slack = remeshed ? 2e-3 : 1e-6;
          expect(law.penalizedRisk).toBeLessThanOrEqual(before.penalizedRisk + slack * (1 + before.penalizedRisk));
        });
      }),
      { seed: 6, numRuns: 80 },
    );
  });

  test('the risk falls under small Poisson jumps', () => {
    fc.assert(
      fc.property(
        anyTask,
        number(0.05, 0.3),
        fc.constantFrom(grid({ cells: 24 }), splitAndCompress({ atoms: 60 })),
        (task, jumpSize, representation) => {
          const { saved } = solve({ id: 'poisson-jump', jumpSize }, task, representation, [0, 0.2, 0.4, 0.6]);
          saved.slice(1).forEach((law, i) => {
            expect(law.risk).toBeLessThanOrEqual(saved[i]!.risk + 1e-3);
          });
        },
      ),
      { seed: 7, numRuns: 40 },
    );
  });

  test('compression keeps the moments of the Bernoulli map', () => {
    fc.assert(
      fc.property(anyTask, number(0.1, 0.5), number(0.2, 1), (task, learningRate, keepRate) => {
        const phase = { id: 'bernoulli-jump', learningRate, keepRate } as const;
        const options = { horizon: learningRate, estimateError: false, replicates: 1, rng: stream(2) };
        // One step: without need for compression, and with.
        const exact = solveDistribution(phase, task, {
          ...options,
          representation: splitAndCompress({ atoms: 50 }),
        }).final;
        const zero = solveDistribution(phase, task, {
          ...options,
          saveAt: [0],
          representation: splitAndCompress({ atoms: 50 }),
        });
        expect(zero.saved[0]!.predictions).toHaveLength(exact.predictions.length);
        // The mean moves by q times a full step: linear in the keep rate at fixed jump size.
        const full = solveDistribution({ ...phase, keepRate: 1, learningRate: learningRate / keepRate }, task, {
          ...options,
          horizon: learningRate / keepRate,
          representation: splitAndCompress({ atoms: 50 }),
        }).final;
        for (const key of ['predictions', 'mean', 'secondMoment'] as const)
          exact[key].forEach((value, k) => {
            const start = zero.saved[0]![key][k]!;
            expect(value).toBeCloseTo(start + keepRate * (full[key][k]! - start), 11);
          });
      }),
      { seed: 8, numRuns: 40 },
    );
  });
});
