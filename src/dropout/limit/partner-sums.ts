import type { NeuronKernel } from '../../kernels/index.ts';
import type { JumpContext } from '../../process/index.ts';
import { poisson, uniformInt } from '../../random/index.ts';

/** From this mean number on partners are summed inside the kernel; a call for fewer costs more than reading their features. */
const MANY = 8;
/** Partners whose features are held at once. */
const BATCH = 256;

/** Poisson(c) partners for each of some neurons. */
export interface PartnerSums {
  /** Draws the partners of `jumpers` neurons. */
  draw(context: JumpContext, jumpers: number): void;
  /** Adds Σ φ(Y) over its partners to each neuron's row of `sums`, `[jumpers, m]`. Forgets what the kernel kept. */
  addInto(cloud: Float64Array, jumpers: number, sums: Float64Array): void;
}

export function partnerSums(kernel: NeuronKernel, activeCount: number): PartnerSums {
  const m = kernel.samples;
  let counts = new Int32Array(0);
  let partners = new Int32Array(64);
  let features = new Float64Array(0);
  const sum = new Float64Array(m);

  function addByFeatures(cloud: Float64Array, jumpers: number, sums: Float64Array): void {
    for (let a = 0, from = 0; a < jumpers; ) {
      let total = 0;
      let last = a;
      do total += counts[last++]!;
      while (last < jumpers && total + counts[last]! <= BATCH);
      if (features.length < total * m) features = new Float64Array(Math.max(total, BATCH) * m);
      if (total > 0) {
        kernel.forward(cloud, partners.subarray(from, from + total), total, null);
        kernel.featuresInto(cloud, features);
      }
      from += total;
      for (let read = 0; a < last; read += counts[a]! * m, a++) addRows(features, read, counts[a]!, m, sums, a * m);
    }
  }

  function addByKernel(cloud: Float64Array, jumpers: number, sums: Float64Array): void {
    for (let a = 0, from = 0; a < jumpers; from += counts[a]!, a++) {
      if (counts[a] === 0) continue;
      kernel.forward(cloud, partners.subarray(from, from + counts[a]!), counts[a]!, sum);
      addRows(sum, 0, 1, m, sums, a * m);
    }
  }

  return {
    draw({ rng, count }, jumpers) {
      if (counts.length < jumpers) counts = new Int32Array(jumpers);
      let total = 0;
      for (let a = 0; a < jumpers; a++) {
        const k = poisson(rng, activeCount);
        counts[a] = k;
        if (total + k > partners.length) {
          const larger = new Int32Array(2 * (total + k));
          larger.set(partners);
          partners = larger;
        }
        for (let l = 0; l < k; l++) partners[total++] = uniformInt(rng, count);
      }
    },
    addInto: activeCount < MANY ? addByFeatures : addByKernel,
  };
}

/** to[at + j] += Σ over `rows` rows of from[read + j], j < m: with the sum in a register four times as fast as row by row. */
function addRows(from: Float64Array, read: number, rows: number, m: number, to: Float64Array, at: number): void {
  for (let j = 0; j < m; j++) {
    let sum = to[at + j]!;
    for (let r = (read + j) | 0, l = 0; l < rows; l++, r = (r + m) | 0) sum += from[r]!;
    to[at + j] = sum;
  }
}
