import type { LearningTask } from '../../network/index.ts';
import { risk } from '../../network/index.ts';
import type { LossCurves, NeuronMotion } from '../../report/types.ts';
import { type Measurements, meanOf } from './measurements.ts';

/** The share of networks between the band's edges. */
const COVERAGE = 0.8;

/** Risk in time: the networks' median and band, and the limit. */
export function lossCurves(task: LearningTask, { scenario, reference, risks }: Measurements): LossCurves {
  const { times } = reference;
  const K = times.length;
  const m = task.neuron.samples;
  const R = risks.length / K;
  const limit = meanOf(reference.clouds);
  const level = (k: number, share: number): number => {
    const sorted = Float64Array.from({ length: R }, (_, r) => risks[r * K + k]!).sort();
    return sorted[Math.round(share * (R - 1))]!;
  };
  const quantiles = (share: number) => Array.from(times, (_, k) => level(k, share));
  return {
    times: [...times],
    network: {
      width: scenario.widths.at(-1)!,
      replicates: R,
      median: quantiles(0.5),
      lower: quantiles((1 - COVERAGE) / 2),
      upper: quantiles((1 + COVERAGE) / 2),
      coverage: COVERAGE,
    },
    limit: Array.from(times, (_, k) => risk(task, limit.subarray(k * m, (k + 1) * m))),
  };
}

/** The motion of a few coupled neurons in their first two parameters; undefined without a coupling or a second parameter. */
export function neuronMotion(task: LearningTask, { paths, pathWidth }: Measurements): NeuronMotion | undefined {
  const [nameX, nameY] = task.neuron.parameterNames;
  if (paths.length === 0 || nameX === undefined || nameY === undefined) return undefined;
  const plane = (points: readonly Float64Array[]) => points.map((x): [number, number] => [x[0]!, x[1]!]);
  return {
    coordinates: [nameX, nameY],
    width: pathWidth,
    neurons: paths.map(({ network, limit }) => ({ network: plane(network), limit: plane(limit) })),
  };
}
