/**
 * Rates of the couplings, with more replicates than the tests can pay for: the path-space error of penalized jumps with coupled
 * partners, diffusion approximation and flow against jumps, and what common randomness saves.
 * Run by `npx tsx bench/couplings.ts [partners | law | diffusion | weak | variance, default all]`.
 */
import {
  type Coupling,
  couple,
  fitPowerLaw,
  jumpsToDiffusion,
  limitReference,
  meanErrors,
  meanEstimate,
  networkToLimit,
  twoNetworks,
  twoSteps,
  twoVariants,
  twoWidths,
} from '../src/convergence/index.ts';
import { linearLimitMoments, phasePenalizedJump, phasePoissonJump } from '../src/dropout/index.ts';
import {
  independentNormals,
  type LearningTask,
  LOSSES,
  learningTask,
  linearNeuron,
  perceptron,
  perceptronNormals,
} from '../src/network/index.ts';
import { normal, stream } from '../src/random/index.ts';

const chosen = process.argv[2];
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;

/** Tanh neurons with three parameters on four samples, labels ±1. */
function tanhTask(loss: keyof typeof LOSSES): LearningTask {
  const rng = stream(21).split('data');
  const inputs = Array.from({ length: 4 }, () => [normal(rng)]);
  return learningTask({
    neuron: perceptron({ inputs, bias: true }),
    loss: LOSSES[loss],
    targets: inputs.map(([a]) => (a! > 0 ? 1 : -1)),
    initial: perceptronNormals({ dimension: 3 }),
  });
}

function report(name: string, sizes: readonly number[], values: readonly number[][]): void {
  const estimates = meanErrors(values);
  const fit = fitPowerLaw(sizes, estimates);
  const numbers = sizes.map(
    (_, k) => `${estimates.errors[k]!.toPrecision(3)} ± ${estimates.standardErrors[k]!.toPrecision(1)}`,
  );
  console.log(`${name}: ${numbers.join(', ')}`);
  if (!fit.fitted) console.log(`    no power law: ${fit.reason}`);
  else {
    const [low, high] = fit.interval;
    const bend = fit.curvature === undefined ? '' : `, curvature p = ${fit.curvature.pValue.toPrecision(2)}`;
    console.log(`    exponent ${fit.exponent.value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]${bend}`);
  }
}

function partners(): void {
  partnersAt(1, 1);
  partnersAt(0.5, 4);
}

function partnersAt(jumpSize: number, activeCount: number): void {
  const widths = [16, 32, 64, 128, 256, 512, 1024, 2048, 4096];
  console.log(
    `penalized jumps, α = ${jumpSize}, c = ${activeCount}, τ = αc/n, q = c/n, T = 1, n = ${widths.join(', ')}`,
  );
  for (const loss of ['squared', 'logistic'] as const) {
    const task = tanhTask(loss);
    const runs = widths.map((width) =>
      Array.from({ length: Math.min(500, Math.max(16, Math.round(16384 / width))) }, (_, r) => {
        const coupling = networkToLimit({
          phase: phasePenalizedJump({ jumpSize, activeCount }),
          width,
          learningRate: (jumpSize * activeCount) / width,
          keepRate: activeCount / width,
        });
        const rng = stream(1).split(loss, width, r);
        const { moments } = couple(task, coupling, {
          horizon: 1,
          rng,
          comparisons: 'every-step',
          throwOnFailure: true,
        });
        const { pathErrors, predictionError, meanPathError } = moments[0]!;
        return {
          path: meanPathError,
          square: mean(pathErrors.map((e) => e * e)),
          // Beyond rounding: both sides add up the same numbers, in different orders.
          touched: mean(pathErrors.map((e) => (e > 1e-9 ? 1 : 0))),
          predictionError,
        };
      }),
    );
    const tail = widths.findIndex((n) => n >= 256);
    for (const key of ['path', 'square', 'touched', 'predictionError'] as const) {
      const values = runs.map((ofWidth) => ofWidth.map((run) => run[key]));
      report(`  ${loss}, ${key}`, widths, values);
      report(`  ${loss}, ${key}, n ≥ 256`, widths.slice(tail), values.slice(tail));
    }
  }
}

/** The moments of the coupled copies of a linear neuron against the exact ones of the limit. */
function law(): void {
  const [jumpSize, activeCount] = [0.5, 2];
  const start = { mean: 0.5, secondMoment: 1.25 };
  const task = learningTask({
    neuron: linearNeuron({ inputs: [[1]] }),
    targets: [1],
    initial: independentNormals([1], [0.5]),
  });
  const phase = phasePenalizedJump({ jumpSize, activeCount });
  const exact = linearLimitMoments(phase, { target: 1, start, time: 1 });
  console.log(
    `coupled copies of penalized jumps against the exact moments, α = ${jumpSize}, c = ${activeCount}, T = 1`,
  );
  for (const width of [8, 16, 32, 64, 128]) {
    const learningRate = (jumpSize * activeCount) / width;
    const coupling = networkToLimit({ phase, width, learningRate, keepRate: activeCount / width });
    const runs = Array.from({ length: Math.round(400000 / width) }, (_, r) => {
      const { paths } = couple(task, coupling, {
        horizon: 1,
        rng: stream(2).split(width, r),
        comparisons: 1,
        tracked: width,
      });
      const last = paths.map(({ second }) => second.at(-1)![0]!);
      return { mean: mean(last), secondMoment: mean(last.map((x) => x * x)) };
    });
    const line = (['mean', 'secondMoment'] as const).map((key) => {
      const { value, standardError } = meanEstimate(runs.map((run) => run[key]));
      return `${key} off by ${(value - exact[key]).toFixed(5)} ± ${standardError.toFixed(5)} (times n: ${((value - exact[key]) * width).toFixed(2)})`;
    });
    console.log(`  n = ${width}: ${line.join(', ')}`);
  }
}

function diffusion(): void {
  const task = tanhTask('squared');
  const jumpSizes = [0.4, 0.2, 0.1, 0.05, 0.025, 0.0125];
  console.log(`path error against Poisson jumps by α = ${jumpSizes.join(', ')}; T = 1, 512 particles`);
  for (const approximation of ['diffusion', 'flow'] as const) {
    const values = jumpSizes.map((jumpSize) =>
      Array.from({ length: 8 }, (_, r) => {
        const coupling = jumpsToDiffusion({ jumpSize, particles: 512, approximation });
        return couple(task, coupling, { horizon: 1, rng: stream(3).split(r), throwOnFailure: true }).moments[0]!
          .meanPathError;
      }),
    );
    report(`  ${approximation}`, jumpSizes, values);
    if (approximation === 'diffusion')
      report(
        '  diffusion, over log(4/α)',
        jumpSizes,
        values.map((v, k) => v.map((e) => e / Math.log(4 / jumpSizes[k]!))),
      );
  }
}

/** E F(jumps) - E F(approximation) for three-parameter tanh neurons, as a signed number along the targets. */
function weak(): void {
  const task = tanhTask('squared');
  const jumpSizes = [0.8, 0.4, 0.2, 0.1];
  console.log(`weak error of ⟨F, y⟩/m by α = ${jumpSizes.join(', ')}; T = 1, coupled clouds of 2048`);
  for (const approximation of ['diffusion', 'flow'] as const) {
    const values = jumpSizes.map((jumpSize) =>
      Array.from({ length: approximation === 'flow' ? 64 : Math.round(20 / jumpSize) + 64 }, (_, r) => {
        const coupling = jumpsToDiffusion({
          jumpSize,
          particles: 2048,
          approximation,
          step: Math.min(jumpSize / 2, 1 / 16),
        });
        const { moments } = couple(task, coupling, { horizon: 1, rng: stream(4).split(r), comparisons: 1 });
        const [f, g] = moments[0]!.predictions;
        return mean(f.map((value, j) => (value - g[j]!) * task.targets[j]!));
      }),
    );
    const positive = mean(values[0]!) < 0 ? values.map((v) => v.map((e) => -e)) : values;
    report(`  ${approximation}`, jumpSizes, positive);
  }
}

/** Var(F_first) / Var(F_first - F_second), summed over samples: what coupling saves. */
function variance(): void {
  const task = tanhTask('squared');
  const rates = { width: 256, learningRate: 0.05, keepRate: 0.1 };
  const phase = phasePoissonJump({ jumpSize: 0.5 });
  const reference = limitReference(phase, task, { particles: 16384, horizon: 1, rng: stream(5) });
  const partnered = phasePenalizedJump({ jumpSize: 0.5, activeCount: 4 });
  const couplings: Record<string, Coupling> = {
    'network to Poisson jumps, q = τ/α': networkToLimit({ phase, ...rates, reference }),
    'network to Poisson jumps, q = 1 - e^(-τ/α)': networkToLimit({ phase, width: 256, learningRate: 0.05, reference }),
    'network to penalized jumps': networkToLimit({
      phase: partnered,
      width: 256,
      learningRate: 2 / 256,
      keepRate: 4 / 256,
    }),
    'dropout to random geometry': twoVariants({ ...rates, variants: ['dropout', 'random-geometry'] }),
    'width 256 to 512': twoWidths({ ...rates, widths: [256, 512] }),
    'τ to τ/2': twoSteps({ ...rates, refinement: 2 }),
    'keep rate 0.1 to 0.08': twoNetworks({ first: rates, second: { ...rates, keepRate: 0.08 } }),
    'jumps to diffusion': jumpsToDiffusion({ jumpSize: 0.5, particles: 256 }),
    'jumps to flow': jumpsToDiffusion({ jumpSize: 0.5, particles: 256, approximation: 'flow' }),
  };
  console.log('what common randomness saves: Var F / Var(F - F̄), and the mean path error');
  const spread = (rows: readonly Float64Array[]) => {
    const m = rows[0]!.length;
    return Array.from({ length: m }, (_, j) => meanEstimate(rows.map((row) => row[j]!)).standardError ** 2).reduce(
      (a, b) => a + b,
    );
  };
  for (const [name, coupling] of Object.entries(couplings)) {
    const runs = Array.from(
      { length: 200 },
      (_, r) => couple(task, coupling, { horizon: 1, rng: stream(6).split(r) }).moments[0]!,
    );
    const alone = spread(runs.map(({ predictions }) => predictions[0]));
    const apart = spread(runs.map(({ predictions: [f, g] }) => f.map((value, j) => value - g[j]!)));
    console.log(`  ${name}: ${(alone / apart).toFixed(1)}, ${mean(runs.map((run) => run.meanPathError)).toFixed(4)}`);
  }
}

for (const [name, run] of Object.entries({ partners, law, diffusion, weak, variance }))
  if (chosen === undefined || chosen === name) {
    const start = performance.now();
    run();
    console.log(`  (${((performance.now() - start) / 1000).toFixed(0)} s)\n`);
  }
