import type { Phase } from '../../dropout/phase/phase.ts';
import type { LearningTask } from '../../network/task.ts';
import type { SchemeChoice } from './limit-scheme.ts';

/** Multiplications that are spent unless told: some seconds of one core. */
const AFFORDABLE = 4e9;

/** Jumps made one at a time cost about this many times what they cost in bulk. */
const ONE_BY_ONE = 8;

/** What the transforms of one sample's partner law cost. */
const TRANSFORMS = 9e5;

/** About how many multiplications a cloud takes until the end, for each particle and besides. */
export interface CloudCost {
  readonly perParticle: number;
  readonly perCloud: number;
}

/** The cost of a cloud. */
export function cloudCost(phase: Phase, task: LearningTask, until: number, scheme: SchemeChoice): CloudCost {
  const evaluations = (stagesOf(scheme) * until) / scheme.step;
  const transforms = samplesPartners(phase, task) ? task.neuron.samples * TRANSFORMS : 0;
  return { perParticle: costPerParticle(phase, task, until, scheme), perCloud: evaluations * transforms };
}

/** Whether each evaluation of the drift needs the law of the sum of partners, sample by sample. */
export function samplesPartners(phase: Phase, { loss }: LearningTask): boolean {
  return phase.id === 'penalized-flow' && !loss.quadratic;
}

function costPerParticle(phase: Phase, { neuron }: LearningTask, until: number, scheme: SchemeChoice): number {
  const once = 3 * neuron.samples * neuron.dimension;
  const partners = phase.id === 'penalized-jump' ? 1 + phase.activeCount : 1;
  if (scheme.name === 'exact-jumps' && 'jumpSize' in phase)
    return (ONE_BY_ONE * once * partners * until) / phase.jumpSize;
  return (stagesOf(scheme) * once * partners * until) / scheme.step;
}

function stagesOf({ name }: SchemeChoice): number {
  return name === 'rk4' ? 4 : 1;
}

/** Particles of a cloud such that the most clouds are affordable, or no cheaper without: a power of two, 256 to 4096. */
export function affordableParticles({ perParticle, perCloud }: CloudCost): number {
  const count = Math.max(AFFORDABLE / MOST_CLOUDS, perCloud) / perParticle;
  return Math.min(4096, Math.max(256, 2 ** Math.floor(Math.log2(count))));
}

/**
 * Independent clouds: 32, fewer where they are expensive, but 10 at least. Errors come from their spread, so that with
 * R clouds a mean in units of its standard error has Student's law with R - 1 degrees of freedom.
 */
export function affordableClouds({ perParticle, perCloud }: CloudCost, particles: number): number {
  return Math.min(MOST_CLOUDS, Math.max(10, Math.floor(AFFORDABLE / (particles * perParticle + perCloud))));
}

const MOST_CLOUDS = 32;
