import {
  limit,
  limitScheme,
  type Phase,
  phaseBernoulliJump,
  phaseGradientFlow,
  phasePenalizedFlow,
  train,
} from '../../src/dropout/index.ts';
import { stream } from '../../src/random/index.ts';
import { solve } from '../../src/solve/index.ts';
import { invarianceProperty, type NetworkFunctional, type Rows } from '../../src/testing/index.ts';

// A kink turns rounding into a step of the derivative: relu is left out, as neurons move here.
const SMOOTH = { activations: ['identity', 'tanh', 'sigmoid', 'softplus', 'erf', 'gelu'], tolerance: 1e-9 } as const;

const rows = (cloud: Rows) => cloud.map((row) => [...row]);

const trainedPredictions: NetworkFunctional = (task, start) =>
  train(task, {
    start: rows(start),
    learningRate: 0.125,
    keepRate: 1,
    steps: 2,
    rng: stream(1),
    throwOnFailure: true,
  }).predictions;

const limitPredictions =
  (phase: Phase): NetworkFunctional =>
  (task, start) =>
    solve(limit(phase, task), {
      initial: rows(start),
      until: 0.25,
      scheme: limitScheme(phase, 0.125),
      rng: stream(1),
      throwOnFailure: true,
    }).finalStatistic;

/** Where nothing is drawn, the predictions of a run depend on the start as a measure: its order and copies of it change nothing. */
export const measureOnly = [
  { name: 'training depends on the measure only', property: invarianceProperty(trainedPredictions, SMOOTH) },
  ...[
    phaseGradientFlow(),
    phaseBernoulliJump({ learningRate: 0.125, keepRate: 1 }),
    phasePenalizedFlow({ activeCount: 2 }),
  ].map((phase) => ({
    name: `the limit ${phase.id} depends on the measure only`,
    // For other losses the penalized flow draws partners from the cloud: copies change who is drawn.
    property: invarianceProperty(limitPredictions(phase), {
      ...SMOOTH,
      losses: phase.id === 'penalized-flow' ? ['squared'] : ['squared', 'logistic'],
    }),
  })),
];
