/**
 * Forecasts of `predictedErrors` for wider networks than its pilots, in each phase, against errors measured at these widths. Run by
 * `npx tsx bench/forecasts.ts [scale of replicates, default 1] [part of a case's name]`.
 */
import { referencePath } from '../src/convergence/coupling/index.ts';
import { biases, coupleToLimit, fluctuations, predictedErrors } from '../src/convergence/index.ts';
import { PHASE_IDS, type Phase, type Rates, solveLimit, train } from '../src/dropout/index.ts';
import { learningTask, perceptron, perceptronNormals } from '../src/network/index.ts';
import { stream } from '../src/random/index.ts';

const scale = Number(process.argv[2] ?? 1);
const inputs = [
  [1, 0],
  [0, 1],
  [-1, 0.5],
  [0.5, -1],
  [1, 1],
  [-0.5, -0.7],
  [0.3, 0.8],
  [-1, -0.2],
];
const task = learningTask({
  neuron: perceptron({ inputs, activation: 'tanh' }),
  targets: inputs.map(([a, b]) => Math.sin(1.5 * a!) + b! / 2),
  initial: perceptronNormals({ dimension: 3 }),
});
const horizon = 2;
const cases: readonly { name: string; widths: readonly number[]; rates: (n: number) => Rates }[] = [
  { name: 'gradient-flow', widths: [256, 1024], rates: (n) => ({ learningRate: n ** -0.75, keepRate: n ** -0.25 }) },
  {
    name: 'poisson-jump',
    widths: [256, 1024],
    rates: (n) => ({ learningRate: 2 ** -Math.round(Math.log2(n) / 2), keepRate: n ** -0.5 }),
  },
  { name: 'bernoulli-jump', widths: [128, 512], rates: () => ({ learningRate: 0.25, keepRate: 0.5 }) },
  { name: 'penalized-flow', widths: [64, 256], rates: (n) => ({ learningRate: 4 * n ** -1.5, keepRate: 2 / n }) },
  { name: 'penalized-jump', widths: [128, 512], rates: (n) => ({ learningRate: 1 / n, keepRate: 2 / n }) },
];

const rms = (weights: Float64Array, v: ArrayLike<number>) =>
  Math.sqrt(weights.reduce((sum, w, j) => sum + w * v[j]! ** 2, 0));
void rms;
const ratio = (forecast: { value: number; standardError: number }, value: number, error: number) => {
  const quotient = forecast.value / value;
  const relative = Math.hypot(forecast.standardError / forecast.value, error / value);
  return `${forecast.value.toPrecision(3)} / ${value.toPrecision(3)} = ${quotient.toFixed(2)} ± ${(1.96 * quotient * relative).toFixed(2)}`;
};

for (const { name, widths, rates } of cases) {
  if (!name.includes(process.argv[3] ?? '')) continue;
  for (const width of widths) {
    const network = { width, ...rates(width) };
    const begin = performance.now();
    const { forecasts, nearest, constants } = await predictedErrors(task, { ...network, horizon, rng: stream(1) });
    const seconds = (performance.now() - begin) / 1000;
    console.log(
      `\n${name}, n = ${width}, τ = ${network.learningRate.toPrecision(3)}, q = ${network.keepRate.toPrecision(3)}: nearest ${nearest}, forecast in ${seconds.toFixed(1)} s`,
    );
    console.log(
      '  constants',
      Object.entries(constants.constants)
        .map(([key, { value, standardError }]) => `${key} ${value.toPrecision(3)} ± ${standardError.toPrecision(1)}`)
        .join(', '),
    );
    const samples = Array.from({ length: Math.round(2000 * scale) }, (_, r) =>
      train(task, { ...network, horizon, rng: stream(2).split(width, r), throwOnFailure: true }).predictions.slice(),
    );
    const spread = fluctuations([samples], { weights: task.weights });
    const sd = Math.sqrt(spread.values[0]!);
    console.log(
      `  fluctuation   ${ratio(forecasts['gradient-flow'].fluctuation, sd, Math.sqrt(spread.covariance[0]!) / (2 * sd))}`,
    );
    for (const id of PHASE_IDS) {
      const { limit, bias, error, path } = forecasts[id];
      if (limit === null) continue;
      const reference = solveMany(limit, network.learningRate);
      const found = biases([samples], reference.ends, { weights: task.weights });
      const measured = Math.sqrt(Math.max(0, found.values[0]!));
      const noise = Math.sqrt(found.covariance[0]!) / (2 * measured);
      const total = Math.hypot(measured, sd);
      const totalError = Math.hypot(Math.sqrt(found.covariance[0]!), Math.sqrt(spread.covariance[0]!)) / (2 * total);
      console.log(`  ${id.padEnd(14)}bias ${ratio(bias, measured, noise)}; error ${ratio(error, total, totalError)}`);
      if (path === null) continue;
      const runs = Array.from({ length: Math.max(4, Math.round(10 * scale)) }, (_, r) => {
        const { pathErrors } = coupleToLimit(task, {
          ...network,
          phase: limit,
          horizon: reference.horizon,
          reference: reference.path,
          rng: stream(4).split(id, width, r),
        });
        return pathErrors.reduce((sum, e) => sum + e, 0) / width;
      });
      const mean = runs.reduce((sum, e) => sum + e, 0) / runs.length;
      const variance = runs.reduce((sum, e) => sum + (e - mean) ** 2, 0) / (runs.length - 1);
      console.log(`                path ${ratio(path, mean, Math.sqrt(variance / runs.length))}`);
    }
  }
}

/** Many clouds of a limit: their ends, and the mean path of their statistics. */
function solveMany(phase: Phase, learningRate: number) {
  const end = Math.round(horizon / learningRate) * learningRate;
  const count = phase.id === 'bernoulli-jump' ? Math.round(end / learningRate) : 32;
  const times = Float64Array.from({ length: count + 1 }, (_, k) => (k === count ? end : (k * end) / count));
  const clouds = Array.from(
    { length: Math.max(8, Math.round(40 * scale)) },
    (_, r) =>
      solveLimit(phase, task, {
        particles: 2048,
        horizon: end,
        step: end / 32,
        start: 'quasi-random',
        saveAt: times,
        save: ({ statistic }) => statistic.slice(),
        rng: stream(3).split(phase.id, r),
        throwOnFailure: true,
      }).saved,
  );
  const m = task.neuron.samples;
  const values = new Float64Array(times.length * m);
  for (const saved of clouds)
    saved.forEach((f, k) =>
      f.forEach((v, j) => {
        values[k * m + j]! += v / clouds.length;
      }),
    );
  return { ends: clouds.map((saved) => saved[saved.length - 1]!), path: referencePath(times, values), horizon: end };
}
