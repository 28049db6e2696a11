import type { CloudJump } from '../../process/evaluate-jump.ts';
import { type CloudProcess, overCloud } from '../../process/over-cloud.ts';
import type { MeanFieldProcess } from '../../process/process.ts';

/** Whether a jump's rate has to be integrated along a path that flows. */
export function isIntegrated(kind: string): boolean {
  return kind === 'integrated' || kind === 'state';
}

/** Σλ over some jumps for each particle of the cloud, into `out`, N numbers. */
export function totalRatesInto(
  jumps: readonly CloudJump[],
  cloud: Float64Array,
  s: Float64Array,
  t: number,
  scratch: Float64Array,
  out: Float64Array,
): void {
  out.fill(0);
  for (const jump of jumps) {
    jump.ratesInto(cloud, s, t, scratch);
    for (let i = 0; i < out.length; i++) out[i]! += scratch[i]!;
  }
}

/**
 * The flow with the hazard as one more coordinate of each particle: (x, H)' = (b(x, s, t), Σλ_k(x, s, t)) over the integrated rates, so
 * that the scheme of the flow finds the next jump at its own order.
 */
export function withHazard(process: MeanFieldProcess): MeanFieldProcess {
  const p = process.dimension;
  const sizes = new Map<number, ReturnType<typeof evaluator>>();
  const of = (count: number) => {
    let made = sizes.get(count);
    if (!made) sizes.set(count, (made = evaluator(process, count)));
    return made;
  };
  const { statistic } = process;
  return {
    dimension: p + 1,
    ...(statistic && {
      statistic: {
        size: statistic.size,
        cloud: (cloud: Float64Array, count: number, out: Float64Array) => of(count).statistic(cloud, out),
      },
    }),
    drift: { cloud: (cloud, count, s, t, out) => of(count).drift(cloud, s, t, out) },
  };
}

function evaluator(process: MeanFieldProcess, count: number) {
  const p = process.dimension;
  const inner: CloudProcess = overCloud(process, count);
  const hazardous = inner.jumps.filter(({ rate }) => isIntegrated(rate.kind));
  const x = new Float64Array(count * p);
  const b = new Float64Array(count * p);
  const scratch = new Float64Array(count);
  const rates = new Float64Array(count);
  return {
    statistic(cloud: Float64Array, out: Float64Array) {
      copyOut(cloud, x, p);
      inner.statisticInto(x, out);
    },
    drift(cloud: Float64Array, s: Float64Array, t: number, out: Float64Array) {
      copyOut(cloud, x, p);
      inner.driftInto(x, s, t, b);
      totalRatesInto(hazardous, x, s, t, scratch, rates);
      for (let i = 0; i < count; i++) {
        for (let j = 0; j < p; j++) out[i * (p + 1) + j] = b[i * p + j]!;
        out[i * (p + 1) + p] = rates[i]!;
      }
    },
  };
}

/** The first p of p + 1 columns. */
export function copyOut(wide: Float64Array, cloud: Float64Array, p: number): void {
  for (let i = 0, k = 0; k < cloud.length; i++) for (let j = 0; j < p; j++) cloud[k++] = wide[i * (p + 1) + j]!;
}

/** Writes the cloud over the first p of p + 1 columns, and 0 over the last. */
export function copyIn(cloud: Float64Array, wide: Float64Array, p: number): void {
  for (let i = 0, k = 0; k < cloud.length; i++) {
    for (let j = 0; j < p; j++) wide[i * (p + 1) + j] = cloud[k++]!;
    wide[i * (p + 1) + p] = 0;
  }
}
