import {
  type Coupling,
  jumpsToDiffusion,
  limitReference,
  networkToLimit,
  twoNetworks,
  twoSteps,
  twoVariants,
  twoWidths,
} from '../../src/convergence/index.ts';
import {
  phaseBernoulliJump,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
} from '../../src/dropout/index.ts';
import { type LearningTask, learningTask, perceptron, perceptronNormals } from '../../src/network/index.ts';
import { normal, stream } from '../../src/random/index.ts';

/** Tanh neurons with three parameters on four samples. */
export function tanhTask(): LearningTask {
  const rng = stream(21).split('data');
  const inputs = Array.from({ length: 4 }, () => [normal(rng)]);
  return learningTask({
    neuron: perceptron({ inputs, bias: true }),
    targets: inputs.map(([a]) => (a! > 0 ? 1 : -1)),
    initial: perceptronNormals({ dimension: 3 }),
  });
}

/** Every coupling on `tanhTask`, at width 40 until time 1: a new one is added here. */
export function allCouplings(): readonly Coupling[] {
  const task = tanhTask();
  const width = 40;
  const limits = [
    { phase: phaseGradientFlow(), learningRate: 0.05, keepRate: 0.5 },
    { phase: phasePenalizedFlow({ activeCount: 20 }), learningRate: 0.05, keepRate: 0.5 },
    { phase: phasePoissonJump({ jumpSize: 0.5 }), learningRate: 0.05 },
    { phase: phasePoissonJump({ jumpSize: 0.5 }), learningRate: 0.05, keepRate: 0.06 },
    { phase: phasePoissonJump({ jumpSize: 0.5 }), learningRate: 0.05, keepRate: 0.1 },
    { phase: phaseBernoulliJump({ learningRate: 0.1, keepRate: 0.3 }) },
    { phase: phasePenalizedJump({ jumpSize: 0.5, activeCount: 4 }), learningRate: 0.05, keepRate: 0.1 },
  ].map(({ phase, ...rates }) => {
    const rng = stream(4).split(phase.id);
    const reference = limitReference(phase, task, { particles: 256, horizon: 1, parts: 20, rng });
    return networkToLimit({ phase, width, ...rates, reference });
  });
  const rates = { learningRate: 0.1, keepRate: 0.3 };
  return [
    ...limits,
    twoVariants({ width, ...rates, variants: ['dropout', 'random-geometry'] }),
    twoVariants({ width, ...rates, variants: ['independent-masks', 'propagation-noise'] }),
    twoWidths({ widths: [width, 2 * width], ...rates }),
    twoSteps({ width, ...rates, refinement: 4 }),
    twoNetworks({ first: { width, ...rates }, second: { width, learningRate: 0.05, keepRate: 1, variant: 'none' } }),
    jumpsToDiffusion({ jumpSize: 0.3, particles: width }),
    jumpsToDiffusion({ jumpSize: 0.3, particles: width, approximation: 'flow' }),
  ];
}
