import type { NeuronKernel } from '../../kernels/index.ts';
import type { JumpContext } from '../../process/index.ts';
import { poisson, uniformInt } from '../../random/index.ts';

/** From this mean number on partners are summed inside the kernel; a call for fewer costs more than reading their features. */
const MANY = 8;
/** Partners whose features are held at once. */
const BATCH = 256;

/** Poisson(c) partners for each of a list of neurons. */
export interface PartnerSums {
  /** Draws the partners of one neuron more; returns whether `marked` is `mark` for one of them. */
  draw(context: JumpContext, marked?: Int32Array, mark?: number): boolean;
  /** Forgets the first neurons of the list, by default all. */
  drop(jumpers?: number): void;
  /** Adds Σ φ(Y) over its partners to each neuron's row of `sums`, `[jumpers, m]`, of the first ones. Forgets what the kernel kept. */
  addInto(cloud: Float64Array, jumpers: number, sums: Float64Array): void;
}

export function partnerSums(kernel: NeuronKernel, activeCount: number): PartnerSums {
  const m = kernel.samples;
  let counts = new Int32Array(64);
  let partners = new Int32Array(64);
  let length = 0;
  let total = 0;
  let features = new Float64Array(0);
  const sum = new Float64Array(m);

  function addByFeatures(cloud: Float64Array, jumpers: number, sums: Float64Array): void {
    for (let a = 0, from = 0; a < jumpers; ) {
      let together = 0;
      let last = a;
      do together += counts[last++]!;
      while (last < jumpers && together + counts[last]! <= BATCH);
      if (features.length < together * m) features = new Float64Array(Math.max(together, BATCH) * m);
      if (together > 0) {
        kernel.forward(cloud, partners.subarray(from, from + together), together, null);
        kernel.featuresInto(cloud, features);
      }
      from += together;
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
    draw({ rng, count }, marked, mark) {
      const k = poisson(rng, activeCount);
      if (length === counts.length) counts = doubled(counts, length + 1);
      if (total + k > partners.length) partners = doubled(partners, total + k);
      counts[length++] = k;
      let found = false;
      for (let l = 0; l < k; l++) {
        const partner = uniformInt(rng, count);
        partners[total++] = partner;
        if (marked !== undefined && marked[partner] === mark) found = true;
      }
      return found;
    },
    drop(jumpers = length) {
      let dropped = 0;
      for (let a = 0; a < jumpers; a++) dropped += counts[a]!;
      counts.copyWithin(0, jumpers, length);
      partners.copyWithin(0, dropped, total);
      length -= jumpers;
      total -= dropped;
    },
    addInto: activeCount < MANY ? addByFeatures : addByKernel,
  };
}

/** The list in memory for twice `needed` numbers. */
function doubled(list: Int32Array, needed: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * needed);
  larger.set(list);
  return larger;
}

/** to[at + j] += Σ over `rows` rows of from[read + j], j < m: with the sum in a register four times as fast as row by row. */
function addRows(from: Float64Array, read: number, rows: number, m: number, to: Float64Array, at: number): void {
  for (let j = 0; j < m; j++) {
    let sum = to[at + j]!;
    for (let r = (read + j) | 0, l = 0; l < rows; l++, r = (r + m) | 0) sum += from[r]!;
    to[at + j] = sum;
  }
}
