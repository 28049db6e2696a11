import { toVector, type VectorLike } from '../../base/arrays.ts';
import { checkInteger, checkNumber, checkOneOf } from '../../base/check.ts';
import { ArgumentError } from '../../base/errors.ts';
import type { Stream } from '../../random/stream.ts';
import type { Relation } from '../claim.ts';
import { MEASURES, needsReference, type StudyMeasure } from './measure.ts';
import { type BatchSampler, oneByOne, type StudySampler } from './sampler.ts';
import type { StudyState } from './state.ts';

export interface StudyOptions {
  /** Draws one replicate at a size; give this or `sampleMany`. */
  readonly error?: StudySampler;
  /** Draws many replicates at once, those of the reference included. */
  readonly sampleMany?: BatchSampler;
  /** K ≥ 2 different positive numbers: widths, learning rates, keep rates, step sizes, … */
  readonly sizes: VectorLike;
  /** What is measured; default `fluctuation`. */
  readonly measure?: StudyMeasure;
  /**
   * The limit f that `bias` and `rootMeanSquare` are measured against: its exact value (a number, or a vector m), or a sampler of
   * independent replicates, which take part in the allocation; with `sampleMany`, `'sampled'`.
   */
  readonly reference?: number | VectorLike | StudySampler | 'sampled';
  /** Data weights ν (m) of the norms, default 1/m. */
  readonly weights?: VectorLike;
  readonly rng: Stream;
  /** The budget is that of so many replicates at every size (and of the reference). Give this or `budget`. */
  readonly replicates?: number;
  /** Total cost, in units of `cost`. */
  readonly budget?: number;
  /**
   * Cost of a replicate at a size, default 1; `'measured'`: seconds, as timed in the pilot (the allocation then depends on the
   * machine, and the same seed does not give the same replicates; a resumed study keeps what it has timed).
   */
  readonly cost?: ((size: number) => number) | 'measured';
  /** Cost of a replicate of the reference, default that of the most expensive size. Not for measured costs. */
  readonly referenceCost?: number;
  /** Replicates at every size before anything is planned, at least 4; default 20, less where the budget is small. */
  readonly pilot?: number;
  /** `optimal` (default): where replicates tell most about the exponent; `even`: as many everywhere. */
  readonly allocation?: 'optimal' | 'even';
  /** The exponent that theory predicts; without it nothing is judged. */
  readonly predicted?: number;
  /** How far the exponent may be from it, default 0.1; see decideClaim, also for the next three. */
  readonly margin?: number;
  /** Default `equals`. */
  readonly relation?: Relation;
  /** Default 0.01. */
  readonly falseAlarm?: number;
  /** Default falseAlarm/2. */
  readonly miss?: number;
  /** The claim in words, default `<measure> falls like size^<predicted>`. */
  readonly claim?: string;
  /**
   * Whether to stop at a quarter and at half of the budget if the claim is decided there. Each of these looks spends a tenth of
   * `falseAlarm`, `miss` and 1 − `confidence`, the last look the remaining eight tenths: their sum bounds the error
   * probabilities whatever the dependence. Resuming does not add early looks. Default false: one look, a fixed budget.
   */
  readonly early?: boolean;
  /** Two exponents [a, b] to fit error ≈ C₁ size^a + C₂ size^b with: which term rules? */
  readonly terms?: readonly [number, number];
  /** Of the intervals, default 0.95. */
  readonly confidence?: number;
  /** Also a bootstrap interval of the exponent, of so many resamples; default 0, none. */
  readonly resamples?: number;
  /** A bound on the norm of the reference's own bias, see fitPowerLaw. */
  readonly referenceBias?: number | VectorLike;
  /**
   * Replicates between two reports of progress, and the most that `sampleMany` gets at once (default 256 there, else 1); no
   * result depends on it.
   */
  readonly batch?: number;
  /** Called after every batch, with the cost spent and the budget. */
  readonly progress?: (spent: number, budget: number) => void;
  /** Called after every batch, with a state to resume from. */
  readonly checkpoint?: (state: StudyState) => void;
  /** Stops between replicates (between batches of `sampleMany`); the study ends `aborted`, with a state to resume from. */
  readonly signal?: AbortSignal;
  /** Where an earlier study of the same stream, sizes and measure ended; it goes on from there to the same bits. */
  readonly state?: StudyState;
}

/** The options, checked, with their defaults. */
export interface StudyPlan {
  readonly sizes: Float64Array;
  readonly measure: StudyMeasure;
  readonly sample: BatchSampler;
  readonly exact: Float64Array | undefined;
  readonly sampled: boolean;
  readonly cost: ((size: number) => number) | undefined;
  readonly referenceCost: number | undefined;
  readonly pilot: number;
  readonly batch: number;
}

/** Everything that can be wrong with a request is said before any work. */
export function checkStudy(options: StudyOptions): StudyPlan {
  const sizes = toVector('sizes', options.sizes);
  if (sizes.length < 2) throw new ArgumentError('sizes.length', sizes.length, 'at least 2');
  for (let i = 0; i < sizes.length; i++) checkNumber(`sizes[${i}]`, sizes[i], { above: 0 });
  if (new Set(sizes).size < sizes.length) throw new ArgumentError('sizes', options.sizes, 'all different');
  const measure = checkOneOf('measure', options.measure ?? 'fluctuation', MEASURES);
  const { error, sampleMany, reference, replicates, budget, cost } = options;
  if ((error === undefined) === (sampleMany === undefined))
    throw new ArgumentError('error', error, 'given, or sampleMany, and not both');
  if (!needsReference(measure) && reference !== undefined)
    throw new ArgumentError('reference', reference, `left out: the ${measure} is not measured against a limit`);
  if (needsReference(measure) && reference === undefined)
    throw new ArgumentError('reference', reference, `given: the ${measure} is measured against a limit`);
  const sampled = typeof reference === 'function' || reference === 'sampled';
  if (sampled && (typeof reference === 'function') !== (error !== undefined))
    throw new ArgumentError('reference', reference, "a sampler with `error`, 'sampled' with `sampleMany`, or exact");
  const exact =
    sampled || reference === undefined
      ? undefined
      : toVector('reference', typeof reference === 'number' ? [reference] : (reference as VectorLike));
  if ((replicates === undefined) === (budget === undefined))
    throw new ArgumentError('replicates', replicates, 'given, or budget, and not both');
  if (replicates !== undefined) checkNumber('replicates', replicates, { min: 4 });
  if (budget !== undefined) checkNumber('budget', budget, { above: 0 });
  if (cost === 'measured' && sampleMany !== undefined)
    throw new ArgumentError('cost', cost, 'a function with `sampleMany`, whose replicates can not be timed one by one');
  if (cost !== undefined && cost !== 'measured')
    for (const size of sizes) checkNumber(`cost(${size})`, cost(size), { above: 0 });
  if (options.referenceCost !== undefined) checkNumber('referenceCost', options.referenceCost, { above: 0 });
  checkOneOf('allocation', options.allocation ?? 'optimal', ['optimal', 'even']);
  checkClaim(options);
  if (options.early && options.predicted === undefined)
    throw new ArgumentError('early', options.early, 'false where nothing is predicted');
  checkNumber('confidence', options.confidence ?? 0.95, { above: 0, below: 1 });
  const resamples = checkInteger('resamples', options.resamples ?? 0, { min: 0 });
  if (resamples > 0) checkInteger('resamples', resamples, { min: Math.ceil(20 / (1 - (options.confidence ?? 0.95))) });
  const fixed = cost === 'measured' ? undefined : (cost ?? (() => 1));
  return {
    sizes,
    measure,
    sample: sampleMany ?? oneByOne(error!, typeof reference === 'function' ? reference : undefined),
    exact,
    sampled,
    cost: fixed,
    referenceCost: options.referenceCost,
    pilot: checkInteger('pilot', options.pilot ?? defaultPilot(options, sizes, fixed, sampled), { min: 4 }),
    batch: checkInteger('batch', options.batch ?? (error ? 1 : 256), { min: 1 }),
  };
}

/** A quarter of what the budget buys at every size, at most 20. */
function defaultPilot(
  { replicates, budget, referenceCost }: StudyOptions,
  sizes: Float64Array,
  cost: ((size: number) => number) | undefined,
  sampled: boolean,
): number {
  if (replicates === undefined && cost === undefined) return 20;
  const costs = Array.from(sizes, cost ?? (() => 1));
  const reference = sampled ? (referenceCost ?? Math.max(...costs)) : 0;
  const each = replicates ?? budget! / (costs.reduce((sum, c) => sum + c, 0) + reference);
  return Math.max(4, Math.min(20, Math.floor(each / 4)));
}

function checkClaim(options: StudyOptions): void {
  if (options.predicted !== undefined) checkNumber('predicted', options.predicted);
  checkNumber('margin', options.margin ?? 0.1, { min: 0 });
  checkOneOf('relation', options.relation ?? 'equals', ['equals', 'atMost', 'atLeast']);
  checkNumber('falseAlarm', options.falseAlarm ?? 0.01, { above: 0, below: 1 });
  if (options.miss !== undefined) checkNumber('miss', options.miss, { above: 0, max: 0.5 });
  const { terms } = options;
  if (terms !== undefined && !(Number.isFinite(terms[0]) && Number.isFinite(terms[1]) && terms[0] !== terms[1]))
    throw new ArgumentError('terms', terms, 'two different numbers');
}
