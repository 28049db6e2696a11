import type { Matrix } from '../base/arrays.ts';
import { checkNumber } from '../base/check.ts';
import type { Save } from './snapshot.ts';

/** The whole cloud, `[N, p]`: memory grows by Np a saved time. */
export function saveStates(): Save<Matrix> {
  return (snapshot) => snapshot.matrix();
}

/** The statistic s(μ), m numbers. */
export function saveStatistics(): Save<Float64Array> {
  return (snapshot) => snapshot.statistic.slice();
}

/** Mean and second moment of each coordinate over the cloud, p numbers each. */
export interface CloudMoments {
  readonly mean: Float64Array;
  readonly secondMoment: Float64Array;
}

/** First and second moments over the cloud, by coordinate. */
export function saveMoments(): Save<CloudMoments> {
  return ({ cloud, count, dimension }) => {
    const mean = new Float64Array(dimension);
    const secondMoment = new Float64Array(dimension);
    for (let i = 0; i < count; i++)
      for (let j = 0; j < dimension; j++) {
        const x = cloud[i * dimension + j]!;
        mean[j]! += x / count;
        secondMoment[j]! += (x * x) / count;
      }
    return { mean, secondMoment };
  };
}

/**
 * Quantiles of each coordinate over the cloud, `[p][levels]`, by linear interpolation between order statistics (type 7 of
 * R. J. Hyndman, Y. Fan 1996). Cost O(pN log N) a saved time.
 */
export function saveQuantiles(levels: readonly number[]): Save<Float64Array[]> {
  levels.forEach((level, i) => {
    checkNumber(`levels[${i}]`, level, { min: 0, max: 1 });
  });
  return ({ cloud, count, dimension }) => {
    const column = new Float64Array(count);
    return Array.from({ length: dimension }, (_, j) => {
      for (let i = 0; i < count; i++) column[i] = cloud[i * dimension + j]!;
      column.sort();
      return Float64Array.from(levels, (level) => {
        const position = level * (count - 1);
        const low = Math.floor(position);
        const high = Math.min(low + 1, count - 1);
        return column[low]! + (position - low) * (column[high]! - column[low]!);
      });
    });
  };
}
