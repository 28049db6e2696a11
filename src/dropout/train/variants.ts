import type { Variant } from '../variant.ts';
import { dropoutStep } from './dropout.ts';
import { independentMasksStep } from './independent-masks.ts';
import { plainStep } from './none.ts';
import { propagationNoiseStep } from './propagation-noise.ts';
import { randomGeometryStep } from './random-geometry.ts';
import type { VariantStepFactory } from './step.ts';

/** The step of each variant, and how many masks it draws. */
export const VARIANT_STEPS: Readonly<
  Record<Variant, { readonly step: VariantStepFactory; readonly masks: 0 | 1 | 2 }>
> = {
  dropout: { step: dropoutStep, masks: 1 },
  'random-geometry': { step: randomGeometryStep, masks: 1 },
  'propagation-noise': { step: propagationNoiseStep, masks: 1 },
  'independent-masks': { step: independentMasksStep, masks: 2 },
  none: { step: plainStep, masks: 0 },
};
