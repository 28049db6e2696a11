import { asMatrix } from '../../base/arrays.ts';
import { compress, type EmpiricalMeasure, empiricalView } from '../../measure/index.ts';
import type { LearningTask } from '../../network/index.ts';
import type { Stream } from '../../random/index.ts';
import type { Phase } from '../phase/index.ts';
import type { Evolution } from './evolution.ts';
import { initialNodes } from './initial-nodes.ts';
import { type JumpImages, jumpImages } from './jump-images.ts';
import { bernoulliStep, jumpStepper } from './jump-stepper.ts';
import type { MixtureSpace } from './mixture-space.ts';
import { jumpSizeOf } from './penalty.ts';
import type { TimeScheme } from './time-scheme.ts';

/**
 * Weighted particles under jumps. The start is quadrature for a normal law on the line, else quasi-random points that are
 * compressed. Bernoulli jumps from k atoms are exact as long as 2^steps k ≤ atoms.
 */
export function splitEvolution(
  phase: Phase,
  task: LearningTask,
  options: {
    readonly atoms: number;
    readonly time: TimeScheme;
    readonly partnerPoints: number;
    readonly rng: Stream | undefined;
  },
): Evolution {
  const { atoms, time, rng } = options;
  const p = task.neuron.dimension;
  const laws = atomMixtures(task, jumpImages(task, phase, options), atoms);
  const points = startPoints(task);
  const nodes = points === 'quadrature' ? atoms : 2 ** Math.ceil(Math.log2(OVERSAMPLING * atoms));
  const start = initialNodes(task.initial, { nodes, points }, rng);
  let law = laws.settle(empiricalView(start.particles, p, start.weights));
  const step = phase.id === 'bernoulli-jump' ? undefined : jumpStepper(laws, jumpSizeOf(phase)!, time.scheme);
  return {
    advance(h) {
      law = phase.id === 'bernoulli-jump' ? bernoulliStep(laws, law, phase.keepRate) : step!(law, h);
    },
    atoms: () => law,
    measure: () => empiricalView(law.particles.slice(), p, law.weights.slice()),
  };
}

const SMALL = 1e-150;

/** Sampled starts have at least this many points for each atom, and are compressed. */
const OVERSAMPLING = 8;

/**
 * Quadrature on the line only: compression cuts space into cells of equally many atoms, and most nodes of a tensor are far out in
 * the tails.
 */
export function startPoints({ initial }: LearningTask): 'quadrature' | 'sobol' | 'monte-carlo' {
  if (initial.points !== undefined) return 'quadrature';
  if (initial.normal !== undefined && initial.normal.scales.filter((scale) => scale > 0).length <= 1)
    return 'quadrature';
  return initial.quasiSampleInto === undefined ? 'monte-carlo' : 'sobol';
}

function atomMixtures(task: LearningTask, jumps: JumpImages, atoms: number): MixtureSpace<EmpiricalMeasure> {
  const { dimension: p, samples: m } = task.neuron;
  const kernel = task.neuron.kernel();

  /** φ, x and x² of every atom: what compression keeps. */
  function statistics(law: EmpiricalMeasure): Float64Array {
    const features = new Float64Array(law.count * m);
    kernel.forward(law.particles, null, law.count, null);
    kernel.featuresInto(law.particles, features);
    // Numbers too small to be divided by would spoil the scaling of their column, and matter to no sum.
    for (let i = 0; i < features.length; i++) if (Math.abs(features[i]!) < SMALL) features[i] = 0;
    const width = m + 2 * p;
    const out = new Float64Array(law.count * width);
    for (let i = 0; i < law.count; i++) {
      out.set(features.subarray(i * m, (i + 1) * m), i * width);
      for (let k = 0; k < p; k++) {
        const x = law.particles[i * p + k]!;
        out[i * width + m + k] = x;
        out[i * width + m + p + k] = x * x;
      }
    }
    return out;
  }

  return {
    driverOf: (law) => jumps.driver(law.particles, law.weights),
    push(law, driver) {
      const weights = new Float64Array(jumps.copies * law.count);
      for (let i = 0; i < weights.length; i++) weights[i] = law.weights[i % law.count]! / jumps.copies;
      return empiricalView(jumps.images(law.particles, law.count, driver), p, weights);
    },
    mix(weights, laws) {
      const parts = laws.flatMap((law, j) => (weights[j]! > 0 ? [{ law, weight: weights[j]! }] : []));
      const count = parts.reduce((sum, { law }) => sum + law.count, 0);
      const particles = new Float64Array(count * p);
      const masses = new Float64Array(count);
      let at = 0;
      for (const { law, weight } of parts) {
        particles.set(law.particles, at * p);
        for (let i = 0; i < law.count; i++) masses[at + i] = weight * law.weights[i]!;
        at += law.count;
      }
      return empiricalView(particles, p, masses);
    },
    settle(law) {
      if (law.count <= atoms) return law;
      return compress(law, atoms, { features: asMatrix(statistics(law), law.count, m + 2 * p) });
    },
  };
}
