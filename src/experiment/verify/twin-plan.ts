import { cholesky, choleskyPivots, solveLowerInto, solveLowerTransposedInto } from '../../base/linear-algebra.ts';
import { solveLimit } from '../../dropout/limit/index.ts';
import type { Phase } from '../../dropout/phase/index.ts';
import { type LearningTask, residualInto } from '../../network/index.ts';
import { type Stream, stream } from '../../random/index.ts';
import type { TwinPlan } from '../cells/twins.ts';

/** Samples that answer for all: the cost of twins is that of as many, and 16 explain nearly what 32 do. */
const SAMPLES = 16;
/** Neurons by which they are chosen, by which their residuals are fitted, and over which their mean responses at the start are taken. */
const CHOOSERS = 1024;
const FITTERS = 256;
const STARTS = 2 ** 17;
/** Particles of a limit whose residuals twins move by. */
const PILOT = 1024;

/** Plans for twins along the limit of a phase. */
export type TwinPlanner = (phase: Phase) => TwinPlan;

/**
 * Chooses the samples whose predictions span those of all best over the start, and what residuals at them pull neurons of the start
 * most nearly (least squares) as residuals at all samples do. O(SAMPLES·m) passes of a few hundred neurons.
 */
export function twinPlanner(task: LearningTask, horizon: number, seed: number): TwinPlanner {
  const { neuron, weights, loss, targets } = task;
  const rng = stream(seed).split('twins');
  const cloud = (key: string, count: number) => {
    const out = new Float64Array(count * neuron.dimension);
    task.initial.sampleInto(rng.split(key), count, out);
    return out;
  };
  const samples = choose(task, cloud('choosers', CHOOSERS));
  const fitted = residualFit(task, samples, cloud('fitters', FITTERS));
  const startMean = meanAtStart(task, samples, rng);
  // κ at a few samples stands for that at all.
  const curvature = weights.map((w, j) => w * (loss.derivative(1, targets[j]!) - loss.derivative(0, targets[j]!)));
  const share = curvature.reduce((sum, value) => sum + value, 0) / samples.length;
  return (phase) => {
    const predictions = pilot(task, phase, horizon, rng.split('pilot'));
    const S = samples.length;
    const residuals = new Float64Array(2 * S);
    for (const half of [0, 1]) residuals.set(fitted(meanResidual(task, predictions, half)), half * S);
    const penalty =
      'activeCount' in phase && loss.quadratic ? new Float64Array(S).fill(share / phase.activeCount) : null;
    return { samples, residuals, penalty, startMean };
  };
}

/** F at nine times along a small cloud of the limit. */
function pilot(task: LearningTask, phase: Phase, horizon: number, rng: Stream): Float64Array[] {
  const { saved } = solveLimit(phase, task, {
    particles: PILOT,
    horizon,
    step: horizon / 8,
    saveAt: Float64Array.from({ length: 9 }, (_, k) => (k * horizon) / 8),
    save: ({ statistic }) => statistic.slice(),
    rng,
    start: 'quasi-random',
    throwOnFailure: true,
  });
  return saved;
}

/** The mean over the times of a half, its ends half as heavy as the others. */
function meanResidual(task: LearningTask, predictions: readonly Float64Array[], half: number): Float64Array {
  const m = task.neuron.samples;
  const residual = new Float64Array(m);
  const mean = new Float64Array(m);
  for (let k = 0; k <= 4; k++) {
    residualInto(task, predictions[4 * half + k]!, residual);
    const weight = k === 0 || k === 4 ? 1 / 8 : 1 / 4;
    for (let j = 0; j < m; j++) mean[j]! += weight * residual[j]!;
  }
  return mean;
}

function choose({ neuron }: LearningTask, cloud: Float64Array): Int32Array {
  const m = neuron.samples;
  const kernel = neuron.kernel();
  const features = new Float64Array(CHOOSERS * m);
  kernel.forward(cloud, null, CHOOSERS, null);
  kernel.featuresInto(cloud, features);
  const products = new Float64Array(m * m);
  for (let i = 0; i < CHOOSERS; i++)
    for (let j = 0; j < m; j++)
      for (let k = 0; k < m; k++) products[j * m + k]! += features[i * m + j]! * features[i * m + k]!;
  return Int32Array.from(choleskyPivots(products, m, SAMPLES)).sort();
}

/** E φ(x₀) over evenly spread starts. */
function meanAtStart({ neuron, initial }: LearningTask, samples: Int32Array, rng: Stream): Float64Array {
  const kernel = neuron.kernel();
  kernel.select(samples);
  const cloud = new Float64Array(STARTS * neuron.dimension);
  (initial.quasiSampleInto ?? initial.sampleInto).call(initial, rng.split('starts'), STARTS, cloud);
  const out = new Float64Array(samples.length);
  kernel.forward(cloud, null, STARTS, out);
  return out.map((value) => value / STARTS);
}

/** r ↦ r̃ at the chosen samples with the least Σ_i ‖Dφ(x_i)ᵀ r − Dφ̃(x_i)ᵀ r̃‖² over the cloud. */
function residualFit(
  { neuron }: LearningTask,
  samples: Int32Array,
  cloud: Float64Array,
): (residual: Float64Array) => Float64Array {
  const m = neuron.samples;
  const S = samples.length;
  const kernel = neuron.kernel();
  kernel.forward(cloud, null, FITTERS, null);
  const unit = new Float64Array(m);
  const pullOf = (j: number, out: Float64Array) => {
    unit.fill(0)[j] = 1;
    kernel.pullBackInto(cloud, unit, null, 1, out);
    return out;
  };
  const own = Array.from(samples, (j) => pullOf(j, new Float64Array(cloud.length)));
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const gram = Float64Array.from({ length: S * S }, (_, at) => {
    const [a, b] = [Math.floor(at / S), at % S];
    // A hair of a ridge: samples that pull alike share what they have to.
    return dot(own[a]!, own[b]!) * (a === b ? 1 + 1e-6 : 1);
  });
  const cross = new Float64Array(S * m);
  const pull = new Float64Array(cloud.length);
  for (let j = 0; j < m; j++) {
    pullOf(j, pull);
    own.forEach((each, a) => {
      cross[a * m + j] = dot(each, pull);
    });
  }
  const lower = cholesky(gram, S);
  return (residual) => {
    const out = Float64Array.from({ length: S }, (_, a) => dot(residual, cross.subarray(a * m, (a + 1) * m)));
    if (lower === undefined) return out.fill(0);
    solveLowerInto(lower, S, out);
    solveLowerTransposedInto(lower, S, out);
    return out;
  };
}
