import type { SampleRequest, StudySampler } from '../../../src/convergence/index.ts';
import { normal } from '../../../src/random/index.ts';

/** Three numbers that fluctuate like size^(−1/2) around a mean that falls like 30/size; the limit around 0. */
export const direct: StudySampler = (size, rng) => {
  const scale = Number.isNaN(size) ? 0.1 : size ** -0.5;
  const mean = Number.isNaN(size) ? 0 : 30 / size;
  return [1, -0.5, 0.7].map((d) => mean * d + scale * normal(rng));
};

export default ({ size, replicate, rng }: SampleRequest) => direct(size ?? Number.NaN, rng, replicate);

/** What reaches a sampler. */
export async function echo({ size, replicate, rng }: SampleRequest, data: readonly number[]) {
  await Promise.resolve();
  return [size ?? -1, replicate, rng.path.length, rng.uniform(), ...data];
}

/** Fails at replicates 5, 6, …: those of 6 and more do so at once, on whatever thread, and 5 late. */
export function failing({ replicate }: SampleRequest) {
  if (replicate < 5) return 1;
  const end = performance.now() + (replicate === 5 ? 50 : 0);
  while (performance.now() < end);
  throw new RangeError(`no ${replicate}`);
}

export const notFinite = ({ replicate }: SampleRequest) => (replicate === 3 ? Number.NaN : 1);

export const notNumbers = () => 'one';

/** Ends only with its thread. */
export function endless() {
  for (;;);
}

/** Lets others in, but takes long. */
export const patient = async () => {
  await new Promise((resolve) => setTimeout(resolve, 40));
  return 1;
};

export const number = 7;
