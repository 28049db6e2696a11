/**
 * What does a limit cost, and which scheme gets a given accuracy first? m = 64 samples of d = 4 inputs, tanh.
 *
 *     npm run bench -- limits      (or: npx tsx bench/limits.ts [--quick])
 */
import {
  type Phase,
  phaseBernoulliJump,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
  solveLimit,
} from '../src/dropout/index.ts';
import { type LearningTask, learningTask, logisticLoss, perceptron, perceptronNormals } from '../src/network/index.ts';
import { stream } from '../src/random/index.ts';
import {
  dormandPrince,
  euler,
  exactJumps,
  extrapolatedLeap,
  heun,
  midpointLeap,
  rk4,
  type Scheme,
  tauLeap,
} from '../src/scheme/index.ts';
import { compare, cpuSeconds, head, ours, quick, row, short } from './compare.ts';
import { median } from './statistics.ts';

const [m, d] = [64, 4];
const rng = stream(5);
const inputs = Array.from({ length: m }, () => Array.from({ length: d }, () => 2 * rng.uniform() - 1));
const targets = inputs.map((z) => Math.sign(z[0]! * z[1]!) || 1);
const neuron = perceptron({ inputs, activation: 'tanh' });
const initial = perceptronNormals({ dimension: neuron.dimension });
const squared = learningTask({ neuron, targets, initial });
const logistic = learningTask({ neuron, targets, initial, loss: logisticLoss });

interface Case {
  readonly name: string;
  readonly phase: Phase;
  readonly task: LearningTask;
  readonly scheme?: Scheme;
  /** What one unit of work is: a particle's stage of a flow, or a particle's jump. */
  readonly unit: string;
  readonly units: (particles: number) => number;
}

const flow = { unit: 'stage and particle', units: (n: number) => 20 * n };
const jumps = { unit: 'jump', units: (n: number) => 2.5 * n };
const alpha = 0.1;
const HORIZON = 0.25;
const CASES: readonly Case[] = [
  { name: 'gradient flow, rk4', phase: phaseGradientFlow(), task: squared, ...flow },
  { name: 'penalized flow, rk4, c = 2', phase: phasePenalizedFlow({ activeCount: 2 }), task: squared, ...flow },
  {
    name: 'penalized flow, rk4, c = 2, logistic loss',
    phase: phasePenalizedFlow({ activeCount: 2 }),
    task: logistic,
    ...flow,
  },
  {
    name: 'Bernoulli jumps, q = ½, τ = 0.05',
    phase: phaseBernoulliJump({ learningRate: 0.05, keepRate: 0.5 }),
    task: squared,
    ...jumps,
  },
  { name: 'Poisson jumps, exact', phase: phasePoissonJump({ jumpSize: alpha }), task: squared, ...jumps },
  {
    name: 'Poisson jumps, leaps of 0.025',
    phase: phasePoissonJump({ jumpSize: alpha }),
    task: squared,
    scheme: tauLeap({ step: 0.025 }),
    ...jumps,
  },
  ...[4, 64].map((activeCount) => ({
    name: `penalized jumps, leaps of 0.025, c = ${activeCount}`,
    phase: phasePenalizedJump({ jumpSize: alpha, activeCount }),
    task: squared,
    scheme: tauLeap({ step: 0.025 }),
    ...jumps,
  })),
];

function solveOnce({ phase, task, scheme }: Case, particles: number) {
  return solveLimit(phase, task, { particles, horizon: HORIZON, rng: stream(1), ...(scheme && { scheme }) });
}

head('limit', ...[4096, 16_384, 65_536].map((n) => `N = ${n}`), 'ns per');
const sizes = quick ? [4096] : [4096, 16_384, 65_536];
for (const each of CASES) {
  const cells: string[] = [];
  for (const n of sizes) {
    const [standing] = await compare([ours('', () => solveOnce(each, n))], quick ? 3 : 5);
    cells.push(((1e9 * standing!.seconds) / each.units(n)).toFixed(0));
  }
  while (cells.length < 3) cells.push('');
  row(each.name, ...cells, each.unit);
}

console.log(
  '\nTime to an accuracy. Flow: error of the predictions at time 1 against a much finer solution from the same start.',
);
console.log(
  'Jumps: the same against exact rings on the same clocks, root mean square over the samples; processor time with fresh clocks.\n',
);
head('limit', 'scheme', 'error', 'ms', 'ms to 1e-4 at its order');
const N = quick ? 1024 : 4096;
const common = { particles: N, horizon: 1, rng: stream(3) };

const flowSolution = (scheme: Scheme) => solveLimit(phaseGradientFlow(), squared, { ...common, scheme }).finalStatistic;
const reference = flowSolution(rk4({ step: 1 / 400 }));
for (const [name, scheme, order] of [
  ['euler, 1/100', euler({ step: 1 / 100 }), 1],
  ['heun, 1/20', heun({ step: 1 / 20 }), 2],
  ['rk4, 1/4', rk4({ step: 1 / 4 }), 4],
  ['dormandPrince, 1e-4', dormandPrince({ relativeTolerance: 1e-4, absoluteTolerance: 1e-6 }), 5],
] as const)
  report('gradient flow', name, order, distance(flowSolution(scheme), reference), () => flowSolution(scheme));

const phase = phasePoissonJump({ jumpSize: alpha });
const jumpSolution = (scheme: Scheme, noise: 'common' | 'fresh') =>
  solveLimit(phase, squared, { ...common, scheme, noise }).finalStatistic;
const exact = jumpSolution(exactJumps(), 'common');
for (const [name, scheme, order] of [
  ['exactJumps', exactJumps(), null],
  ['tauLeap, 1/20', tauLeap({ step: 1 / 20 }), 1],
  ['tauLeap, 1/80', tauLeap({ step: 1 / 80 }), 1],
  ['midpointLeap, 1/20', midpointLeap({ step: 1 / 20 }), 2],
  ['extrapolatedLeap, 1/20', extrapolatedLeap({ step: 1 / 20 }), 2],
  ['extrapolatedLeap, 1/80', extrapolatedLeap({ step: 1 / 80 }), 2],
] as const)
  report('Poisson jumps', name, order, distance(jumpSolution(scheme, 'common'), exact), () =>
    jumpSolution(scheme, 'fresh'),
  );

function report(limit: string, name: string, order: number | null, error: number, work: () => unknown): void {
  const seconds = median(Array.from({ length: quick ? 3 : 7 }, () => cpuSeconds(work)));
  const wanted = order === null ? seconds : seconds * Math.max(1, (error / 1e-4) ** (1 / order));
  row(limit, name, error.toExponential(1), short(1000 * seconds), short(1000 * wanted));
}

function distance(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(a.reduce((sum, value, j) => sum + (value - b[j]!) ** 2, 0) / a.length);
}
