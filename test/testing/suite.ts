import * as fc from 'fast-check';
import {
  classify,
  limit,
  limitScheme,
  PHASE_IDS,
  phaseBernoulliJump,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
  solveDistribution,
  splitAndCompress,
} from '../../src/dropout/index.ts';
import {
  atomsOf,
  compress,
  empiricalMeasure,
  mixture,
  pushforward,
  resample,
  slicedWasserstein,
  toGrid,
  wasserstein,
  wasserstein1D,
} from '../../src/measure/index.ts';
import { fixedPoints, learningTask, linearNeuron } from '../../src/network/index.ts';
import { stream } from '../../src/random/index.ts';
import { eulerMaruyama, rk4 } from '../../src/scheme/index.ts';
import { solve } from '../../src/solve/index.ts';
import {
  boundaryProperty,
  type CheckOptions,
  check,
  convergenceToLimitProperty,
  couplingProperty,
  exactMeanProperty,
  exchangeabilityProperty,
  expectExchangeabilityInLaw,
  expectMassConservation,
  expectMeanField,
  gradientDescentProperty,
  invarianceProperty,
  jumpToFlow,
  maskedTraining,
  massConservationProperty,
  meanCouplingProperty,
  networks,
  numberConservationProperty,
  pathLimit,
  penalizedFlowToFlow,
  penalizedJumpToFlow,
  penalizedJumpToJump,
  permutations,
  points,
  predictedRateProperty,
  type Rows,
  resumeProperty,
  scalings,
  solvableProcesses,
  stationarityProperty,
  stepHalvingProperty,
  streams,
} from '../../src/testing/index.ts';
import { meanFieldOrnsteinUhlenbeck } from '../problems/mean-field-ornstein-uhlenbeck.ts';
import { measureOnly } from './measure-only.ts';

/**
 * Every law of meanfield/testing, held against this library. `npm test` runs it once with a fixed seed, `node scripts/soak.mjs` many times
 * with fresh ones. Laws that draw random runs have a false-alarm probability of 1e-9 a case.
 */
export const suite: readonly {
  readonly name: string;
  readonly run: (options: CheckOptions) => void | Promise<void>;
}[] = [];

// Systems that break the laws are tested elsewhere: here a miss costs nothing but a later notice.
const miss = 1e-3;
const command = 'npx vitest run test/testing';

function add<T>(name: string, property: fc.IProperty<T> | fc.IAsyncProperty<T>, runs?: number): void {
  const run = (options: CheckOptions) =>
    check(name, property as fc.IAsyncProperty<T>, { command, ...(runs === undefined ? {} : { runs }), ...options });
  (suite as { name: string; run: typeof run }[]).push({ name, run });
}

const rowsOf = (data: ArrayLike<number>, dimension: number): number[][] =>
  Array.from({ length: data.length / dimension }, (_, i) =>
    Array.from({ length: dimension }, (_, k) => data[i * dimension + k]!),
  );

add('predictions are means over neurons', invarianceProperty());
for (const { name, property } of measureOnly) add(name, property, 50);
for (const variant of ['dropout', 'random-geometry', 'propagation-noise', 'independent-masks', 'none'] as const)
  add(`neurons are exchangeable: ${variant}`, exchangeabilityProperty(maskedTraining(variant)), 50);

add(
  'pushforwards conserve mass',
  massConservationProperty((measure) => pushforward(measure, (x) => [x[0]! ** 2 - 1])),
);
add(
  'mixtures conserve mass',
  massConservationProperty((measure) => mixture([measure, measure, measure], [1, 2, 0.5])),
);
add(
  'compression conserves mass',
  massConservationProperty((measure) => compress(measure, 3, { features: (x) => [x[0]!] })),
);
add(
  'resampling conserves mass',
  massConservationProperty((measure) => resample(measure, 5, { rng: stream(1) })),
);
add(
  'deposits on grids conserve mass',
  massConservationProperty((measure) => toGrid(measure, [{ lower: -8, upper: 8, count: 9 }])),
);
add(
  'evolution equations conserve mass',
  fc.property(points({ maxCount: 4 }), (rows) => {
    const task = learningTask({ neuron: linearNeuron({ inputs: [[1]] }), targets: [1], initial: fixedPoints(rows) });
    const evolve = () => {
      const { final } = solveDistribution(phasePoissonJump({ jumpSize: 0.5 }), task, {
        horizon: 0.25,
        representation: splitAndCompress({ atoms: 32 }),
        estimateError: false,
      });
      return final.measure!;
    };
    expectMassConservation(evolve, atomsOf('rows', empiricalMeasure(rows)));
  }),
  10,
);
add(
  'solve conserves the number of particles',
  numberConservationProperty((cloud: Rows) => {
    const { process } = meanFieldOrnsteinUhlenbeck();
    const initial = cloud.map((row) => [...row]);
    return rowsOf(
      solve(process, { initial, until: 1, scheme: eulerMaruyama({ step: 0.25 }), rng: stream(1) }).final.data,
      1,
    );
  }),
);

add(
  'random geometry rests at a zero residual',
  stationarityProperty((task, neurons) =>
    maskedTraining('random-geometry')(task, {
      start: neurons,
      learningRate: 0.5,
      keepRate: 0.5,
      masks: neurons.map((_, i) => [i]),
    }),
  ),
);
add(
  'dropout with q = 1 rests at a zero residual',
  stationarityProperty((task, start) => {
    const all = start.map((_, i) => i);
    return maskedTraining('dropout')(task, { start, learningRate: 0.5, keepRate: 1, masks: [all, all] });
  }),
);
for (const phase of [
  phaseGradientFlow(),
  phasePoissonJump({ jumpSize: 0.5 }),
  phaseBernoulliJump({ learningRate: 0.25, keepRate: 0.5 }),
])
  add(
    `the limit ${phase.id} rests at a zero residual`,
    stationarityProperty(
      (task, neurons) =>
        solve(limit(phase, task), {
          initial: neurons.map((row) => [...row]),
          until: 1,
          scheme: limitScheme(phase, 0.25),
          rng: stream(1),
        }).final.data,
    ),
    50,
  );

add(
  'W₁ on the line is below every coupling',
  couplingProperty((first, second) => wasserstein1D(first.flat(), second.flat())),
);
for (const order of [1, 2, 3])
  add(
    `W${order} in the plane is below every coupling`,
    couplingProperty((first, second) => wasserstein(rows(first), rows(second), order), { order, dimension: 2 }),
  );
add(
  'sliced W₁ is below every coupling',
  couplingProperty(
    (first, second) => slicedWasserstein(rows(first), rows(second), { order: 1, rng: stream(1) }).distance,
    { dimension: 2 },
  ),
);
add('predictions are below every coupling', meanCouplingProperty());

for (const id of PHASE_IDS) {
  add(`predictions converge to the limit: ${id}`, convergenceToLimitProperty({ ids: [id], particles: 512, miss }), 1);
  add(
    `predictions fluctuate at the predicted rate: ${id}`,
    predictedRateProperty({ ids: [id], horizon: 0.5, miss }),
    1,
  );
}
for (const boundary of [jumpToFlow, penalizedJumpToFlow(), penalizedFlowToFlow, penalizedJumpToJump()])
  add(boundary.name, boundaryProperty(boundary, pathLimit, { particles: 16, miss }), 1);
add('q → 1: bernoulli-jump to gradient descent', gradientDescentProperty(), 50);

add(
  'limits see the others only through their statistic',
  fc.property(
    networks({ minWidth: 2 }),
    permutations(6),
    fc.constantFrom(
      phaseGradientFlow(),
      phasePoissonJump({ jumpSize: 0.5 }),
      phasePenalizedFlow({ activeCount: 2 }),
      phasePenalizedJump({ jumpSize: 0.5, activeCount: 2 }),
    ),
    streams(),
    ({ task, neurons }, permutation, phase, rng) => {
      // For other losses the penalized flow's drift averages over partners: it sees more of the cloud than its statistic.
      fc.pre(phase.id !== 'penalized-flow' || task.loss.quadratic);
      expectMeanField(limit(phase, task), { cloud: neurons, order: permutation(neurons.length), time: 0, rng });
    },
  ),
);
add(
  'solvable processes see the others only through their statistic',
  fc.property(
    solvableProcesses(),
    points({ minCount: 2, coordinate: fc.nat({ max: 5 }) }),
    permutations(6),
    streams(),
    ({ process }, cloud, permutation, rng) =>
      expectMeanField(process, { cloud, order: permutation(cloud.length), time: 0, rng }),
  ),
);
add('solvable processes have their exact means', exactMeanProperty(), 5);
add(
  'solvable processes have exchangeable particles',
  fc.asyncProperty(solvableProcesses(), streams(), async ({ process, start, until, scheme }, rng) => {
    const initial = [[start], [start], [start]];
    await expectExchangeabilityInLaw(
      (run) => solve(process, { initial, until, scheme: scheme(), rng: run }).final.data,
      { dimension: 1, rng },
    );
  }),
  3,
);
const ornsteinUhlenbeck = meanFieldOrnsteinUhlenbeck().process;
add(
  'steps of Euler–Maruyama can be halved',
  stepHalvingProperty(ornsteinUhlenbeck, { until: 1, step: 0.25, scheme: (step) => eulerMaruyama({ step }) }),
  2,
);
const flow = limit(
  phaseGradientFlow(),
  learningTask({ neuron: linearNeuron({ inputs: [[1], [2]] }), targets: [1, 0], initial: fixedPoints([[0]]) }),
);
add(
  'steps of rk4 can be halved',
  stepHalvingProperty(flow, { until: 1, step: 0.25, scheme: (step) => rk4({ step }) }),
  20,
);
add(
  'runs resume to the same bits',
  resumeProperty(ornsteinUhlenbeck, { until: 1, scheme: eulerMaruyama({ step: 0.125 }) }),
  20,
);

add(
  'power laws lie in the phase that they were made for',
  fc.property(scalings({ degenerate: true }), ({ law, phase, degenerate }) => {
    const found = classify(law);
    return found.phase === phase && found.degenerate.join() === degenerate.join();
  }),
  1000,
);

function rows(cloud: Rows): number[][] {
  return cloud.map((row) => [...row]);
}
