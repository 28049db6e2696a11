import { type BrownianSource, brownianTree, type PoissonClocks, poissonClocks } from '../process/noise/index.ts';
import type { MeanFieldProcess } from '../process/process.ts';
import type { Stream } from '../random/stream.ts';

/** Sources that are functions of the stream's name alone: runs with other schemes, steps and sizes follow the same paths. */
export function commonNoise(
  rng: Stream,
  paths: number,
  process: MeanFieldProcess,
): { brownian: BrownianSource; clocks?: PoissonClocks } {
  const brownian = brownianTree(rng.split('brownian'), paths);
  return process.jumps?.length ? { brownian, clocks: poissonClocks(rng.split('clocks')) } : { brownian };
}
