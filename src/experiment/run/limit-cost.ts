import type { Phase } from '../../dropout/phase/phase.ts';
import type { LearningTask } from '../../network/task.ts';
import type { SchemeChoice } from './limit-scheme.ts';

/** Multiplications that are spent unless told: some seconds of one core. */
const AFFORDABLE = 4e9;

/** Jumps made one at a time cost about this many times what they cost in bulk. */
const ONE_BY_ONE = 8;

/** About how many multiplications one particle takes until the end. */
export function costPerParticle(phase: Phase, { neuron }: LearningTask, until: number, scheme: SchemeChoice): number {
  const once = 3 * neuron.samples * neuron.dimension;
  const partners = phase.id === 'penalized-jump' ? 1 + phase.activeCount : 1;
  if (scheme.name === 'exact-jumps' && 'jumpSize' in phase)
    return (ONE_BY_ONE * once * partners * until) / phase.jumpSize;
  const stages = scheme.name === 'rk4' ? 4 : 1;
  return (stages * once * partners * until) / scheme.step;
}

/** Particles of a cloud such that the most clouds are affordable: a power of two, 256 to 4096. */
export function affordableParticles(perParticle: number): number {
  return Math.min(4096, Math.max(256, 2 ** Math.floor(Math.log2(AFFORDABLE / (MOST_CLOUDS * perParticle)))));
}

/**
 * Independent clouds: 32, fewer where they are expensive, but 10 at least. Errors come from their spread, so that with
 * R clouds a mean in units of its standard error has Student's law with R - 1 degrees of freedom.
 */
export function affordableClouds(perCloud: number): number {
  return Math.min(MOST_CLOUDS, Math.max(10, Math.floor(AFFORDABLE / perCloud)));
}

const MOST_CLOUDS = 32;
