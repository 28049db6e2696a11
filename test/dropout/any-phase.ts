import fc from 'fast-check';
import {
  type Phase,
  phaseBernoulliJump,
  phaseGradientFlow,
  phasePenalizedFlow,
  phasePenalizedJump,
  phasePoissonJump,
} from '../../src/dropout/phase/index.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** A phase of any kind, with moderate parameters. */
export const anyPhase: fc.Arbitrary<Phase> = fc.oneof(
  fc.constant(phaseGradientFlow()),
  fc.record({ jumpSize: number(0.1, 5) }).map(phasePoissonJump),
  fc.record({ learningRate: number(0.1, 3), keepRate: number(0.1, 1) }).map(phaseBernoulliJump),
  fc.record({ activeCount: number(0.2, 20) }).map(phasePenalizedFlow),
  fc.record({ jumpSize: number(0.1, 5), activeCount: number(0.2, 20) }).map(phasePenalizedJump),
);
