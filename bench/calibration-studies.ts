/** Synthetic studies with a known truth, run through `study()` with all that it does: pilot, allocation, looks. */
import {
  type CompletedStudy,
  confidenceInterval,
  type Interval,
  type StudyOptions,
  study,
} from '../src/convergence/index.ts';
import { exponential, normal, type Stream } from '../src/random/index.ts';

export interface Covered {
  readonly interval: Interval;
  readonly truth: number;
}

const SIZES = [64, 128, 256, 512, 1024];

/** A vector with mean `bias`·n^`rate` along a fixed direction, and correlated noise that falls like n^(−1/2). */
function network(outputs: number, bias: number, rate = -1) {
  return (size: number, rng: Stream) => {
    const common = normal(rng);
    return Array.from(
      { length: outputs },
      (_, j) => bias * Math.cos(1 + 2 * j) * size ** rate + size ** -0.5 * (0.6 * common + (1 + 0.3 * j) * normal(rng)),
    );
  };
}

const limit = (outputs: number, scale: number) => (_: number, rng: Stream) =>
  Array.from({ length: outputs }, () => scale * normal(rng));

async function run(options: Omit<StudyOptions, 'sizes'>): Promise<CompletedStudy> {
  const result = await study({ sizes: SIZES, ...options });
  if (result.outcome === 'aborted') throw new Error('aborted');
  return result;
}

type Options = Omit<StudyOptions, 'sizes' | 'rng'>;

function exponent(options: Options, truth: number, read: 'fit' | 'bootstrap' = 'fit') {
  return async (rng: Stream): Promise<Covered | undefined> => {
    const { fit, bootstrap } = await run({ ...options, rng });
    if (!fit.fitted) return undefined;
    return { interval: read === 'fit' ? fit.interval : bootstrap!.interval, truth };
  };
}

const dear = (size: number) => size / 64;
const fluctuation = { error: network(3, 0) };
const bias = { error: network(5, 40), measure: 'bias' as const, reference: limit(5, 0.1), predicted: -1 };
const path = (size: number, rng: Stream) => size ** -0.25 * Math.exp(0.4 * normal(rng));
const twoTerms = (size: number, rng: Stream) => (size ** -0.5 + 10 / size) * (1 + 0.1 * normal(rng));
const rooted = (size: number, rng: Stream) => [1, -1, 0.5].map((d) => (d + normal(rng)) * size ** -0.5);

/** Coverage of 95 % intervals. */
export const THROUGH_STUDY: Record<string, (rng: Stream) => Promise<Covered | undefined>> = {
  'study: fluctuation, 24 replicates': exponent({ ...fluctuation, replicates: 24 }, -0.5),
  'study: fluctuation, 100 replicates, cost like n': exponent({ ...fluctuation, replicates: 100, cost: dear }, -0.5),
  'study: fluctuation, 100 replicates, early looks (at least 93 %)': exponent(
    { ...fluctuation, replicates: 100, early: true, predicted: -0.5 },
    -0.5,
  ),
  'study: bias, 40 replicates, sampled reference': exponent({ ...bias, replicates: 40 }, -1),
  'study: bias sinking into the noise, 100 replicates': exponent(
    { ...bias, error: network(5, 8), replicates: 100 },
    -1,
  ),
  'study: root mean square, sampled reference': exponent(
    { error: rooted, measure: 'rootMeanSquare', reference: limit(3, 0.05), replicates: 50 },
    -0.5,
  ),
  'study: path error, 20 replicates': exponent({ error: path, measure: 'mean', replicates: 20 }, -0.25),
  'study: path error, 60 skewed replicates': exponent(
    { error: (n, rng) => n ** -0.25 * exponential(rng), measure: 'mean', replicates: 60 },
    -0.25,
  ),
  'study: two terms, coefficient of the slower': async (rng) => {
    const options = { error: twoTerms, measure: 'mean' as const, replicates: 30, terms: [-0.5, -1] as const, rng };
    const { terms } = await run(options);
    return terms?.fitted ? { interval: confidenceInterval(terms.coefficients[0]), truth: 1 } : undefined;
  },
};

/** The same for bootstrap intervals, which take longer. */
export const BOOTSTRAP_STUDY: Record<string, (rng: Stream) => Promise<Covered | undefined>> = {
  'study: bootstrap, fluctuation, 40 replicates': exponent(
    { ...fluctuation, replicates: 40, resamples: 400 },
    -0.5,
    'bootstrap',
  ),
};

const edge = { ...fluctuation, replicates: 60, predicted: -0.4, margin: 0.1, falseAlarm: 0.02 };

/** Verdicts at the edge of the margin: each has probability at most 0.01 there. */
export const STUDY_VERDICTS: Record<string, (rng: Stream) => Promise<boolean>> = {};
for (const early of [false, true])
  for (const verdict of ['holds', 'fails'] as const)
    STUDY_VERDICTS[`study${early ? ' with early looks' : ''}: ${verdict} at the edge of the margin`] = async (rng) =>
      (await run({ ...edge, early, rng })).claim!.verdict === verdict;
