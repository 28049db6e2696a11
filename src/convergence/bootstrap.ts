import { type MatrixLike, type RowMajor, toRowMajor } from '../base/arrays.ts';
import { checkInteger, checkNumber, checkOneOf } from '../base/check.ts';
import { ArgumentError } from '../base/errors.ts';
import { normalCdf, normalQuantile } from '../base/special/normal.ts';
import type { Stream } from '../random/stream.ts';
import { uniformInt } from '../random/uniform-int.ts';
import type { Interval } from './estimate.ts';

/** A bootstrap distribution summed up. */
export interface Bootstrap {
  /** The statistic of the sample itself. */
  readonly value: number;
  readonly standardError: number;
  readonly interval: Interval;
  /** Mean of the resampled statistics minus `value`. */
  readonly bias: number;
  /** Resamples on which the statistic was not finite (e.g. a refused fit), which are left out. */
  readonly lost: number;
}

/**
 * Bootstrap interval of any statistic of several groups of replicates: whole replicates are resampled, each group within
 * itself, all in one resample, so that a reference which several sizes share stays shared.
 *
 * `basic`: 2·value − quantiles. `percentile`: quantiles. `bca` (default): percentile with bias and acceleration corrected, second-order
 * accurate (B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap, 1993, chapters 13 and 14). Assumes independent
 * replicates within a group and a smooth statistic; all three undercover with fewer than about 20 replicates. Cost:
 * `resamples` (bca: plus the number of replicates) evaluations of the statistic.
 *
 * @param groups - replicates `[R_g, m_g]`, one matrix a group, e.g. one a width and the reference last
 * @param statistic - a number from groups of the same shapes, e.g. the exponent of a fit; NaN where it does not exist
 * @param options.rng - the stream that draws the resamples; `resample` keys are split off it
 * @param options.resamples - default 1000
 * @param options.confidence - default 0.95
 */
export function bootstrap(
  groups: readonly MatrixLike[],
  statistic: (groups: readonly Float64Array[][]) => number,
  options: {
    readonly rng: Stream;
    readonly resamples?: number;
    readonly confidence?: number;
    readonly method?: 'bca' | 'basic' | 'percentile';
  },
): Bootstrap {
  const { rng } = options;
  const confidence = checkNumber('confidence', options.confidence ?? 0.95, { above: 0, below: 1 });
  const resamples = checkInteger('resamples', options.resamples ?? 1000, { min: Math.ceil(20 / (1 - confidence)) });
  const method = checkOneOf('method', options.method ?? 'bca', ['bca', 'basic', 'percentile']);
  const rows = groups.map((group, g) => toRows(`groups[${g}]`, toRowMajor(`groups[${g}]`, group)));
  const value = statistic(rows);
  if (!Number.isFinite(value)) throw new ArgumentError('statistic', value, 'finite on the sample itself');
  const draws: number[] = [];
  for (let b = 0; b < resamples; b++) {
    const stream = rng.split('resample', b);
    const y = statistic(rows.map((group) => group.map(() => group[uniformInt(stream, group.length)]!)));
    if (Number.isFinite(y)) draws.push(y);
  }
  if (draws.length < 2) throw new ArgumentError('statistic', draws.length, 'finite on at least two resamples');
  draws.sort((a, b) => a - b);
  const mean = draws.reduce((sum, y) => sum + y, 0) / draws.length;
  const variance = draws.reduce((sum, y) => sum + (y - mean) ** 2, 0) / (draws.length - 1);
  const tail = (1 - confidence) / 2;
  const [low, high] = method === 'bca' ? correctedTails(rows, statistic, value, draws, tail) : [tail, 1 - tail];
  const ends = [quantile(draws, low), quantile(draws, high)] as const;
  return {
    value,
    standardError: Math.sqrt(variance),
    interval: method === 'basic' ? [2 * value - ends[1], 2 * value - ends[0]] : ends,
    bias: mean - value,
    lost: resamples - draws.length,
  };
}

/** The tail probabilities of the bca interval: bias z₀ from the draws, acceleration from the jackknife over all groups. */
function correctedTails(
  rows: readonly Float64Array[][],
  statistic: (groups: readonly Float64Array[][]) => number,
  value: number,
  draws: readonly number[],
  tail: number,
): [number, number] {
  const below = draws.filter((y) => y < value).length + draws.filter((y) => y === value).length / 2;
  const z0 = normalQuantile(Math.min(Math.max(below / draws.length, 1 / draws.length), 1 - 1 / draws.length));
  let cubes = 0;
  let squares = 0;
  for (let g = 0; g < rows.length; g++) {
    const group = rows[g]!;
    const left = group.map((_, r) =>
      statistic(rows.map((other, k) => (k === g ? other.filter((_, i) => i !== r) : other))),
    );
    const mean = left.reduce((sum, y) => sum + y, 0) / left.length;
    for (const y of left) {
      // influence of replicate r on the statistic, in units common to all groups
      const influence = ((group.length - 1) * (mean - y)) / group.length;
      cubes += influence ** 3;
      squares += influence ** 2;
    }
  }
  const acceleration = squares > 0 && Number.isFinite(cubes) ? cubes / (6 * squares ** 1.5) : 0;
  return [tail, 1 - tail].map((p) => {
    const z = z0 + normalQuantile(p);
    return normalCdf(z0 + z / (1 - acceleration * z));
  }) as [number, number];
}

/** The p-quantile of sorted numbers, linear between order statistics k/(n + 1). */
function quantile(sorted: readonly number[], p: number): number {
  const at = Math.min(Math.max(p * (sorted.length + 1) - 1, 0), sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}

function toRows(name: string, { data, rows, columns }: RowMajor): Float64Array[] {
  if (rows < 2) throw new ArgumentError(name, rows, 'at least 2 replicates');
  return Array.from({ length: rows }, (_, r) => data.subarray(r * columns, (r + 1) * columns));
}
