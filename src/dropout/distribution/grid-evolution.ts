import { ArgumentError } from '../../base/errors.ts';
import { type GridAxis, gridView } from '../../measure/grid.ts';
import type { LearningTask } from '../../network/index.ts';
import type { Stream } from '../../random/index.ts';
import type { Phase } from '../phase/index.ts';
import { flowStep } from './characteristics-evolution.ts';
import type { Evolution } from './evolution.ts';
import { FiniteVolume } from './finite-volume.ts';
import { flowField } from './flow-field.ts';
import { type GridSpace, gridSpace, initialMasses } from './grid-law.ts';
import { type JumpImages, jumpImages } from './jump-images.ts';
import { bernoulliStep, jumpStepper } from './jump-stepper.ts';
import type { MixtureSpace } from './mixture-space.ts';
import { jumpSizeOf } from './penalty.ts';
import { potential } from './potential.ts';
import type { Grid } from './representation.ts';
import { SSP_METHODS } from './ssp.ts';
import type { TimeScheme } from './time-scheme.ts';

/** Most numbers that the outputs of all nodes may take: half a gigabyte. */
const MOST_FEATURES = 2 ** 26;

/** Masses on a grid that follow the evolution equation of a phase. */
export function gridEvolution(
  phase: Phase,
  task: LearningTask,
  options: {
    readonly grid: Grid;
    readonly axes: readonly GridAxis[];
    readonly time: TimeScheme;
    readonly partnerPoints: number;
    readonly rng: Stream | undefined;
  },
): Evolution {
  const { grid, axes, time, rng } = options;
  const space = gridSpace(axes, grid.deposit);
  const size = space.count * task.neuron.samples;
  if (size > MOST_FEATURES)
    throw new ArgumentError(
      'cells',
      grid.cells,
      `such that nodes · samples is at most ${MOST_FEATURES} (it is ${size})`,
    );
  let masses = initialMasses(task.initial, space, rng);
  const advance = stepOnGrid(phase, task, space, options);
  return {
    advance(h) {
      masses = advance(masses, h, time);
    },
    atoms: () => ({ particles: space.nodes, weights: masses }),
    measure: () => gridView(axes, masses.slice()),
  };
}

type GridStep = (masses: Float64Array, h: number, time: TimeScheme) => Float64Array;

function stepOnGrid(
  phase: Phase,
  task: LearningTask,
  space: GridSpace,
  options: Parameters<typeof gridEvolution>[2],
): GridStep {
  if (phase.id === 'gradient-flow' || phase.id === 'penalized-flow')
    return options.grid.flow === 'remeshing'
      ? remeshing(phase, task, space, options.time)
      : finiteVolume(phase, task, space);
  const laws = gridMixtures(space, jumpImages(task, phase, options));
  if (phase.id === 'bernoulli-jump') return (masses) => bernoulliStep(laws, masses, phase.keepRate);
  const step = jumpStepper(laws, jumpSizeOf(phase)!, options.time.scheme);
  return (masses, h) => step(masses, h);
}

function finiteVolume(phase: Phase, task: LearningTask, space: GridSpace): GridStep {
  const kernel = task.neuron.kernel();
  const features = new Float64Array(space.count * task.neuron.samples);
  kernel.forward(space.nodes, null, space.count, null);
  kernel.featuresInto(space.nodes, features);
  const scheme = new FiniteVolume(space, potential(task, phase, features));
  return (masses, h, time) => {
    const next = masses.slice();
    scheme.advance(next, h, SSP_METHODS[time.scheme]!);
    return next;
  };
}

/**
 * Nodes follow the flow for a step, with their masses, and are put back on the grid: the remeshed particle method (G.-H. Cottet,
 * P. Koumoutsakos, Vortex Methods, 2000, chapter 7). Each step adds the error of a deposit, so short steps do not pay.
 */
function remeshing(phase: Phase, task: LearningTask, space: GridSpace, { scheme }: TimeScheme): GridStep {
  const step = flowStep(flowField(task, phase), scheme);
  return (masses, h) => {
    const moved = space.nodes.slice();
    step(moved, masses, h);
    const next = new Float64Array(space.count);
    space.depositInto(space.axes, moved, masses, next);
    return next;
  };
}

function gridMixtures(space: GridSpace, jumps: JumpImages): MixtureSpace<Float64Array> {
  return {
    driverOf: (masses) => jumps.driver(space.nodes, masses),
    push(masses, driver) {
      const images = jumps.images(space.nodes, space.count, driver);
      const weights = new Float64Array(jumps.copies * space.count);
      for (let i = 0; i < weights.length; i++) weights[i] = masses[i % space.count]! / jumps.copies;
      const out = new Float64Array(space.count);
      space.depositInto(space.axes, images, weights, out);
      return out;
    },
    mix(weights, laws) {
      const out = new Float64Array(space.count);
      laws.forEach((law, j) => {
        const weight = weights[j]!;
        if (weight !== 0) for (let i = 0; i < out.length; i++) out[i]! += weight * law[i]!;
      });
      return out;
    },
    settle: (law) => law,
  };
}
