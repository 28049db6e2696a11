/**
 * How does the cost of a dropout step, and of a stage of a flow, grow with n, m, d and 1/q? Fitted exponents of time; theory says
 * that a step costs O(qnmd).
 *
 *     npm run bench -- cost      (or: npx tsx bench/cost.ts [--quick])
 *
 * Each round times all sizes in turn and fits one slope; the table gives the median of the rounds' slopes, their quartiles, and a 95 %
 * interval of the median from order statistics.
 */
import { phaseGradientFlow, solveLimit, train } from '../src/dropout/index.ts';
import { learningTask, perceptron, perceptronNormals } from '../src/network/index.ts';
import { stream } from '../src/random/index.ts';
import { rk4 } from '../src/scheme/index.ts';
import { cpuSeconds, head, quick, row } from './compare.ts';
import { logSlope, median, quartiles } from './statistics.ts';

interface Size {
  readonly n: number;
  readonly m: number;
  readonly d: number;
  readonly q: number;
}

const BASE: Size = { n: 16_384, m: 64, d: 8, q: 0.1 };
const SWEEPS: readonly [string, readonly Size[], (size: Size) => number][] = [
  ['n', [4096, 8192, 16_384, 32_768, 65_536].map((n) => ({ ...BASE, n })), ({ n }) => n],
  ['m', [32, 64, 128, 256].map((m) => ({ ...BASE, m })), ({ m }) => m],
  ['d', [8, 16, 32, 64].map((d) => ({ ...BASE, d })), ({ d }) => d],
  ['1/q', [0.4, 0.2, 0.1, 0.05, 0.025].map((q) => ({ ...BASE, q })), ({ q }) => 1 / q],
];

function taskOf({ m, d }: Size) {
  const rng = stream(2);
  const inputs = Array.from({ length: m }, () => Array.from({ length: d }, () => 2 * rng.uniform() - 1));
  const neuron = perceptron({ inputs, activation: 'tanh' });
  const initial = perceptronNormals({ dimension: neuron.dimension });
  return learningTask({ neuron, targets: inputs.map((z) => z[0]!), initial });
}

/** Processor time of one dropout step: a long run less a short one, so that set-up drops out. */
function stepper(size: Size): () => number {
  const task = taskOf(size);
  const { n, q } = size;
  const steps = Math.ceil(1e8 / (n * q * size.m * size.d)) + 10;
  const run = (count: number) =>
    cpuSeconds(() => train(task, { width: n, learningRate: 0.01, keepRate: q, steps: count, rng: stream(1) }));
  return () => (run(2 * steps) - run(steps)) / steps;
}

/** The same of one step of rk4, four stages of a gradient flow. */
function flowStepper(size: Size): () => number {
  const task = taskOf(size);
  const particles = size.n / 8;
  const run = (count: number) =>
    cpuSeconds(() =>
      solveLimit(phaseGradientFlow(), task, {
        ...{ particles, horizon: 0.01 * count, rng: stream(1) },
        scheme: rk4({ step: 0.01 }),
      }),
    );
  return () => (run(10) - run(2)) / 8;
}

const rounds = quick ? 3 : 11;
head('what', 'grows', 'from', 'to', 'exponent', 'quartiles', '95 % interval', 'ms at the last');
for (const [what, make] of [
  ['dropout step', stepper],
  ['rk4 step of the gradient flow', flowStepper],
] as const)
  for (const [name, sizes, x] of SWEEPS) {
    if (name === '1/q' && make === flowStepper) continue;
    const timers = sizes.map(make);
    const slopes: number[] = [];
    let last: number[] = [];
    for (let round = -1; round < rounds; round++) {
      const times = timers.map((time) => Math.max(time(), 1e-7));
      if (round < 0) continue;
      slopes.push(logSlope(sizes.map(x), times));
      last = [...last, times.at(-1)!];
    }
    const [low, high] = quartiles(slopes);
    row(
      what,
      name,
      x(sizes[0]!),
      x(sizes.at(-1)!),
      median(slopes).toFixed(2),
      `${low.toFixed(2)}–${high.toFixed(2)}`,
      medianInterval(slopes),
      (1000 * median(last)).toPrecision(3),
    );
  }

/** From the second smallest to the second largest of 11 values: covers the median with probability 0.988; of fewer, all of them. */
function medianInterval(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const k = values.length >= 11 ? 1 : 0;
  return `${sorted[k]!.toFixed(2)}–${sorted.at(-1 - k)!.toFixed(2)}`;
}
